/** Long texts in a timeline: only the stretch in which two differ, with a little around it. */

const most = 240;
const around = 24;

const clipped = (text: string, from: number, to: number): string => {
  const end = Math.min(to, from + most);
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`;
};

/** What is shown of a text before and after a change; anything but long texts stays as it is. */
export function excerpt(before: unknown, after: unknown): readonly [unknown, unknown] {
  const [old, fresh] = [typeof before === 'string' ? before : '', typeof after === 'string' ? after : ''];
  if (old.length <= most && fresh.length <= most) return [before, after];
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const from = Math.max(0, head - around);
  const shown = (text: string): string => (text === '' ? text : clipped(text, from, Math.min(text.length, text.length - tail + around)));
  return [shown(old), shown(fresh)];
}
