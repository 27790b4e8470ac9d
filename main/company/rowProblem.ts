import type { Words } from '#contract/kit/words.ts';

/** Something a reader could not take as it stands. `row` is the row a spreadsheet shows. */
export interface RowProblemFound {
  readonly row: number;
  readonly words: Words;
  readonly params: Readonly<Record<string, unknown>>;
  /** The row was taken all the same. */
  readonly warning?: boolean;
}
