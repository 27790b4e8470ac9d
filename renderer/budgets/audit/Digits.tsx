import { Button, makeStyles, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { ArrowLeft16Regular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import { type DigitLine, type DigitResult, type DigitTest, digitTests } from '#contract/budgets/engagement.ts';
import type { InputOf } from '#contract/kit/call.ts';
import type { AllCalls } from '#contract/calls.ts';
import { money, ref } from '#contract/kit/field.ts';
import { exponentOf } from '#contract/kit/money.ts';
import { w } from '#contract/kit/words.ts';
import { type Action, useActions } from '../../commands.ts';
import { office } from '../../office.ts';
import { NumberEditor } from '../../parts/fields/NumberEditor.tsx';
import { RefEditor } from '../../parts/fields/RefEditor.tsx';
import { day, number } from '../../parts/format.ts';
import { Answer, failureOf } from '../../parts/Problem.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import type { PaperLine } from '../../parts/report/paper.ts';
import { Report } from '../../parts/report/Report.tsx';
import { useCall } from '../../query.ts';
import { go, placeOf, tellWrong } from '../../state/ui.ts';
import { locale, useT } from '../../t.ts';
import { saveTable } from '../statements/save.ts';
import { writing } from '../statements/writing.ts';
import { DigitsChart } from './DigitsChart.tsx';
import type { AuditFacts } from './kinds.ts';
import { paperOf, shareText } from './paper.ts';

const useStyles = makeStyles({ select: { minWidth: '0', '> select': { fieldSizing: 'content' } }, figure: { width: '150px' }, account: { width: '220px' }, more: { display: 'flex', justifyContent: 'center', padding: '16px 0 0' }, few: { marginTop: '12px' } });

const sides = ['debit', 'credit', 'both'] as const;
const leastField = money(w('Amounts from', 'Beträge ab'), 'none', { width: 120, range: [0, 9_000_000_000_000_000] });
const accountField = ref(w('Account', 'Konto'), 'account');
type Asked = InputOf<AllCalls['engagement.benford']>;

const verdicts = { close: 'budgets.audit.digits.close', acceptable: 'budgets.audit.digits.acceptable', marginal: 'budgets.audit.digits.marginal', none: 'budgets.audit.digits.nonconforming' } as const;
const fixed = (value: number, digits: number): string => new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** Leading digits of the amounts against Benford’s law; a digit opens the lines behind it. */
export function Digits({ audit }: { readonly audit: AuditFacts }) {
  const styles = useStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const [which, setWhich] = useState<DigitTest>('first_two');
  const [side, setSide] = useState<(typeof sides)[number]>('debit');
  const [least, setLeast] = useState<number | null>(null);
  const [account, setAccount] = useState<number | null>(null);
  const [digit, setDigit] = useState<number | null>(null);
  // Nigrini leaves out amounts under ten of the currency.
  const from = least ?? 10 * 10 ** exponentOf(currency);
  const asked: Asked = { id: audit.id, digits: which, side, least: from, ...(account === null ? {} : { accounts: [account] }) };
  const found = useCall('engagement.benford', asked, { keep: true });
  if (digit !== null) return <Behind audit={audit} asked={asked} digit={digit} back={() => setDigit(null)} />;
  const parameters = (
    <>
      <Select className={styles.select} aria-label={t('budgets.audit.digits.which')} value={which} onChange={(_event, data) => setWhich(digitTests.find((one) => one === data.value) ?? which)}>
        {digitTests.map((one) => (
          <option key={one} value={one}>
            {t(`budgets.audit.digits.${one}`)}
          </option>
        ))}
      </Select>
      <Select className={styles.select} aria-label={t('budgets.audit.digits.side')} value={side} onChange={(_event, data) => setSide(sides.find((one) => one === data.value) ?? side)}>
        {sides.map((one) => (
          <option key={one} value={one}>
            {t(`budgets.audit.digits.${one}`)}
          </option>
        ))}
      </Select>
      <div className={styles.figure}>
        <NumberEditor field={leastField} value={from} currency={currency} label={t('budgets.audit.digits.least')} change={(value) => setLeast(typeof value === 'number' ? value : null)} tell={() => undefined} />
      </div>
      <div className={styles.account}>
        <RefEditor field={accountField} value={account} currency={currency} label={t('budgets.audit.digits.account')} placeholder={t('budgets.audit.digits.account')} change={(value) => setAccount(typeof value === 'number' ? value : null)} tell={() => undefined} />
      </div>
    </>
  );
  return (
    <Answer of={found} rows={12}>
      {(result) => <Found audit={audit} which={which} result={result} at={found.dataUpdatedAt} parameters={parameters} open={setDigit} filters={[t(`budgets.audit.digits.${side}`), `${t('budgets.audit.digits.least')} ${writing(currency).amount(from)} ${currency}`]} />}
    </Answer>
  );
}

interface FoundProps {
  readonly audit: AuditFacts;
  readonly which: DigitTest;
  readonly result: DigitResult;
  readonly at: number;
  readonly parameters: React.ReactNode;
  readonly filters: readonly string[];
  readonly open: (digit: number) => void;
}

function Found({ audit, which, result, at, parameters, filters, open }: FoundProps) {
  const styles = useStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const company = useCall('company.get', {});
  const percent = (share: number): string => shareText(share, locale());
  const signed = (share: number): string => `${share > 0 ? '+' : share < 0 ? '\u2212' : ''}${percent(Math.abs(share))}`;
  const heads = [t('budgets.audit.digits.digit'), t('budgets.audit.digits.count'), t('budgets.audit.digits.share'), t('budgets.audit.digits.expected'), t('budgets.audit.digits.difference'), t('budgets.audit.digits.z')] as const;
  const cells = result.rows.map((row) => [String(row.digits), number(row.count), percent(row.share), percent(row.expected), signed(row.share - row.expected), fixed(row.z, 2)]);
  const verdict = t(verdicts[result.conformity]);
  const empty = result.count === 0;
  const paper = paperOf(company.data?.name ?? '', at, {
    title: t('budgets.audit.digits.paper', { which: t(`budgets.audit.digits.${which}`) }),
    period: `${day(audit.from)} – ${day(audit.until)}`,
    filters: [audit.name, ...filters],
    columns: heads.map((label, place) => ({ key: ['digits', 'count', 'share', 'expected', 'difference', 'z'][place] ?? '', label, share: place < 2 ? 8 : place === 4 ? 11 : 9, align: place === 0 ? ('start' as const) : ('end' as const) })),
    lines: empty ? [] : result.rows.map((row, place): PaperLine => ({ key: `${row.digits}`, kind: 'line', cells: cells[place] ?? [], opens: row.count > 0 ? { count: () => open(row.digits) } : {} })),
    notes: empty ? [t('budgets.audit.digits.nothing')] : [t('budgets.audit.digits.mad', { mad: fixed(result.mad, 5), verdict, chi: fixed(result.chi_square, 2), degrees: result.degrees, p: fixed(result.p, 4) }), ...(result.warning === '' ? [] : [result.warning]), t('budgets.audit.digits.meaning')],
  });
  const save = (format: 'xlsx' | 'csv'): void => void saveTable(paper.title, format, { currency, columns: heads.map((title) => ({ title, kind: 'text' as const })), rows: cells });
  return (
    <Report
      paper={paper}
      parameters={parameters}
      remember={`audit digits ${audit.id}`}
      onSave={save}
      {...(empty
        ? {}
        : {
            chart: (
              <>
                <h2 className="unseen">{t('budgets.audit.digits.title')}</h2>
                <DigitsChart rows={result.rows} title={result.warning === '' ? verdict : t(`budgets.audit.digits.${which}`)} about={t('budgets.audit.digits.about', { which: t(`budgets.audit.digits.${which}`), n: number(result.count) })} heads={[heads[0], heads[2], heads[3]]} percent={percent} open={open} />
                {result.warning !== '' && (
                  <MessageBar intent="warning" className={styles.few}>
                    <MessageBarBody>{result.warning}</MessageBarBody>
                  </MessageBar>
                )}
              </>
            ),
          })}
    />
  );
}

/** The lines behind one digit, two hundred at a time. */
function Behind({ audit, asked, digit, back }: { readonly audit: AuditFacts; readonly asked: Asked; readonly digit: number; readonly back: () => void }) {
  const styles = useStyles();
  const t = useT();
  const currency = useCompanyCurrency();
  const company = useCall('company.get', {});
  const first = useCall('engagement.digit_lines', { ...asked, digit });
  const [further, setFurther] = useState<{ readonly rows: readonly DigitLine[]; readonly next: number | null } | null>(null);
  const leave = useMemo<Action>(() => ({ id: 'audit.digits', label: 'budgets.audit.digits.back', icon: ArrowLeft16Regular, keys: ['Escape'], quiet: true, group: 'record', run: back }), [back]);
  useActions(useMemo(() => [leave], [leave]));
  const say = writing(currency);
  const title = t(asked.digits === 'second' ? 'budgets.audit.digits.behindSecond' : 'budgets.audit.digits.behind', { digit });
  const heads = [t('budgets.audit.digits.day'), t('budgets.audit.digits.entry'), t('budgets.audit.digits.account'), t('budgets.audit.digits.narration'), t('budgets.audit.digits.amount')] as const;
  return (
    <Answer of={first} rows={12}>
      {(page) => {
        const rows = [...page.rows, ...(further?.rows ?? [])];
        const next = further ? further.next : page.next;
        const more = async (): Promise<void> => {
          if (next === null) return;
          const found = await office['engagement.digit_lines']({ ...asked, digit, after: next, limit: 1000 });
          setFurther({ rows: [...(further?.rows ?? []), ...found.rows], next: found.next });
        };
        const paper = paperOf(company.data?.name ?? '', first.dataUpdatedAt, {
          title,
          period: `${day(audit.from)} – ${day(audit.until)}`,
          filters: [audit.name, t('budgets.statements.inCurrency', { currency })],
          columns: [{ key: 'day', label: heads[0], share: 10, unbroken: true }, { key: 'entry', label: heads[1], share: 15, unbroken: true }, { key: 'account', label: heads[2], share: 24 }, { key: 'narration', label: heads[3], share: 34 }, { key: 'amount', label: heads[4], share: 14, align: 'end' }],
          lines: rows.map((row): PaperLine => ({ key: `${row.id}`, kind: 'line', cells: [day(row.day), row.number, row.account, row.narration, say.amount(row.amount)], opens: { entry: () => void go(placeOf('entry', row.entry_id)) } })),
          notes: [next === null ? t('budgets.audit.digits.lines', { count: rows.length, n: number(rows.length) }) : t('budgets.audit.digits.some', { n: number(rows.length) })],
        });
        return (
          <Report
            paper={paper}
            remember={`audit digit ${audit.id}`}
            parameters={
              <Button icon={<ArrowLeft16Regular />} onClick={back}>
                {t('budgets.audit.digits.back')}
              </Button>
            }
            onSave={(format) => void saveTable(title, format, { currency, columns: [{ title: heads[0], kind: 'day' }, { title: heads[1], kind: 'text' }, { title: heads[2], kind: 'text' }, { title: heads[3], kind: 'text' }, { title: heads[4], kind: 'money' }], rows: rows.map((row) => [row.day, row.number, row.account, row.narration, row.amount]) })}
            {...(next === null ? {} : { more: <div className={styles.more}><Button onClick={() => void more().catch((thrown: unknown) => tellWrong(failureOf(thrown).message))}>{t('budgets.audit.digits.more')}</Button></div> })}
          />
        );
      }}
    </Answer>
  );
}
