/** A text that a spreadsheet takes for a text, whatever it begins with. A sign before figures is a phone number or an amount, no formula. */
export const inert = (text: string): string => (/^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && !/^[+-][\d\s().,/-]*$/.test(text)) ? `'${text}` : text);
