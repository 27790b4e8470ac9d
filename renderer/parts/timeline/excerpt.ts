/** Long texts before and after a change: only the stretch in which they differ, with a little around it. */

const most = 240;
const around = 24;

const clipped = (text: string, from: number, to: number): string => {
  const end = Math.min(to, from + most);
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`;
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** How much two texts have in common at their beginnings, and behind that at their ends. */
function common(old: string, fresh: string): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  return { head, tail };
}

/** What is shown of a text before and after a change; anything but long texts stays as it is, and what is very long is cut. */
export function excerpt(before: unknown, after: unknown): readonly [unknown, unknown] {
  const [old, fresh] = [asText(before), asText(after)];
  if (old.length <= most && fresh.length <= most) return [before, after];
  const { head, tail } = common(old, fresh);
  const from = Math.max(0, head - around);
  const shown = (text: string): string => (text === '' ? text : clipped(text, from, Math.min(text.length, text.length - tail + around)));
  return [shown(old), shown(fresh)];
}

/** Rows that a text keeps as JSON, each as its own text; null for any other text. */
function rowsOf(text: string): readonly string[] | null {
  if (!text.startsWith('[{')) return null;
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.map((row) => JSON.stringify(row)) : null;
  } catch {
    return null;
  }
}

const mostCompared = 1_000_000;

/** Which rows of two lists the other does not have in the same order: without them the lists are the same. */
export function differing(old: readonly string[], fresh: readonly string[]): { readonly old: readonly number[]; readonly fresh: readonly number[] } {
  const [height, width] = [old.length + 1, fresh.length + 1];
  if (height * width > mostCompared) return { old: [...old.keys()], fresh: [...fresh.keys()] };
  // How many rows the ends of both lists have in common, from each pair of places on.
  const shared = new Uint16Array(height * width);
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = fresh.length - 1; b >= 0; b -= 1) {
      const at = a * width + b;
      shared[at] = old[a] === fresh[b] ? (shared[at + width + 1] ?? 0) + 1 : Math.max(shared[at + width] ?? 0, shared[at + 1] ?? 0);
    }
  }
  const apart = { old: [] as number[], fresh: [] as number[] };
  let [a, b] = [0, 0];
  while (a < old.length || b < fresh.length) {
    const at = a * width + b;
    if (a < old.length && b < fresh.length && old[a] === fresh[b]) [a, b] = [a + 1, b + 1];
    else if (b === fresh.length || (a < old.length && (shared[at + width] ?? 0) >= (shared[at + 1] ?? 0))) apart.old.push(a++);
    else apart.fresh.push(b++);
  }
  return apart;
}

/** The same where nothing that differs may be hidden: the stretch stands there whole, and of rows that are kept as JSON each that differs, with its number. */
export function whole(before: unknown, after: unknown): readonly [unknown, unknown] {
  const [old, fresh] = [asText(before), asText(after)];
  if (old === '' || fresh === '' || (old.length <= most && fresh.length <= most)) return [before, after];
  const [oldRows, freshRows] = [rowsOf(old), rowsOf(fresh)];
  if (oldRows && freshRows) {
    const apart = differing(oldRows, freshRows);
    const told = (rows: readonly string[], which: readonly number[]): string => which.map((at) => `${at + 1}: ${rows[at] ?? ''}`).join(' · ');
    if (apart.old.length + apart.fresh.length > 0) return [told(oldRows, apart.old), told(freshRows, apart.fresh)];
  }
  const { head, tail } = common(old, fresh);
  const [from, left] = [Math.max(0, head - around), Math.max(0, tail - around)];
  const shown = (text: string): string => `${from > 0 ? '…' : ''}${text.slice(from, text.length - left)}${left > 0 ? '…' : ''}`;
  return [shown(old), shown(fresh)];
}
