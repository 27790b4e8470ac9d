import type { Sensitivity } from './access.ts';
import type { Words } from './words.ts';

/**
 * The vocabulary of fields. It is closed: a new kind needs three users and a page in docs/decisions.
 * Empty is '' for text, longtext, day and choice; [] for choices and tags; null for whole, decimal, money, time and ref.
 */
export type FieldKind = 'text' | 'longtext' | 'whole' | 'decimal' | 'money' | 'day' | 'time' | 'flag' | 'choice' | 'choices' | 'tags' | 'ref';

export interface FieldOptions {
  /** Must be filled in. */
  readonly required?: boolean;
  /** Shown to roles that see this kind of field; others get replies without it. */
  readonly sensitive?: Sensitivity;
  /** Section of the form it stands in; keys of `Entity.sections`. */
  readonly section?: string;
  /** Lists may be sorted by it; the migration then has an index for it, which a test checks. */
  readonly sortable?: boolean;
  /** No two records of the entity share it (empty ones aside). */
  readonly unique?: boolean;
  /** Set by Bureau, shown but not typed. */
  readonly derived?: boolean;
  /** One sentence under the input. */
  readonly hint?: Words;
  /** Width of the column in lists, in pixels. */
  readonly width?: number;
  /** Other headers under which foreign files carry it, in lower case without spaces, used to guess the mapping. */
  readonly aliases?: readonly string[];
}

export interface Choice {
  readonly value: string;
  readonly label: Words;
}

export interface TextOptions extends FieldOptions {
  readonly max?: number;
  /** Texts that people read and choose by name; any other may be typed. */
  readonly usual?: readonly Choice[];
  readonly format?: 'email' | 'phone' | 'url' | 'iban' | 'bic' | 'vat' | 'country' | 'currency';
}

/** A field with the type of its value (`T`) and whether it must be given (`R`). */
export interface Field<T = unknown, R extends boolean = boolean> extends FieldOptions {
  readonly kind: FieldKind;
  readonly label: Words;
  readonly required: R;
  readonly max?: number;
  readonly format?: TextOptions['format'];
  /** All values of a choice; the usual ones of a text. */
  readonly options?: readonly Choice[];
  /** Name of the entity a ref points to. */
  readonly to?: string;
  /** Digits after the point of a decimal, which is stored as a whole number times 10^scale. */
  readonly scale?: number;
  /** A share that people type and read as a percentage: 19.5 for 0.195. */
  readonly percent?: true;
  /** Key of the field that holds the currency of a money field. */
  readonly currency?: string;
  /** Smallest and largest number allowed. */
  readonly range?: readonly [number, number];
  /** Only carries the type; never has a value. */
  readonly value?: T;
}

type Needed<O> = O extends { readonly required: true } ? true : false;
type Nullable<T, O> = O extends { readonly required: true } ? T : T | null;

function field<T, O extends FieldOptions>(kind: FieldKind, label: Words, options: O | undefined, more: object = {}): Field<T, Needed<O>> {
  return Object.freeze({ kind, label, ...options, ...more, required: (options?.required === true) as Needed<O> });
}

/** One line of text; 200 characters unless told. */
export const text = <const O extends TextOptions>(label: Words, options?: O) => field<string, O>('text', label, options, { max: options?.max ?? 200, ...(options?.usual ? { options: options.usual } : {}) });
/** Several lines; 20,000 characters unless told. */
export const longtext = <const O extends TextOptions>(label: Words, options?: O) => field<string, O>('longtext', label, options, { max: options?.max ?? 20_000 });
/** A whole number. */
export const whole = <const O extends FieldOptions & { range?: readonly [number, number] }>(label: Words, options?: O) => field<Nullable<number, O>, O>('whole', label, options);
/** A number with `scale` digits after the point, kept as an integer. */
export const decimal = <const O extends FieldOptions & { percent?: true; range?: readonly [number, number] }>(label: Words, scale: number, options?: O) => field<Nullable<number, O>, O>('decimal', label, options, { scale });
/** Integer minor units of the currency in the field `currency`. */
export const money = <const O extends FieldOptions>(label: Words, currency: string, options?: O) => field<Nullable<number, O>, O>('money', label, options, { currency });
/** A day, YYYY-MM-DD. */
export const day = <const O extends FieldOptions>(label: Words, options?: O) => field<string, O>('day', label, options);
/** An instant, integer milliseconds UTC. */
export const time = <const O extends FieldOptions>(label: Words, options?: O) => field<Nullable<number, O>, O>('time', label, options);
/** Yes or no; no unless told. */
export const flag = <const O extends FieldOptions>(label: Words, options?: O) => field<boolean, O>('flag', label, options);
/** One of a fixed list. */
export const choice = <const C extends readonly Choice[], const O extends FieldOptions>(label: Words, options: C, more?: O) =>
  field<C[number]['value'] | (O extends { readonly required: true } ? never : ''), O>('choice', label, more, { options });
/** Any of a fixed list. */
export const choices = <const C extends readonly Choice[], const O extends FieldOptions>(label: Words, options: C, more?: O) => field<readonly C[number]['value'][], O>('choices', label, more, { options });
/** Free words. */
export const tags = <const O extends FieldOptions>(label: Words, options?: O) => field<readonly string[], O>('tags', label, options);
/** Another record, by its id. */
export const ref = <const O extends FieldOptions>(label: Words, to: string, options?: O) => field<Nullable<number, O>, O>('ref', label, options, { to });

/** What an empty field of this kind holds. */
export function emptyValue(field: Field): unknown {
  switch (field.kind) {
    case 'text':
    case 'longtext':
    case 'day':
    case 'choice':
      return '';
    case 'choices':
    case 'tags':
      return [];
    case 'flag':
      return false;
    case 'whole':
    case 'decimal':
    case 'money':
    case 'time':
    case 'ref':
      return null;
  }
}
