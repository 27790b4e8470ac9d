import { availableParallelism, loadavg } from 'node:os';

/** One measured thing beside what it should be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Largest (or, with `least`, smallest) value that is good; none for a figure that only explains another. */
  readonly target?: number;
  readonly least?: boolean;
  /** Spread, counts, what it is compared with. */
  readonly note?: string;
}

export const isGood = (one: Figure): boolean => one.target === undefined || (one.least ? one.value >= one.target : one.value <= one.target);

export const ascending = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);
export const at = (list: readonly number[], share: number): number => ascending(list)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? Number.NaN;
export const median = (list: readonly number[]): number => at(list, 0.5);

/** What one run of some work cost: by the clock, and in CPU of this thread and of the whole process, which a busy PC leaves nearly alone. */
export interface Cost {
  readonly ms: number;
  readonly threadMs: number;
  readonly processMs: number;
}

const total = (usage: NodeJS.CpuUsage): number => (usage.user + usage.system) / 1000;

export async function cost<T>(work: () => T | Promise<T>): Promise<Cost & { readonly value: T }> {
  const [began, thread, whole] = [performance.now(), process.threadCpuUsage(), process.cpuUsage()];
  const value = await work();
  return { value, ms: performance.now() - began, threadMs: total(process.threadCpuUsage(thread)), processMs: total(process.cpuUsage(whole)) };
}

/** The least of three runs by the clock, in ms: what a PC that does nothing else would take. CPU clocks are too coarse for so little. */
export async function least(work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let turn = 0; turn < 3; turn += 1) {
    const began = performance.now();
    await work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

export const round = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2));

/** How busy the PC is: processes that want to run, for each core. Above 1 the clock measures the others too. */
export const business = (): string => `${(loadavg()[0]! / availableParallelism()).toFixed(1)} processes a core`;

/** A table for people. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    isGood(one) ? (one.target === undefined ? ' ' : '✓') : '✗',
    one.name,
    `${round(one.value)} ${one.unit}`,
    one.target === undefined ? '' : `${one.least ? '≥' : '≤'} ${round(one.target)}`,
    one.note ?? '',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `${row[0]} ${row[1]!.padEnd(widths[1]!)}  ${row[2]!.padStart(widths[2]!)}  ${row[3]!.padEnd(widths[3]!)}  ${row[4]}`.trimEnd()).join('\n');
}
