import { Field, makeStyles } from '@fluentui/react-components';
import { type ReactNode, useId, useState } from 'react';
import type { Failure } from '#contract/kit/failure.ts';
import type { Field as FieldFacts } from '#contract/kit/field.ts';
import { Editor } from '../../parts/fields/Editor.tsx';
import { type Key, useT, words } from '../../t.ts';

const useStyles = makeStyles({ fields: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', overflowX: 'clip', '& .fui-Combobox, & .fui-Input': { minWidth: 0 }, gap: '10px 16px', marginTop: '8px', alignItems: 'start' }, wide: { gridColumn: '1 / -1' } });

/** A field that a dialog about assets asks for: what may be typed, and how it is called there if not by its own label. */
export interface AskedField {
  readonly name: string;
  readonly field: FieldFacts;
  readonly label?: Key;
  readonly hint?: Key;
  readonly required?: boolean;
}

export interface Asked {
  readonly values: Readonly<Record<string, unknown>>;
  readonly set: (part: Readonly<Record<string, unknown>>) => void;
  /** What cannot be read as it is typed. */
  readonly unreadable: Readonly<Record<string, string>>;
  readonly hear: (name: string, problem: string | null) => void;
  readonly numberOf: (name: string) => number | null;
  readonly textOf: (name: string) => string;
}

/** What is typed into a dialog about assets. */
export function useAsked(first: Readonly<Record<string, unknown>>): Asked {
  const [values, setValues] = useState(first);
  const [unreadable, setUnreadable] = useState<Readonly<Record<string, string>>>({});
  return {
    values,
    unreadable,
    set: (part) => setValues((before) => ({ ...before, ...part })),
    hear: (name, problem) =>
      setUnreadable((before) => {
        const { [name]: _gone, ...rest } = before;
        return problem === null ? rest : { ...rest, [name]: problem };
      }),
    numberOf: (name) => {
      const value = values[name];
      return typeof value === 'number' ? value : null;
    },
    textOf: (name) => {
      const value = values[name];
      return typeof value === 'string' ? value : '';
    },
  };
}

interface AskedFieldsProps {
  readonly fields: readonly AskedField[];
  readonly asked: Asked;
  readonly currency: string;
  /** What was refused; it stands at its field. */
  readonly failure: Failure | undefined;
  /** Stands across, above the fields and below them. */
  readonly above?: ReactNode;
  readonly children: ReactNode;
}

/** The fields of a dialog about assets, two a row; the first takes the focus. */
export function AskedFields({ fields, asked, currency, failure, above, children }: AskedFieldsProps) {
  const styles = useStyles();
  const t = useT();
  const base = useId();
  return (
    <div className={styles.fields}>
      {above !== undefined && <div className={styles.wide}>{above}</div>}
      {fields.map(({ name, field, label, hint, required = false }, at) => {
        const called = label === undefined ? words(field.label) : t(label);
        const problem = asked.unreadable[name] ?? (failure?.field === name ? failure.message : undefined);
        return (
          <Field key={name} label={{ children: called, htmlFor: `${base}${name}` }} required={required} {...(hint === undefined ? {} : { hint: t(hint) })} {...(problem === undefined ? {} : { validationMessage: problem })}>
            <Editor id={`${base}${name}`} field={{ ...field, required }} value={asked.values[name]} currency={currency} change={(value) => asked.set({ [name]: value })} tell={(told) => asked.hear(name, told)} label={called} autoFocus={at === 0} />
          </Field>
        );
      })}
      <div className={styles.wide}>{children}</div>
    </div>
  );
}
