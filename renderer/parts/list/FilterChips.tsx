import { Button, Popover, PopoverSurface, PopoverTrigger, Select, Tooltip } from '@fluentui/react-components';
import { Dismiss12Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Named } from '#contract/kit/call.ts';
import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import type { Filter } from '#contract/kit/schema.ts';
import { useAsk } from '../../query.ts';
import { t as say, useT, words } from '../../t.ts';
import { Editor } from '../fields/Editor.tsx';
import { useFieldStyles } from '../fields/styles.ts';
import { show } from '../fields/show.ts';
import { bare, firstValue, type Test, testsOf, valueField } from './filters.ts';
import { useBarStyles } from './styles.ts';

interface ChipsProps {
  readonly entity: Entity;
  readonly fields: readonly (readonly [string, Field])[];
  readonly filters: readonly Filter[];
  readonly change: (filters: readonly Filter[]) => void;
  readonly currency: string;
  /** Position of the chip that opens by itself: the one that was just added. */
  readonly opened: number;
}

/** The filters as chips: each says what it does, opens to be changed, and goes with its cross. */
export function FilterChips(props: ChipsProps) {
  const styles = useBarStyles();
  const t = useT();
  const { filters, change } = props;
  return (
    <div className={styles.chips} role="group" aria-label={t('parts.list.filters')}>
      {filters.map((filter, at) => (
        <Chip
          // Chips have no identity of their own; the field and the place make one that survives typing.
          key={`${filter.field}${at}`}
          {...props}
          filter={filter}
          open={props.opened === at}
          set={(next) => change(filters.map((one, index) => (index === at ? next : one)))}
          remove={() => change(filters.filter((_one, index) => index !== at))}
        />
      ))}
      {filters.length > 1 && (
        <Button size="small" appearance="transparent" onClick={() => change([])}>
          {t('parts.list.noFilters')}
        </Button>
      )}
    </div>
  );
}

export const fieldsSorted = (fields: readonly (readonly [string, Field])[]): readonly (readonly [string, Field])[] => fields.toSorted(([, a], [, b]) => words(a.label).localeCompare(words(b.label)));

/** A filter in words, as chips and the head of a printed list say it. */
export function filterWords(filter: Filter, field: Field, title: string | undefined, currency: string): string {
  const value = bare(filter.is) ? '' : (title ?? show(field.kind === 'flag' ? { ...field, kind: 'text' } : valueField(field, filter.is), field.kind === 'flag' ? say(filter.value === true ? 'common.yes' : 'common.no') : filter.value, {}, () => undefined, currency));
  return `${words(field.label)} ${say(`parts.list.is.${filter.is}`)}${value === '' ? '' : ` ${value}`}`;
}

interface ChipProps extends ChipsProps {
  readonly filter: Filter;
  readonly open: boolean;
  readonly set: (filter: Filter) => void;
  readonly remove: () => void;
}

function Chip({ entity, fields, filter, set, remove, open: first, currency }: ChipProps) {
  const styles = useBarStyles();
  const inputs = useFieldStyles();
  const t = useT();
  const [open, setOpen] = useState(first);
  const field = entity.fields[filter.field];
  const id = field?.kind === 'ref' && typeof filter.value === 'number' ? filter.value : null;
  const names = useAsk<readonly Named[]>(`${field?.to ?? ''}.names`, { ids: id === null ? [] : [id] }, { enabled: id !== null });
  if (!field) return null;
  const text = filterWords(filter, field, id === null ? undefined : names.data?.[0]?.title, currency);
  const choose = (key: string): void => {
    const next = entity.fields[key];
    const test = next ? testsOf[next.kind][0] : undefined;
    if (next && test) set({ field: key, is: test, value: firstValue(valueField(next, test)) });
  };
  return (
    <span className={styles.chipGroup}>
      <Popover open={open} onOpenChange={(_event, data) => setOpen(data.open)} trapFocus unstable_disableAutoFocus positioning="below-start">
        <PopoverTrigger disableButtonEnhancement>
          <Button className={styles.chip} size="small" shape="circular">
            {text}
          </Button>
        </PopoverTrigger>
        <PopoverSurface className={styles.popover} aria-label={text}>
          <form
            className={styles.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              setOpen(false);
            }}
          >
            <Select className={inputs.select} aria-label={t('parts.list.field')} value={filter.field} onChange={(_event, data) => choose(data.value)}>
              {fieldsSorted(fields).map(([key, one]) => (
                <option key={key} value={key}>{words(one.label)}</option>
              ))}
            </Select>
            <Select className={inputs.select} aria-label={t('parts.list.test')} value={filter.is} onChange={(_event, data) => set({ ...filter, ...testOf(field, data.value) })}>
              {testsOf[field.kind].map((test) => (
                <option key={test} value={test}>{t(`parts.list.is.${test}`)}</option>
              ))}
            </Select>
            {bare(filter.is) ? (
              <span />
            ) : (
              <Editor field={valueField(field, filter.is)} value={filter.value} currency={currency} label={t('parts.list.value')} autoFocus tell={() => undefined} change={(value) => set({ ...filter, value: plain(value) })} />
            )}
            <button type="submit" hidden aria-hidden tabIndex={-1} />
          </form>
        </PopoverSurface>
      </Popover>
      <Tooltip content={t('parts.list.removeFilter', { filter: text })} relationship="label">
        <Button size="small" appearance="transparent" icon={<Dismiss12Regular />} onClick={remove} />
      </Tooltip>
    </span>
  );
}

const testOf = (field: Field, value: string): Pick<Filter, 'is'> => ({ is: testsOf[field.kind].find((test): test is Test => test === value) ?? 'equals' });

const plain = (value: unknown): string | number | boolean | null => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null);
