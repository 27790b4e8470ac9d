import { createContext } from 'react';
import type { Named } from '#contract/kit/call.ts';
import type { Field } from '#contract/kit/field.ts';

/** What every editor takes. A field has the same editor in a form, in a grid cell and in a filter. */
export interface EditorProps {
  readonly field: Field;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
  /** Hears of a text that is no value; null when it is one again. */
  readonly tell: (problem: string | null) => void;
  readonly id?: string;
  /** Name for screen readers where no label is seen. */
  readonly label?: string;
  readonly describedBy?: string;
  /** Shown in an empty input where no label is seen. */
  readonly placeholder?: string;
  readonly invalid?: boolean;
  readonly autoFocus?: boolean;
  /** Inside a grid cell: as tall as the row. */
  readonly cell?: boolean;
  /** Currency of a money field. */
  readonly currency: string;
}

/** How an editor lets the user make a record it should point to; null where there is no host for it. */
export type QuickCreate = (entity: string, typed: string) => Promise<Named | null>;
export const QuickCreateContext = createContext<QuickCreate | null>(null);

/** Where the labels of an editor come from. */
export const named = ({ id, label, describedBy, invalid }: EditorProps): Record<string, string | boolean> => ({
  ...(id ? { id } : {}),
  ...(label ? { 'aria-label': label } : {}),
  ...(describedBy ? { 'aria-describedby': describedBy } : {}),
  ...(invalid ? { 'aria-invalid': true } : {}),
});
