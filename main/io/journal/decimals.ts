/** Amounts as people and programs of many countries write them, read exactly. */

/** Which mark parts the decimals from the rest. */
export type Mark = '.' | ',';

/** An amount that was read: `units` × 10^-`scale`. `sign` is the currency that stands beside it, '' without; `side` what says debit or credit. */
export interface Decimal {
  units: number;
  scale: number;
  sign: string;
  side: '' | 'debit' | 'credit';
}

/** Reads one amount into `into`. Empty text is no amount. False when it is none, or too long to be exact. */
export function readDecimal(text: string, from: number, to: number, mark: Mark, into: Decimal): boolean {
  const markCode = mark === '.' ? 46 : 44;
  let at = from;
  const negative = text.charCodeAt(at) === 45;
  if (negative) at += 1;
  let units = 0;
  let point = -1;
  const first = at;
  for (; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) units = units * 10 + (code - 48);
    else if (code === markCode && point === -1) point = at;
    else return readWritten(text.slice(from, to), mark, into);
  }
  const digits = at - first - (point === -1 ? 0 : 1);
  if (digits === 0 || !Number.isSafeInteger(units)) return digits > 0 && readWritten(text.slice(from, to), mark, into);
  into.units = negative ? 0 - units : units;
  into.scale = point === -1 ? 0 : at - point - 1;
  into.sign = '';
  into.side = '';
  return true;
}

const name = String.raw`\p{Sc}|[\p{Lu}]{1,3}\p{Sc}|[\p{L}]{1,5}\.?`;
const written = new RegExp(String.raw`^([-+−(]?)\s*(${name})?\s*([-+−(]?)\s*(\d[\d.,'’\s]*|[.,]\d+)\s*(${name})?\s*([-+−)]?)\s*(C|D|S|H|Cr|Dr|CR|DR)?\.?$`, 'u');
const sides: Readonly<Record<string, 'debit' | 'credit'>> = { c: 'credit', cr: 'credit', h: 'credit', d: 'debit', dr: 'debit', s: 'debit' };

/** Signs, brackets, groups of digits, currencies on either side. */
function readWritten(text: string, mark: Mark, into: Decimal): boolean {
  const found = written.exec(text.trim());
  if (!found) return false;
  const [, before = '', left = '', inner = '', raw = '', right = '', after = '', tail = ''] = found;
  const open = before === '(' || inner === '(';
  if (open !== (after === ')') || [before, inner, after].filter((one) => one !== '').length > (open ? 2 : 1)) return false;
  const said = sides[(tail || right).replace('.', '').toLowerCase()];
  const sign = said !== undefined && tail === '' ? left : left || right;
  if (left !== '' && right !== '' && sign !== left) return false;
  const plain = raw.replace(/['’\s]/g, '');
  const [whole = '', part, ...more] = plain.split(mark);
  if (more.length > 0 || (part !== undefined && /[.,]/.test(part))) return false;
  const groups = whole.split(mark === '.' ? ',' : '.');
  // Groups of three, or of two as in India with three at the end.
  if (groups.length > 1 && (groups[0] === '' || groups[0]!.length > 3 || groups.at(-1)!.length !== 3 || groups.slice(1, -1).some((group) => group.length < 2 || group.length > 3))) return false;
  const digits = groups.join('') + (part ?? '').replace(/0+$/, '');
  const kept = groups.join('') + (part ?? '');
  const exact = Number.isSafeInteger(Number(kept)) ? kept : digits;
  const units = Number(exact);
  if (exact === '' || !Number.isSafeInteger(units)) return false;
  const negative = open || [before, inner, after].some((one) => one === '-' || one === '−');
  into.units = negative ? 0 - units : units;
  into.scale = exact.length - groups.join('').length;
  into.sign = sign;
  into.side = said ?? '';
  return true;
}

/**
 * The decimal mark of a file by some of its amounts. Three digits behind a single mark may be a group or decimals: such amounts decide
 * nothing. Null when none of them decides although a mark stands in one.
 */
export function markOf(amounts: Iterable<string>): Mark | null {
  let [points, commas, open] = [0, 0, 0];
  for (const text of amounts) {
    const number = text.replace(/[^\d.,]/g, '').replace(/^[.,]+(?=\d*[.,])|[.,]+$/g, '');
    const marks = number.replace(/\d/g, '');
    if (marks === '') continue;
    const last = marks.at(-1)!;
    const behind = number.length - 1 - number.lastIndexOf(last);
    const same = marks === last.repeat(marks.length);
    let decimal: string | null = null;
    if (!same) decimal = last;
    else if (marks.length > 1) decimal = last === '.' ? ',' : '.';
    else if (behind !== 3 || number.indexOf(last) > 3 || number.startsWith('0') || number.startsWith(last)) decimal = last;
    if (decimal === '.') points += 1;
    else if (decimal === ',') commas += 1;
    else open += 1;
  }
  if (points === 0 && commas === 0) return open > 0 ? null : '.';
  return points >= commas ? '.' : ',';
}
