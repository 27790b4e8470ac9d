import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular } from '@fluentui/react-icons';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { entry } from '#contract/budgets/entry.ts';
import { DayEditor } from '../../parts/fields/DayEditor.tsx';
import { useFieldStyles } from '../../parts/fields/styles.ts';
import { money } from '../../parts/format.ts';
import type { Lookup } from '../../parts/grid/columns.ts';
import { LookupInput, type Looked, nobody, resolved } from '../../parts/grid/LookupInput.tsx';
import { isEmpty, newRow, type Row } from '../../parts/grid/sheet.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { useDo } from '../../query.ts';
import { useT, words } from '../../t.ts';
import { give, pick, takes, type Typed } from '../templates/picking.ts';
import { accountLookup } from './columns.ts';
import { lastDay, wentOn } from './kept.ts';
import { readAmount, type Ways } from './model.ts';
import { showQuick, useQuick } from './quick.ts';
import { useWays } from './useWays.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '560px' },
  form: { display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', columnGap: '12px', rowGap: '8px', marginTop: '8px' },
  wide: { gridColumn: '1 / -1' },
  done: { display: 'flex', alignItems: 'center', gap: '6px', minHeight: '20px', marginTop: '10px', color: tokens.colorStatusSuccessForeground1 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

type Part = 'day' | 'amount' | 'debit' | 'credit' | '';

interface Standing {
  readonly day: string;
  readonly text: string;
  readonly amount: string;
  readonly debit: Looked;
  readonly credit: Looked;
  readonly ways: Ways;
}

/** What stands in the fields as lines of an entry. */
async function typedIn({ day, text, amount, debit, credit, ways }: Standing, lookup: Lookup): Promise<Typed> {
  const sum = readAmount(amount, ways);
  const row = async (looked: Looked, key: 'debit' | 'credit'): Promise<readonly Row[]> => {
    const typed = looked.text.trim();
    if (typed === '' && isEmpty(sum)) return [];
    const found = await resolved(looked, lookup);
    const account = found?.id == null ? { text: typed, value: null, problem: lookup.unknown(typed) } : { text: found.text, value: found.id };
    return [newRow({ ...(typed === '' ? {} : { account }), ...(isEmpty(sum) ? {} : { [key]: sum }) })];
  };
  return { day, narration: text, rows: [...(await row(debit, 'debit')), ...(await row(credit, 'credit'))] };
}

/** Stands once in the frame; drawn while it is open. */
export function QuickEntry() {
  const open = useQuick((state) => state.open);
  useEffect(() => () => showQuick(false), []);
  return open ? <QuickDialog /> : null;
}

/** Money from one account to another, posted at once; ready for the next. */
function QuickDialog() {
  const styles = useStyles();
  const field = useFieldStyles();
  const t = useT();
  const ways = useWays();
  const id = useId();
  const lookup = useMemo(() => accountLookup(t), [t]);
  const [day, setDay] = useState(lastDay);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [amount, setAmount] = useState('');
  const [debit, setDebit] = useState<Looked>(nobody);
  const [credit, setCredit] = useState<Looked>(nobody);
  const [wrong, setWrong] = useState<{ readonly at: Part; readonly message: string } | null>(null);
  const [done, setDone] = useState<{ readonly number: string; readonly amount: string } | null>(null);
  const [round, setRound] = useState(0);
  const add = useDo('entry.add');
  const said = (part: Part): { readonly validationMessage?: string } => (wrong?.at === part ? { validationMessage: wrong.message } : {});

  // Two plain lines of the general journal fit in here; whatever else a template writes goes into an entry of its own.
  const taker = useRef({ day, ways, text, amount, debit, credit });
  useLayoutEffect(() => {
    taker.current = { day, ways, text, amount, debit, credit };
  });
  useEffect(() => {
    const stop = takes({
      day: () => taker.current.day || lastDay(),
      take: (filled) => {
        const [one, other, ...rest] = filled.lines;
        const { journal = 'general', reference = '' } = filled.draft;
        const plain = journal === 'general' && reference === '' && filled.draft.lines.every((line) => Object.keys(line).every((key) => key === 'account_id' || key === 'amount'));
        if (!one || !other || rest.length > 0 || !plain || one.amount + other.amount !== 0) {
          stop();
          showQuick(false);
          return void typedIn(taker.current, lookup).then((typed) => give(filled, typed));
        }
        const [debit_, credit_] = one.amount > 0 || filled.open[0]?.side === 'debit' ? [one, other] : [other, one];
        const looked = (line: typeof one): Looked => (line.account_id === null ? nobody : { text: [line.number, line.account].filter((part) => part !== '').join(' '), id: line.account_id });
        setText((before) => filled.draft.narration || before);
        // What the template leaves open stays as it was typed.
        setAmount((before) => (debit_.amount === 0 ? before : taker.current.ways.show(debit_.amount)));
        setDebit((before) => (debit_.account_id === null ? before : looked(debit_)));
        setCredit((before) => (credit_.account_id === null ? before : looked(credit_)));
      },
    });
    return stop;
  }, [lookup]);

  const post = async (): Promise<void> => {
    setWrong(null);
    const sum = readAmount(amount, ways);
    const [from, to] = [await resolved(debit, lookup), await resolved(credit, lookup)];
    const missing = t('budgets.entry.required');
    if (unreadable !== null || day === '') return setWrong({ at: 'day', message: unreadable ?? missing });
    if (typeof sum.value !== 'number') return setWrong({ at: 'amount', message: sum.problem ?? missing });
    if (!from?.id) return setWrong({ at: 'debit', message: debit.text.trim() === '' ? missing : lookup.unknown(debit.text) });
    if (!to?.id) return setWrong({ at: 'credit', message: credit.text.trim() === '' ? missing : lookup.unknown(credit.text) });
    setDebit(from);
    setCredit(to);
    try {
      const posted = await add.mutateAsync({ day, narration: text.trim(), lines: [{ account_id: from.id, amount: sum.value }, { account_id: to.id, amount: -sum.value }] });
      wentOn({ day, journal: 'general' });
      setDone({ number: posted.number, amount: money(sum.value, ways.base) });
      setText('');
      setAmount('');
      setDebit(nobody);
      setCredit(nobody);
      setRound(round + 1);
    } catch (thrown) {
      const failure = failureOf(thrown);
      setWrong({ at: failure.field === 'day' ? 'day' : '', message: failure.message });
    }
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && showQuick(false)}>
      <DialogSurface className={styles.surface}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void post();
          }}
          onKeyDown={(event) => {
            if (event.key === 'F7') pick();
            else if (event.key !== 'Enter' || !event.ctrlKey) return;
            event.preventDefault();
            if (event.key === 'Enter') void post();
          }}
          // What stands in a field is replaced by what is typed.
          onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
          role="presentation"
        >
          <DialogBody>
            <DialogTitle>{t('budgets.entry.quickTitle')}</DialogTitle>
            <DialogContent>
              <p>{t('budgets.entry.quickText')}</p>
              <div className={styles.form} key={round}>
                <Field label={{ children: words(entry.fields.day.label), htmlFor: `${id}-day` }} {...said('day')}>
                  <DayEditor id={`${id}-day`} field={entry.fields.day} value={day} currency="" change={(value) => setDay(typeof value === 'string' ? value : '')} tell={setUnreadable} />
                </Field>
                <Field label={t('budgets.entry.quickAmount')} {...said('amount')}>
                  <Input className={mergeClasses(field.input, field.right)} value={amount} maxLength={200} autoComplete="off" autoFocus={round > 0} onChange={(_event, data) => setAmount(data.value)} onBlur={() => setAmount(readAmount(amount, ways).text)} />
                </Field>
                <Field className={styles.wide} label={words(entry.fields.narration.label)}>
                  <Input className={field.input} value={text} maxLength={500} autoComplete="off" onChange={(_event, data) => setText(data.value)} />
                </Field>
                <Field label={{ children: t('budgets.entry.quickDebit'), htmlFor: `${id}-debit` }} {...said('debit')}>
                  <LookupInput id={`${id}-debit`} lookup={lookup} value={debit} change={setDebit} label={t('budgets.entry.quickDebit')} />
                </Field>
                <Field label={{ children: t('budgets.entry.quickCredit'), htmlFor: `${id}-credit` }} {...said('credit')}>
                  <LookupInput id={`${id}-credit`} lookup={lookup} value={credit} change={setCredit} label={t('budgets.entry.quickCredit')} />
                </Field>
              </div>
              <div role="status" className={styles.done}>
                {done && !wrong && (
                  <>
                    <CheckmarkCircle16Regular aria-hidden />
                    {t('budgets.entry.quickLast', done)}
                  </>
                )}
              </div>
              {wrong?.at === '' && (
                <div role="alert" className={styles.wrong}>
                  {wrong.message}
                </div>
              )}
            </DialogContent>
            <DialogActions>
              <Button title="F7" onClick={() => pick()}>{t('budgets.templates.quick')}</Button>
              <Button onClick={() => showQuick(false)}>{t('common.close')}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={add.isPending}>{t('budgets.entry.quickPost')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
