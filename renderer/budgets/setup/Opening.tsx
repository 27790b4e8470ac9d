import { Button, Checkbox, Field, makeStyles } from '@fluentui/react-components';
import { Scales20Regular } from '@fluentui/react-icons';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { OpeningState } from '#contract/budgets/books.ts';
import { isDay } from '#contract/kit/day.ts';
import { type Action, run, useActions } from '../../commands.ts';
import { askReason } from '../../parts/Dialogs.tsx';
import { Editor } from '../../parts/fields/Editor.tsx';
import { day as dayText, money, number } from '../../parts/format.ts';
import type { GridColumn, GridRules } from '../../parts/grid/columns.ts';
import { type GridHandle, LineGrid } from '../../parts/grid/LineGrid.tsx';
import { atLeast, cellOf, filled, nothing, type Rows } from '../../parts/grid/sheet.ts';
import type { Pasted } from '../../parts/grid/useLineGrid.ts';
import { Answer, failureOf, Problem } from '../../parts/Problem.tsx';
import { Screen } from '../../parts/Screen.tsx';
import { useCall, useDo } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { useUnsaved } from '../../settings/unsaved.ts';
import { useCan } from '../../state/session.ts';
import { go, tell, tellWrong } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { accountLookup } from '../entry/columns.ts';
import { amountOf, missingIn, readAmount, settleLine, sums, unreadable, type Ways } from '../entry/model.ts';
import { useWays } from '../entry/useWays.ts';

const useStyles = makeStyles({
  grid: { display: 'flex', flexDirection: 'column', height: 'clamp(240px, calc(100vh - 420px), 640px)', maxWidth: '960px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '12px 24px' },
  day: { width: '200px' },
});

const dayField = entityOf('entry').fields['day']!;
const fewest = 3;
const blank = (): Rows => atLeast([], fewest);

/** What stood on the accounts before the first day: typed or pasted, posted as one entry. */
export function Opening() {
  const found = useCall('books.opening', {});
  return <Answer of={found}>{(state) => <Page state={state} />}</Answer>;
}

function Page({ state }: { readonly state: OpeningState }) {
  const t = useT();
  const can = useCan();
  return state.day === '' ? (
    <Screen title={t('budgets.opening.title')} text={t('budgets.opening.text')}>
      <p>{t('budgets.opening.no_year')}</p>
      <div>
        <Button onClick={() => void go({ module: 'budgets', area: 'setup' })}>{t('budgets.setup.title')}</Button>
      </div>
    </Screen>
  ) : can('entry', 'approve') ? (
    <Typed state={state} />
  ) : (
    <Screen title={t('budgets.opening.title')} text={t('budgets.opening.text')}>
      <Standing entries={state.entries} />
    </Screen>
  );
}

function useColumns(ways: Ways): readonly GridColumn[] {
  const t = useT();
  return useMemo(() => {
    const column = (key: 'account' | 'debit' | 'credit', ...names: readonly string[]): Pick<GridColumn, 'key' | 'label' | 'names'> => ({ key, label: t(`budgets.opening.${key}`), names: [key, t(`budgets.opening.${key}`).toLowerCase(), ...names] });
    return [
      { ...column('account', 'konto', 'number', 'nummer', 'kontonummer', 'code', 'name'), width: 320, grow: true, read: (text) => (text.trim() === '' ? nothing : { text, value: null }), lookup: accountLookup(t) },
      { ...column('debit', 'soll', 'dr', 'balance', 'saldo'), width: 160, figures: true, read: (text) => readAmount(text, ways) },
      { ...column('credit', 'haben', 'cr'), width: 160, figures: true, read: (text) => readAmount(text, ways) },
    ];
  }, [t, ways]);
}

const rulesOf = (ways: Ways): GridRules => ({
  settle: (row, key) => settleLine(row, key, ways),
  missing: (rows, at, key) => missingIn(rows, at, key, ways),
  skips: (row, key) => key === 'credit' && cellOf(row, 'debit').value !== null,
  orders: [['account', 'debit', 'credit']],
});

/** The lines as the office takes them; null where an amount has no account. */
function linesOf(rows: Rows): readonly { readonly account_id: number; readonly debit: number; readonly credit: number }[] | null {
  const lines = filled(rows).map((row) => ({ account_id: cellOf(row, 'account').value, amount: amountOf(row) })).filter((line) => line.amount !== 0);
  const whole = lines.flatMap(({ account_id: account, amount }) => (typeof account === 'number' ? [{ account_id: account, debit: Math.max(amount, 0), credit: Math.max(-amount, 0) }] : []));
  return whole.length === lines.length ? whole : null;
}

function Typed({ state }: { readonly state: OpeningState }) {
  const t = useT();
  const styles = useStyles();
  const ways = useWays();
  const columns = useColumns(ways);
  const rules = useMemo(() => rulesOf(ways), [ways]);
  const post = useDo('books.open');
  const grid = useRef<GridHandle>(null);
  const [day, setDay] = useState(state.day);
  const [rest, setRest] = useState(false);
  const [rows, setRows] = useState(blank);
  const kept = useRef(rows);
  const sheet = useMemo(() => ({ now: () => kept.current, set: (next: Rows) => setRows((kept.current = next)) }), []);
  const summed = sums(rows);
  const lines = linesOf(rows);
  const dirty = filled(rows).length > 0;
  useUnsaved('opening', dirty ? t('budgets.opening.title') : null);

  const difference = money(Math.abs(summed.difference), ways.base);
  const account = state.account ? `${state.account.subtitle} ${state.account.title}`.trim() : '';
  const wrong = unreadable(rows);
  const waits = lines === null ? t('budgets.opening.lacks') : lines.length === 0 ? t('budgets.opening.waits') : wrong ? `${t('budgets.opening.line', { line: wrong.line })}: ${wrong.problem}` : summed.difference !== 0 && !(rest && state.account) ? t('budgets.opening.no_rest', { amount: difference }) : '';

  const send = async (): Promise<void> => {
    await grid.current?.settle();
    const now = linesOf(kept.current);
    if (!now || now.length === 0 || unreadable(kept.current) || !isDay(day)) return;
    post.mutate(
      { day, lines: [...now], ...(rest ? { rest: true } : {}) },
      {
        onSuccess: ({ number: posted }) => {
          tell(t('budgets.opening.posted', { number: posted }));
          sheet.set(blank());
          setRest(false);
        },
      },
    );
  };
  const ready = waits === '' && !post.isPending;
  const latest = useRef({ ready, send });
  useLayoutEffect(() => {
    latest.current = { ready, send };
  });
  const action = useMemo<Action>(() => ({ id: 'opening.post', label: 'budgets.opening.post', icon: Scales20Regular, keys: ['$mod+Enter'], group: 'record', when: () => latest.current.ready, run: () => latest.current.send() }), []);
  useActions(useMemo(() => [action], [action]));
  const pasted = ({ lines: count, unknown, over }: Pasted): void => {
    const said = [t('parts.grid.pasted', { count }), unknown > 0 ? t('parts.grid.pastedUnknown', { count: unknown }) : '', over > 0 ? t('parts.grid.pastedOver') : ''].filter((text) => text !== '');
    tell(said.join(' '), undefined, unknown > 0 || over > 0 ? 'attention' : 'done');
  };
  const count = (lines?.length ?? 0) + (rest && summed.difference !== 0 ? 1 : 0);
  return (
    <Screen
      title={t('budgets.opening.title')}
      text={t('budgets.opening.text')}
      actions={
        <Button appearance="primary" icon={<Scales20Regular />} disabledFocusable={!ready} title={t('budgets.opening.keys')} onClick={() => run(action)}>
          {t('budgets.opening.post')}
        </Button>
      }
    >
      {state.entries.length > 0 && <Standing entries={state.entries} />}
      <div className={styles.head}>
        <Field className={styles.day} label={t('budgets.opening.day')}>
          {(control) => <Editor {...(control.id ? { id: control.id } : {})} field={dayField} value={day} change={(value) => typeof value === 'string' && setDay(value)} tell={() => undefined} currency="" />}
        </Field>
        <p className="quiet">{t('budgets.opening.paste')}</p>
      </div>
      <div className={styles.grid}>
        <LineGrid
          label={t('budgets.opening.title')}
          columns={columns}
          rows={rows}
          sheet={sheet}
          rules={rules}
          pasted={pasted}
          handle={grid}
          foot={{ '': 'Σ', account: summed.difference === 0 ? t('budgets.opening.sum') : `${t('budgets.opening.difference')} ${difference}`, debit: ways.show(summed.debit) || '–', credit: ways.show(summed.credit) || '–' }}
        />
      </div>
      {summed.difference !== 0 && (state.account ? <Checkbox checked={rest} onChange={(_event, data) => setRest(data.checked === true)} label={t('budgets.opening.rest', { amount: difference, account })} /> : <p className="attention">{t('budgets.opening.no_account')}</p>)}
      <p className="quiet" role="status">
        {waits === '' ? t('budgets.opening.what', { n: number(count), day: dayText(day) }) : waits}
      </p>
      {post.error && <Problem failure={failureOf(post.error)} />}
    </Screen>
  );
}

/** Opening entries that stand, each to be reversed. */
function Standing({ entries }: { readonly entries: OpeningState['entries'] }) {
  const t = useT();
  const can = useCan();
  const ways = useWays();
  const reverse = useDo('entry.reverse');
  const turn = async (one: OpeningState['entries'][number]): Promise<void> => {
    const reason = await askReason({ title: t('budgets.opening.reverse_title', { number: one.number }), text: t('budgets.opening.reverse_text'), reason: t('budgets.opening.reason'), yes: t('budgets.opening.reverse') });
    if (reason === null) return;
    try {
      const done = await reverse.mutateAsync({ id: one.id, version: one.version, reason });
      tell(t('budgets.opening.reversed', { number: done.number }));
    } catch (thrown) {
      tellWrong(failureOf(thrown).message);
    }
  };
  return (
    <section aria-label={t('budgets.opening.standing')}>
      <h2 className="h3 section-line">{t('budgets.opening.standing')}</h2>
      <p className="quiet">{t('budgets.opening.standing_text')}</p>
      <table className="table roomy" style={{ maxWidth: 720 }} aria-label={t('budgets.opening.standing')}>
        <tbody>
          {entries.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Button size="small" appearance="transparent" onClick={() => void go({ module: 'budgets', area: 'entry', entity: 'entry', id: one.id })}>
                  {one.number}
                </Button>
              </th>
              <td className="tabular">{dayText(one.day)}</td>
              <td className="figure">{money(one.total, ways.base)}</td>
              <td className="tight">
                {can('entry', 'write') && (
                  <Button size="small" disabledFocusable={reverse.isPending} aria-label={`${t('budgets.opening.reverse')}: ${one.number}`} onClick={() => void turn(one)}>
                    {t('budgets.opening.reverse')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
