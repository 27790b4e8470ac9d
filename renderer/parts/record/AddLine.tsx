import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Add16Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import { refresh } from '../../query.ts';
import { useT, words } from '../../t.ts';
import { Editor } from '../fields/Editor.tsx';
import { currencyOf } from '../fields/show.ts';
import { beginning, draftOf, missing, type Values } from '../form/values.ts';
import { failureOf } from '../Problem.tsx';
import { create } from './asked.ts';
import { useCompanyCurrency, useRights } from './rights.ts';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'flex-start', gap: '6px', padding: '6px 8px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, overflowX: 'auto', flexShrink: 0 },
  cell: { flex: '1 1 130px', minWidth: '100px' },
  error: { padding: '0 8px 6px', color: tokens.colorPaletteRedForeground1, backgroundColor: tokens.colorNeutralBackground2, fontSize: tokens.fontSizeBase200 },
  button: { height: '28px', flexShrink: 0 },
});

/** Adds one part after the other: Tab walks through the fields, Enter adds and begins the next. */
export function AddLine({ entity, field: fixed, owner }: { readonly entity: Entity; readonly field: string; readonly owner: number }) {
  const styles = useStyles();
  const t = useT();
  const company = useCompanyCurrency();
  const { sees } = useRights();
  const line = useRef<HTMLFormElement>(null);
  const begin = (): Values => beginning(entity, { [fixed]: owner });
  const [values, setValues] = useState<Values>(begin);
  const [error, setError] = useState('');
  // Editors keep the text that was typed; a new line needs new ones.
  const [count, setCount] = useState(0);
  const shown = [...new Set([...entity.list, ...missing(entity, {})])].filter((key) => key !== fixed && entity.fields[key]?.derived !== true && (entity.fields[key]?.sensitive === undefined || sees.includes(entity.fields[key].sensitive)));
  const add = async (): Promise<void> => {
    const open = missing(entity, values);
    if (open[0] !== undefined) {
      const label = entity.fields[open[0]]?.label;
      return setError(`${label ? words(label) : open[0]}: ${t('parts.fields.required')}`);
    }
    try {
      await create(entity.name, draftOf(entity, values));
      refresh([entity.name]);
      setError('');
      setValues(begin());
      setCount(count + 1);
      requestAnimationFrame(() => line.current?.querySelector<HTMLElement>('input, select, button')?.focus());
    } catch (thrown) {
      setError(failureOf(thrown).message);
    }
  };
  return (
    <>
      <form
        ref={line}
        key={count}
        className={styles.line}
        aria-label={t('parts.list.addLine')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        {shown.map((key) => {
          const field = entity.fields[key];
          if (!field) return null;
          return (
            <div key={key} className={styles.cell} title={words(field.label)}>
              <Editor field={field} value={values[key] ?? null} label={words(field.label)} placeholder={words(field.label)} currency={currencyOf(field, values, company)} change={(value) => setValues((before) => ({ ...before, [key]: value }))} tell={(problem) => setError(problem ?? '')} />
            </div>
          );
        })}
        <Button className={styles.button} type="submit" icon={<Add16Regular />}>{t('parts.list.add')}</Button>
      </form>
      {error !== '' && (
        <div role="alert" className={styles.error}>
          {error}
        </div>
      )}
    </>
  );
}
