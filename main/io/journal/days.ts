/** Days as whole numbers, 20240131, which compare and take no memory. */

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number of a day, or 0 when the calendar has no such day. */
export function dayNumber(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || year < 1 || year > 9999) return 0;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day <= lengths[month - 1]! + leap ? year * 10_000 + month * 100 + day : 0;
}

let [lastDay, lastText] = [0, ''];

/** YYYY-MM-DD of a day's number. */
export function dayText(day: number): string {
  if (day !== lastDay) {
    const digits = String(day).padStart(8, '0');
    lastText = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
    lastDay = day;
  }
  return lastText;
}

const written = /^(?:(\d{4,5})([-/.]))?(\d{1,2})([-/.])(\d{1,2})$/;

/** Reads YYYY-M-D or M-D with - / or . between. `year` is that of a date without one. 0 when it is no date. */
export function parseDay(text: string, year: number): number {
  const found = written.exec(text);
  if (!found) return 0;
  const [, ownYear, first, month, second, day] = found;
  if (ownYear !== undefined && first !== second) return 0;
  return dayNumber(ownYear === undefined ? year : Number(ownYear), Number(month), Number(day));
}
