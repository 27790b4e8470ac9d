import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { useT, words } from '../../t.ts';
import { Editor } from '../fields/Editor.tsx';
import { currencyOf, isEmpty } from '../fields/show.ts';
import { useCompanyCurrency, useRights } from '../record/rights.ts';
import { Shown } from './Shown.tsx';
import type { RecordForm } from './useRecordForm.ts';
import { sectionsOf } from './values.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '14px', containerType: 'inline-size' },
  section: { display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', columnGap: '16px', rowGap: '8px', maxWidth: '960px', '@container (max-width: 460px)': { gridTemplateColumns: 'minmax(0, 1fr)' } },
  heading: { gridColumn: '1 / -1', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, margin: 0, paddingBottom: '2px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  wide: { gridColumn: '1 / -1' },
  field: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: '1px' },
  top: { display: 'flex', gap: '8px', alignItems: 'baseline', minWidth: 0 },
  label: { fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap', flexShrink: 0 },
  changed: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  required: { color: tokens.colorPaletteRedForeground1 },
  hint: { fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorNeutralForeground3, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', marginLeft: 'auto' },
  error: { fontSize: tokens.fontSizeBase200, lineHeight: '16px', color: tokens.colorPaletteRedForeground1 },
  fixed: { fontVariantNumeric: 'tabular-nums', minHeight: '28px', lineHeight: '28px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

interface FormBodyProps {
  readonly entity: Entity;
  readonly form: RecordForm;
  readonly readOnly: boolean;
  /** Fields that are given from outside and need no input. */
  readonly hidden?: readonly string[];
  /** Prefix of the ids, so that the summary of errors can lead to a field. */
  readonly idBase?: string;
  /** Begins in the first field. */
  readonly autoFocus?: boolean;
}

export const fieldId = (base: string, key: string): string => `${base}-${key}`;

/** The fields of a record in two columns, labels above. */
export function FormBody({ entity, form, readOnly, hidden, idBase, autoFocus }: FormBodyProps) {
  const styles = useStyles();
  const own = useId();
  const { sees } = useRights();
  useT();
  const sections = sectionsOf(entity, sees, hidden);
  const typed = sections.flatMap((section) => section.fields).filter(([, field]) => field.derived !== true);
  const firstKey = typed[0]?.[0];
  // What is there already begins where letters are typed: over a choice, an arrow pressed by mistake would change it.
  const openKey = readOnly ? undefined : (typed.find(([, field]) => field.kind === 'text') ?? typed[0])?.[0];
  return (
    <div className={styles.form} data-form>
      {sections.map((section) => {
        const heading = entity.sections?.[section.key];
        return (
          <div key={section.key} className={styles.section} role="group" aria-label={heading ? words(heading) : words(entity.label)}>
            {heading && <h2 className={styles.heading}>{words(heading)}</h2>}
            {section.fields.filter(([key, field]) => field.derived !== true || !isEmpty(form.values[key])).map(([key, field]) => (
              <FormField key={key} id={fieldId(idBase ?? own, key)} name={key} field={field} form={form} readOnly={readOnly || field.derived === true} opens={key === openKey} autoFocus={autoFocus === true && key === firstKey} />
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface FormFieldProps {
  readonly id: string;
  readonly name: string;
  readonly field: Field;
  readonly form: RecordForm;
  readonly readOnly: boolean;
  /** Takes the keys when the record opens. */
  readonly opens: boolean;
  readonly autoFocus: boolean;
}

function FormField({ id, name, field, form, readOnly, opens, autoFocus }: FormFieldProps) {
  const styles = useStyles();
  const company = useCompanyCurrency();
  const error = form.errors[name];
  const notes = [error === undefined ? '' : `${id}-error`, field.hint ? `${id}-hint` : ''].filter((one) => one !== '').join(' ');
  const currency = currencyOf(field, form.values, company);
  return (
    <div className={mergeClasses(styles.field, field.kind === 'longtext' && styles.wide)} data-first={opens ? true : undefined}>
      <div className={styles.top}>
        <label htmlFor={readOnly ? undefined : id} className={mergeClasses(styles.label, form.changed.includes(name) && styles.changed)}>
          {words(field.label)}
          {field.required && !readOnly && <span aria-hidden className={styles.required}> *</span>}
        </label>
        {field.hint && !readOnly && (
          <span id={`${id}-hint`} className={styles.hint} title={words(field.hint)}>{words(field.hint)}</span>
        )}
      </div>
      {readOnly ? (
        <span className={styles.fixed}>
          <Shown field={field} value={form.values[name]} row={form.values} currency={currency} />
        </span>
      ) : (
        <Editor field={field} value={form.values[name]} id={id} currency={currency} invalid={error !== undefined} autoFocus={autoFocus} {...(notes === '' ? {} : { describedBy: notes })} change={(value) => form.set(name, value)} tell={(problem) => form.tell(name, problem)} />
      )}
      {error !== undefined && <span id={`${id}-error`} className={styles.error}>{error}</span>}
    </div>
  );
}
