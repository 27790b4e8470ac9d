import { Button, Field, Input, MessageBar, MessageBarBody, mergeClasses, Select } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, Delete16Regular, SubtractCircle16Regular, Warning16Regular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import type { Looked, Mapping } from '#contract/company/transfer.ts';
import type { Entity } from '#contract/kit/entity.ts';
import type { Field as FieldDefinition } from '#contract/kit/field.ts';
import { Editor } from '../parts/fields/Editor.tsx';
import { list, number } from '../parts/format.ts';
import { useCompanyCurrency, useRights } from '../parts/record/rights.ts';
import { useT, words } from '../t.ts';
import { assigned, columnName, fixable, fixed, importable, prefixable, prefixed, unfilled, unfixed } from './mapping.ts';
import { useStepStyles } from './styles.ts';
import type { Importing } from './useImport.ts';

/** Which column fills which field, and what is the same in every row. */
export function ColumnsStep({ importing }: { readonly importing: Importing }) {
  const styles = useStepStyles();
  const t = useT();
  const { sees } = useRights();
  const { entity, looked, mapping, changeMapping } = importing;
  if (!entity || !looked || !mapping) return null;
  const used = mapping.columns.filter((field) => field !== null).length;
  const missing = unfilled(entity, mapping);
  return (
    <div className={`${styles.stack} ${styles.fill}`}>
      <p className={styles.text}>
        {t('transfer.columns.about', { used: number(used), all: number(looked.columns.length) })} {looked.remembered ? t('transfer.columns.remembered') : ''}
      </p>
      {missing.length > 0 && (
        <MessageBar intent="warning">
          <MessageBarBody>{t('transfer.columns.missing', { fields: list(missing.map((key) => labelOf(entity, key))) })}</MessageBarBody>
        </MessageBar>
      )}
      <FixedValues entity={entity} mapping={mapping} sees={sees} change={changeMapping} />
      <ColumnTable entity={entity} looked={looked} mapping={mapping} sees={sees} change={changeMapping} />
    </div>
  );
}

/** Editors give plain values; none is the empty text until something is filled in. */
const asJson = z.json().catch('');

const labelOf = (entity: Entity, key: string): string => {
  const field = entity.fields[key];
  return field ? words(field.label) : key;
};

/** Six columns stay in sight however low the window is; what is shorter is not stretched. */
const lowest = 248;

interface Part {
  readonly entity: Entity;
  readonly mapping: Mapping;
  readonly sees: readonly string[];
  readonly change: (mapping: Mapping) => void;
}

function ColumnTable({ entity, looked, mapping, sees, change }: Part & { readonly looked: Looked }) {
  const styles = useStepStyles();
  const t = useT();
  const options = fieldOptions(entity, importable(entity, sees), t('transfer.columns.record'));
  return (
    <div className={mergeClasses(styles.scroll, styles.tall)} style={{ minHeight: Math.min(lowest, looked.columns.length * 36 + 32) }} role="region" aria-label={t('transfer.columns.table')} tabIndex={-1}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.th}>
              {t('transfer.columns.column')}
            </th>
            <th scope="col" className={styles.th}>
              {t('transfer.columns.samples')}
            </th>
            <th scope="col" className={styles.th} colSpan={2}>
              {t('transfer.columns.field')}
            </th>
          </tr>
        </thead>
        <tbody>
          {looked.columns.map((column, at) => {
            const name = column.name === '' ? t('transfer.columns.unnamed', { name: columnName(at) }) : column.name;
            const field = mapping.columns[at] ?? null;
            const prefix = field === null ? '' : (mapping.prefixes?.[field] ?? '');
            const samples = column.samples
              .filter((sample) => sample.trim() !== '')
              .slice(0, 3)
              .map((sample) => prefix + sample)
              .join(' · ');
            const definition = field === null ? undefined : entity.fields[field];
            return (
              <tr key={at}>
                <th scope="row" className={mergeClasses(styles.td, styles.strong)} style={{ textAlign: 'start' }} title={name}>
                  {name}
                </th>
                <td className={mergeClasses(styles.td, styles.quiet)} title={samples}>
                  {samples === '' ? t('transfer.columns.empty') : samples}
                </td>
                <td className={styles.td} style={{ width: '260px', minWidth: '220px' }}>
                  <Select size="small" aria-label={t('transfer.columns.fills', { column: name })} value={field ?? ''} onChange={(_event, data) => change(assigned(mapping, at, data.value === '' ? null : data.value))}>
                    <option value="">{t('transfer.columns.leaveOut')}</option>
                    {options}
                  </Select>
                </td>
                <td className={styles.td} style={{ width: '180px' }}>
                  {field !== null && definition && prefixable(definition) ? (
                    <Input
                      size="small"
                      className={styles.prefix}
                      maxLength={20}
                      value={prefix}
                      placeholder={t('transfer.columns.prefix')}
                      aria-label={t('transfer.columns.prefixFor', { field: words(definition.label) })}
                      title={t('transfer.columns.prefixAbout')}
                      onChange={(_event, data) => change(prefixed(mapping, field, data.value))}
                    />
                  ) : (
                    <State used={field !== null} />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function State({ used }: { readonly used: boolean }) {
  const styles = useStepStyles();
  const t = useT();
  return used ? (
    <span className={mergeClasses(styles.withIcon, styles.good)}>
      <CheckmarkCircle16Regular aria-hidden />
      {t('transfer.columns.taken')}
    </span>
  ) : (
    <span className={mergeClasses(styles.withIcon, styles.quiet)}>
      <SubtractCircle16Regular aria-hidden />
      {t('transfer.columns.left')}
    </span>
  );
}

/** The fields under the headings of the form, so that one finds them where one knows them from. */
function fieldOptions(entity: Entity, fields: readonly [string, FieldDefinition][], record: string): ReactNode {
  const option = ([key, field]: [string, FieldDefinition]): ReactNode => (
    <option key={key} value={key}>
      {words(field.label)}
      {field.required ? ' *' : ''}
    </option>
  );
  const sections = Object.entries(entity.sections ?? {});
  return (
    <>
      <optgroup label={sections.length > 0 ? words(entity.label) : record}>{fields.filter(([, field]) => field.section === undefined).map(option)}</optgroup>
      {sections.map(([key, label]) => (
        <optgroup key={key} label={words(label)}>
          {fields.filter(([, field]) => field.section === key).map(option)}
        </optgroup>
      ))}
    </>
  );
}

/** Values that every row gets: the required fields that no column fills stand open from the start. */
function FixedValues({ entity, mapping, sees, change }: Part) {
  const styles = useStepStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const [wrong, setWrong] = useState<Readonly<Record<string, string | null>>>({});
  const own = Object.keys(mapping.values ?? {}).filter((key) => key in entity.fields);
  const open = [...own, ...unfilled(entity, mapping).filter((key) => !own.includes(key))];
  const more = fixable(entity, mapping, sees).filter(([key]) => !open.includes(key));
  return (
    <section className={styles.stack} style={{ gap: '8px' }} aria-label={t('transfer.columns.fixed')}>
      <div className={styles.row}>
        {open.map((key) => {
          const field = entity.fields[key];
          if (!field) return null;
          const missing = field.required && !own.includes(key);
          return (
            <Field key={key} className={styles.narrow} label={t('transfer.columns.everyRow', { field: words(field.label) })} validationState={missing || wrong[key] ? 'warning' : 'none'} validationMessage={wrong[key] ?? null} validationMessageIcon={<Warning16Regular />}>
              <div style={{ display: 'flex', gap: '4px' }}>
                <Editor
                  field={field}
                  value={mapping.values?.[key] ?? ''}
                  label={words(field.label)}
                  currency={currency}
                  tell={(problem) => setWrong((before) => ({ ...before, [key]: problem }))}
                  change={(value) => change(fixed(mapping, key, asJson.parse(value)))}
                />
                {own.includes(key) && <Button appearance="subtle" icon={<Delete16Regular />} aria-label={t('transfer.columns.removeFixed', { field: words(field.label) })} onClick={() => change(unfixed(mapping, key))} />}
              </div>
            </Field>
          );
        })}
        {more.length > 0 && (
          <Field className={styles.narrow} label={t('transfer.columns.addFixed')}>
            <Select value="" onChange={(_event, data) => data.value !== '' && change(fixed(mapping, data.value, entity.fields[data.value]?.kind === 'flag' ? true : ''))}>
              <option value="">{t('transfer.columns.chooseField')}</option>
              {fieldOptions(entity, more, t('transfer.columns.record'))}
            </Select>
          </Field>
        )}
      </div>
    </section>
  );
}
