/** Texts as nested keys. `Same` makes the German tree have exactly the keys of the English one: a missing text does not compile. */
export interface Tree {
  readonly [key: string]: string | Tree;
}

export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

/** A namespace file: `export const parts = both({ en: {…}, de: {…} })`. */
export const both = <const T extends Tree>(words: { readonly en: T; readonly de: Same<NoInfer<T>> }): { readonly en: T; readonly de: Same<T> } => words;

/** `list.count_one` and `list.count_other` are asked for as `list.count`, with `{ count }`. */
type Counted<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

/** Every key that leads to a text: `frame.back`. */
export type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${Counted<K>}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];
