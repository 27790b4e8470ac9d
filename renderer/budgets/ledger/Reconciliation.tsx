import { Button } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, Copy16Regular, Print16Regular } from '@fluentui/react-icons';
import type { JournalImported } from '#contract/budgets/books.ts';
import { point } from '../../parts/fields/locale.ts';
import { instant, number } from '../../parts/format.ts';
import { toTsv } from '../../parts/list/tsv.ts';
import { copy } from '../../parts/Problem.tsx';
import type { Paper } from '../../parts/report/paper.ts';
import { printPaper } from '../../parts/report/print.ts';
import { useCall } from '../../query.ts';
import { useCan } from '../../state/session.ts';
import { go, placeOf } from '../../state/ui.ts';
import { language, type Translate, useT } from '../../t.ts';
import { inert } from '../../transfer/inert.ts';

interface Props {
  readonly name: string;
  readonly result: JournalImported;
  readonly onAgain: () => void;
}

type Pairs = readonly (readonly [label: string, value: string])[];

/** A sum comes as a decimal text, exact in any currency: only its marks are put in as people here write them. */
function sumText(value: string): string {
  const [whole = '0', fraction] = value.split('.');
  const shown = whole.replace(/\d+/, (digits) => number(Number(digits)));
  return fraction === undefined ? shown : `${shown}${point()}${fraction}`;
}

const countsOf = (t: Translate, of: JournalImported): Pairs => [
  [t('budgets.ledger.imported'), number(of.imported)],
  [t('budgets.ledger.lines'), number(of.lines)],
  [t('budgets.ledger.skipped'), number(of.skipped)],
  [t('budgets.ledger.refused'), number(of.refused)],
  [t('budgets.ledger.made'), number(of.accounts)],
];

/** "kiosk.journal:12: text" as place and text; a note about the whole has no place. */
function parted(warning: string): readonly [place: string, text: string] {
  const found = /^(.+?:\d+): (.*)$/s.exec(warning);
  return found ? [found[1] ?? '', found[2] ?? ''] : ['', warning];
}

/** What came of an import: counts, sums a currency, accounts, and every note with its file and line. */
export function Reconciliation({ name, result, onAgain }: Props) {
  const t = useT();
  const can = useCan();
  const firm = useCall('company.get', {}).data?.name ?? '';
  const title = t('budgets.ledger.report', { name });
  const counts = countsOf(t, result);
  const sums: Pairs = Object.entries(result.sums).map(([currency, sum]) => [currency, sumText(sum)]);
  const notes = result.warnings.map(parted);
  const rows = (): string[][] => [[title], ...counts.map((pair) => [...pair]), [t('budgets.ledger.sums')], ...sums.map((pair) => [...pair]), [t('budgets.ledger.warnings', { n: number(notes.length) })], ...notes.map((pair) => [...pair])];
  const paper = (): Paper => ({
    firm,
    title,
    asAt: t('transfer.print.asAt', { when: instant(Date.now()) }),
    filters: [],
    columns: [
      { key: 'what', label: t('budgets.ledger.place'), share: 1.4 },
      { key: 'value', label: t('budgets.ledger.note'), share: 3 },
    ],
    lines: [
      ...counts.map((pair) => ({ kind: 'line' as const, cells: pair })),
      { kind: 'heading', cells: [t('budgets.ledger.sums')] },
      ...sums.map((pair) => ({ kind: 'line' as const, cells: pair })),
      { kind: 'heading', cells: [t('budgets.ledger.warnings', { n: number(notes.length) })] },
      ...notes.map((pair) => ({ kind: 'line' as const, cells: pair })),
    ],
    notes: [],
    language: language(),
    pageWords: [t('transfer.print.pageBefore'), t('transfer.print.pageBetween'), t('transfer.print.pageAfter')],
  });
  return (
    <section aria-label={title}>
      <div role="status">
        <h2 className="h3 section-line row-tight">
          <CheckmarkCircle20Filled className="done" aria-hidden />
          {title}
        </h2>
      </div>
      <div className="row">
        {can('report', 'read') && (
          <Button appearance="primary" onClick={() => void go({ module: 'budgets', area: 'trial' })}>
            {t('budgets.ledger.trial')}
          </Button>
        )}
        <Button onClick={() => void go(placeOf('account'))}>{t('budgets.ledger.accounts')}</Button>
        <Button icon={<Copy16Regular />} onClick={() => void copy(toTsv(rows().map((row) => row.map(inert))))}>
          {t('budgets.ledger.copy')}
        </Button>
        <Button icon={<Print16Regular />} onClick={() => void printPaper(paper(), 'pdf')}>
          {t('budgets.ledger.print')}
        </Button>
        <Button onClick={onAgain}>{t('budgets.ledger.again')}</Button>
      </div>
      <table className="table" style={{ maxWidth: 560 }} aria-label={title}>
        <tbody>
          {counts.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="figure">{value}</td>
            </tr>
          ))}
          {sums.map(([currency, sum]) => (
            <tr key={currency}>
              <th scope="row">
                {t('budgets.ledger.sums')}, {currency}
              </th>
              <td className="figure">{sum}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length === 0 ? (
        <p className="quiet">{t('budgets.ledger.no_warnings')}</p>
      ) : (
        <>
          <h3 className="h3">{t('budgets.ledger.warnings', { n: number(notes.length) })}</h3>
          <div className="table-box" style={{ maxHeight: 280 }} role="region" aria-label={t('budgets.ledger.warnings', { n: number(notes.length) })} tabIndex={0}>
            <table className="table sticky">
              <thead>
                <tr>
                  <th scope="col">{t('budgets.ledger.place')}</th>
                  <th scope="col">{t('budgets.ledger.note')}</th>
                </tr>
              </thead>
              <tbody>
                {notes.map(([place, text], at) => (
                  // Two notes can be the same words.
                  // eslint-disable-next-line react/no-array-index-key
                  <tr key={at}>
                    <td className="tabular" title={place}>
                      {place}
                    </td>
                    <td className="wraps selectable">{text}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
