/** Walking through the form of the open record by its sections: F2 goes to the first, then from one to the next. */

interface Stop {
  readonly section: HTMLElement;
  readonly field: HTMLElement;
}

const inputs = ':is(input, textarea, select, button)';

/** Sections with something to type in, each with the field where one begins. */
const stops = (): readonly Stop[] =>
  [...document.querySelectorAll<HTMLElement>('#work [data-form] > [role="group"]')].flatMap((section) => {
    const field = section.querySelector<HTMLElement>(`[data-first] ${inputs}`) ?? section.querySelector<HTMLElement>(inputs);
    return field ? [{ section, field }] : [];
  });

export const hasForm = (): boolean => stops().length > 0;

/** To the next section, from the last one to the first. What stands in its field is selected, as Tab does it. */
export function nextSection(): void {
  const all = stops();
  const here = all.findIndex(({ section }) => section.contains(document.activeElement));
  const field = all[(here + 1) % all.length]?.field;
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
}
