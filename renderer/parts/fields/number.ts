/** Whole numbers scaled by a power of ten, read and written as texts so that no digit is lost on the way. */

export type Point = '.' | ',';

/** (12345, 2) is "123.45", without group marks: as it is typed. */
export function plainScaled(value: number, scale: number, point: Point): string {
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale > 0 ? point + digits.slice(-scale) : ''}`;
}

/** Reads "1.234,5" with `scale` digits; undefined when it is no such number or has more digits than are kept. '' is null. */
export function readScaled(text: string, scale: number, point: Point): number | null | undefined {
  const group = point === '.' ? ',' : '.';
  const bare = text.trim().replace(/[\s'\u00a0\u202f]/g, '').replaceAll(group, '').replace(point, '.').replaceAll('\u2212', '-');
  if (bare === '') return null;
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(bare);
  const fraction = (parts?.[3] ?? '').replace(/0+$/, '');
  if (!parts || (parts[2] === '' && (parts[3] ?? '') === '') || fraction.length > scale) return undefined;
  const value = Number(`${parts[2]}${fraction.padEnd(scale, '0')}`);
  if (!Number.isSafeInteger(value)) return undefined;
  return parts[1] === '-' && value !== 0 ? -value : value;
}
