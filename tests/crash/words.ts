/** What the killer and its children say to each other: one JSON object a line. */

/** One write: `name` and `input` of the call, and the mark by which it is found again in the database. */
export interface Deed {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly mark: string;
  /** How many times the mark must be there once it is done: the rows of an import, else 1. */
  readonly times: number;
}

/** To a child that has loaded its code and waits. */
export interface Order {
  readonly folder: string;
  readonly headsDir: string;
  /** Where it writes the files that it imports. */
  readonly desk: string;
  readonly seed: number;
  /** Without the protection: some acknowledgements come before the write, and a retry has an id of its own. */
  readonly unprotected: boolean;
  /** What nobody knows the end of: to be sent again first. */
  readonly retry: readonly Deed[];
  /** Only the retries, a verification, and a quiet end. */
  readonly last: boolean;
}

export type Line =
  | { readonly what: 'loaded' | 'ready' }
  | { readonly what: 'do'; readonly deed: Deed }
  | { readonly what: 'done'; readonly id: string }
  | { readonly what: 'refused'; readonly id: string; readonly message: string }
  | { readonly what: 'verified'; readonly good: boolean; readonly text: string };
