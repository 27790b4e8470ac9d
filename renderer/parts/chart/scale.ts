/** Arithmetic of axes, apart from the drawing so that it can be tested. */

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** Round steps (1, 2, 2.5, 5 × 10ⁿ) that hold every value; the axis holds zero, so that bars do not lie, unless it is told to begin at the least. */
export function scaleOf(values: readonly number[], about = 4, fromZero = true): Scale {
  const known = values.filter((value) => Number.isFinite(value));
  const always = fromZero || new Set(known).size < 2 ? [0] : [];
  const low = Math.min(...always, ...known);
  const high = Math.max(...always, ...known);
  if (low === high) return { low: 0, high: 1, ticks: [0, 1] };
  const raw = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw - power * 1e-9) ?? 10) * power;
  const from = Math.floor(low / step + 1e-9);
  const to = Math.ceil(high / step - 1e-9);
  // Counted in whole steps: adding up fractions would print 0.30000000000000004.
  const ticks = Array.from({ length: to - from + 1 }, (_, at) => Number(((from + at) * step).toPrecision(12)));
  return { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1, ticks };
}

/** Where `value` lies on a length of `size`, from the low end. */
export const place = (scale: Scale, value: number, size: number): number => ((value - scale.low) / (scale.high - scale.low)) * size;

/** Every how many of `count` labels is shown so that those of `width` each do not touch on `size`. */
export const thinning = (count: number, width: number, size: number): number => Math.max(1, Math.ceil((count * width) / Math.max(1, size)));

/**
 * Six colours that differ for colour-blind eyes (hue and lightness) and reach 3:1 against the light and the dark ground alike,
 * in the order in which series take them.
 */
export const palette = ['#118888', '#bb6611', '#4466ff', '#dd2277', '#bb66bb', '#9955cc'] as const;

/** Dashes that tell lines apart where colour does not. */
export const dashes = ['', '6 3', '2 3', '9 3 2 3', '12 4', '4 4 1 4'] as const;
