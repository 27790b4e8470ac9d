import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { type Pattern, patterns } from '#contract/budgets/books.ts';
import { addDays, addMonths, isDay, today } from '#contract/kit/day.ts';
import { Editor } from '../../parts/fields/Editor.tsx';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { Answer, failureOf, NoPermission, Problem } from '../../parts/Problem.tsx';
import { Screen } from '../../parts/Screen.tsx';
import { useCall, useDo } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import type { RecordProps } from '../../records/screen.ts';
import { useCan } from '../../state/session.ts';
import { go, placeOf, tell } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { YearPage } from './YearPage.tsx';

const year = entityOf('fiscal_year');

/** The years as a list, with the way to a new one. */
export function YearList() {
  const can = useCan();
  return <EntityList entity={year} creatable={can('period', 'write')} />;
}

export function YearRecord({ id }: RecordProps) {
  const can = useCan();
  if (id > 0) return <YearPage id={id} />;
  return can('period', 'write') ? <NewYear /> : <NoPermission />;
}

interface Draft {
  readonly name: string;
  readonly start_day: string;
  readonly end_day: string;
  readonly pattern: Pattern;
}

/** The year after the last one, or the present one. */
function draftAfter(last: string | undefined, pattern: Pattern): Draft {
  const start = last === undefined ? `${today().slice(0, 4)}-01-01` : addDays(last, 1);
  return named({ name: '', start_day: start, end_day: addDays(addMonths(start, 12), -1), pattern });
}

/** "2026" for a calendar year, else "2026/27". */
const nameOf = (start: string, end: string): string => (start.slice(0, 4) === end.slice(0, 4) ? start.slice(0, 4) : `${start.slice(0, 4)}/${end.slice(2, 4)}`);
const named = (draft: Draft): Draft => ({ ...draft, name: nameOf(draft.start_day, draft.end_day) });

function NewYear() {
  const years = useCall('fiscal_year.list', { order: '-start_day', limit: 1 });
  const books = useCall('books.get', {});
  return (
    <Answer of={years}>
      {({ rows }) => <Answer of={books}>{(state) => <YearForm first={draftAfter(rows[0]?.end_day, state.pattern === '' ? 'months' : state.pattern)} />}</Answer>}
    </Answer>
  );
}

function YearForm({ first }: { readonly first: Draft }) {
  const t = useT();
  const create = useDo('fiscal_year.create');
  const [draft, setDraft] = useState(first);
  const change = (part: Partial<Draft>): void => {
    create.reset();
    setDraft((before) => {
      const next = { ...before, ...part };
      // A new first day moves the last one; the name follows until it is one's own.
      const dated = part.start_day && isDay(part.start_day) ? { ...next, end_day: addDays(addMonths(part.start_day, 12), -1) } : next;
      return before.name === nameOf(before.start_day, before.end_day) && part.name === undefined ? named(dated) : dated;
    });
  };
  const ready = draft.name.trim() !== '' && isDay(draft.start_day) && isDay(draft.end_day) && !create.isPending;
  const save = (): void => {
    if (!ready) return;
    create.mutate(draft, {
      onSuccess: ({ id }) => {
        tell(t('budgets.years.created', { name: draft.name }));
        void go(placeOf(year.name, id), { replace: true });
      },
    });
  };
  const dayField = (key: 'start_day' | 'end_day', label: string) => (
    <Field label={label} required>
      {(control) => <Editor {...(control.id ? { id: control.id } : {})} field={year.fields[key]!} value={draft[key]} change={(next) => typeof next === 'string' && change({ [key]: next })} tell={() => undefined} currency="" autoFocus={key === 'start_day'} />}
    </Field>
  );
  return (
    <Screen title={t('budgets.years.add_title')} text={t('budgets.years.add_text')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {dayField('start_day', t('budgets.years.from'))}
        {dayField('end_day', t('budgets.years.to'))}
        <Field label={t('budgets.years.name')} required>
          <Input value={draft.name} maxLength={40} onChange={(_event, data) => change({ name: data.value })} />
        </Field>
        <Field label={t('budgets.years.pattern')}>
          <Select
            value={draft.pattern}
            onChange={(_event, data) => {
              const next = patterns.find((one) => one === data.value);
              if (next) change({ pattern: next });
            }}
          >
            {(year.fields['pattern']?.options ?? []).map((one) => (
              <option key={one.value} value={one.value}>
                {words(one.label)}
              </option>
            ))}
          </Select>
        </Field>
        {create.error && <Problem failure={failureOf(create.error)} />}
        <div className="row">
          <Button type="submit" appearance="primary" disabledFocusable={!ready}>
            {t('budgets.years.create')}
          </Button>
          <Button onClick={() => void go(placeOf(year.name), { replace: true })}>{t('common.cancel')}</Button>
        </div>
      </form>
    </Screen>
  );
}
