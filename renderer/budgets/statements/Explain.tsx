import { Button, makeStyles, tokens, Tree, TreeItem, TreeItemLayout } from '@fluentui/react-components';
import { Attach16Regular, BookNumber16Regular, CalendarLtr16Regular, DocumentLink16Regular, NumberSymbol16Regular, ReceiptMoney16Regular, TextBulletListLtr16Regular } from '@fluentui/react-icons';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { entities } from '#contract/calls.ts';
import { entry } from '#contract/budgets/entry.ts';
import type { Named } from '#contract/kit/call.ts';
import type { Basis, Explained, ExplainRow, Only, Register, Source } from '#contract/budgets/report.ts';
import { amount } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useAsk, useCall } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { locale, useT, words } from '../../t.ts';
import { daysBehind, type Figure, figureText } from './paper.ts';
import { linesPlace } from './place.ts';
import { writing } from './writing.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '8px 12px' },
  about: { color: tokens.colorNeutralForeground3 },
  sum: { display: 'flex', justifyContent: 'space-between', gap: '8px', fontWeight: tokens.fontWeightSemibold, paddingBottom: '4px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  line: { display: 'flex', gap: '8px', width: '100%', minWidth: 0 },
  label: { flexGrow: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  figure: { flexShrink: 0, fontVariantNumeric: 'tabular-nums' },
  layout: { minHeight: '28px', '> .fui-TreeItemLayout__main': { flexGrow: 1, minWidth: 0 } },
});

interface Props {
  readonly figure: Figure;
  readonly currency: string;
  readonly close: () => void;
}

/** How a figure comes about: its accounts, their periods, the entries of a period, and the lines and files of an entry. */
export function Explain({ figure, currency, close }: Props) {
  const styles = useStyles();
  const t = useT();
  const { column, row } = figure;
  const root = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(figure.source === null);
  useEffect(() => {
    if (ready) root.current?.querySelector<HTMLElement>('[role="treeitem"]')?.focus();
  }, [ready]);
  const said = t('budgets.statements.explained', { column: column.label });
  return (
    <div className={styles.root} ref={root}>
      <p className={styles.about}>{said}</p>
      <div className={styles.sum}>
        <span>{row.label}</span>
        {row.style !== 'note' && <span className={styles.figure}>{figureText(row, figure.value, writing(currency))}</span>}
      </div>
      {row.formula !== undefined && row.formula !== '' && <p className={styles.about}>{row.formula}</p>}
      {figure.source ? (
        <Accounts figure={figure} source={figure.source} currency={currency} ready={() => setReady(true)}>
          {(rows) => (
            <Tree aria-label={said} size="small">
              {rows}
            </Tree>
          )}
        </Accounts>
      ) : (
        <Tree aria-label={said} size="small">
          {figure.parts().map((part, at) => (
            <OfRow key={`${part.row.key} ${part.column.from} ${part.column.to}`} part={part} path={`${at}`} currency={currency} />
          ))}
        </Tree>
      )}
      <div>
        <Button size="small" onClick={close}>
          {t('common.close')}
        </Button>
      </div>
    </div>
  );
}

interface AccountsProps {
  readonly figure: Figure;
  readonly source: Source;
  readonly currency: string;
  readonly ready?: () => void;
  readonly children: (rows: ReactNode) => ReactNode;
}

/** The accounts behind a figure. */
function Accounts({ figure: { column }, source, currency, ready, children }: AccountsProps) {
  const styles = useStyles();
  const t = useT();
  const none = source.accounts.length === 0;
  const accounts = useCall('report.explain', { ...source, accounts: [...source.accounts], ...days(column), ...some(column.only), by: 'account' }, { enabled: !none });
  const there = accounts.data !== undefined;
  useEffect(() => {
    if (there) ready?.();
    // Once, when they are there.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [there]);
  const way: Way = { basis: source.basis, sign: source.sign, only: column.only, currency, side: column.side };
  const nothing = <p className={styles.about}>{t('budgets.statements.nothing')}</p>;
  if (none) return nothing;
  return (
    <Answer of={accounts} rows={4}>
      {(found: Explained) => (found.rows.length === 0 ? nothing : children(found.rows.map((row) => <OfAccount key={row.key} row={row} way={way} />)))}
    </Answer>
  );
}

/** Another row that a figure is made of, with what that one is made of below it. */
function OfRow({ part, path, currency }: { readonly part: Figure; readonly path: string; readonly currency: string }) {
  const { row, source } = part;
  return (
    <Branch value={`row ${path} ${row.key}`} icon={<NumberSymbol16Regular />} label={[row.code ?? '', row.label].filter((one) => one !== '').join(' ')} figure={figureText(row, part.value, writing(currency))}>
      {() => (source ? <Accounts figure={part} source={source} currency={currency}>{(rows) => rows}</Accounts> : part.parts().map((one, at) => <OfRow key={`${one.row.key} ${one.column.to}`} part={one} path={`${path}.${at}`} currency={currency} />))}
    </Branch>
  );
}

interface Way {
  readonly basis: Basis;
  readonly sign: 1 | -1;
  readonly only: Only | null;
  readonly currency: string;
  readonly side: 'debit' | 'credit' | undefined;
}

const written = (value: number, currency: string): string => amount(value, currency).replace(/^-/, '\u2212');
/** A day within a period, whose year is known. */
const shortDay = (day: string): string => new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
const days = ({ from, to }: { readonly from: string; readonly to: string }): { from: string; to: string } => ({ from, to });
const some = (only: Only | null): { only?: Only } => (only ? { only } : {});
/** The side that alone counts in a column of debits or credits. */
const sideOf = (way: Way): 'debit' | 'credit' | undefined => (way.basis === 'moved' ? way.side : undefined);
const valueOf = (row: ExplainRow, way: Way): number => row[sideOf(way) ?? 'amount'];
const shownOf = (row: ExplainRow, way: Way): string => written(valueOf(row, way), way.currency);
/** What a line adds to the figure above it. */
function addedBy(amount_: number, way: Way): number {
  const side = sideOf(way);
  if (side === undefined) return way.sign * amount_ || 0;
  return Math.max(0, side === 'debit' ? amount_ : -amount_);
}

interface BranchProps {
  readonly value: string;
  readonly icon: ReactElement;
  readonly label: string;
  readonly figure: string;
  readonly start?: boolean;
  readonly children: () => ReactNode;
}

/** A part that opens; what is below it is asked when it does. */
function Branch({ value, icon, label, figure, start = false, children }: BranchProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(start);
  return (
    <TreeItem itemType="branch" value={value} open={open} onOpenChange={(_event, data) => setOpen(data.open)}>
      <TreeItemLayout className={styles.layout} iconBefore={icon}>
        <Line label={label} figure={figure} />
      </TreeItemLayout>
      {open && <Tree>{children()}</Tree>}
    </TreeItem>
  );
}

function Line({ label, figure }: { readonly label: string; readonly figure: string }) {
  const styles = useStyles();
  return (
    <span className={styles.line}>
      <span className={styles.label} title={label}>
        {label}
      </span>
      <span className={styles.figure}>{figure}</span>
    </span>
  );
}

function Leaf({ value, icon, label, figure = '', open }: { readonly value: string; readonly icon: ReactElement; readonly label: string; readonly figure?: string; readonly open: () => void }) {
  const styles = useStyles();
  return (
    <TreeItem
      itemType="leaf"
      value={value}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open();
      }}
    >
      <TreeItemLayout className={styles.layout} iconBefore={icon}>
        <Line label={label} figure={figure} />
      </TreeItemLayout>
    </TreeItem>
  );
}

function OfAccount({ row, way }: { readonly row: ExplainRow; readonly way: Way }) {
  return (
    <Branch value={`account ${row.key}`} icon={<BookNumber16Regular />} label={[row.number, row.label].filter((part) => part !== '').join(' ')} figure={shownOf(row, way)}>
      {() => <Periods row={row} way={way} />}
    </Branch>
  );
}

function Periods({ row, way }: { readonly row: ExplainRow; readonly way: Way }) {
  const t = useT();
  const account = row.account_id ?? 0;
  const periods = useCall('report.explain', { accounts: [account], sign: way.sign, basis: way.basis, ...days(row), ...some(way.only), by: 'period' });
  const behind = daysBehind(way.basis, row);
  const open = (): void => void go(linesPlace({ account, ...behind, basis: way.basis === 'before' ? 'balance' : way.basis, only: way.only }));
  return (
    <Answer of={periods} rows={2}>
      {(found: Explained) => (
        <>
          <Leaf value={`register ${account}`} icon={<TextBulletListLtr16Regular />} label={t('budgets.statements.openRegister')} open={open} />
          {found.rows.map((period) => (
            <Branch key={period.key} value={`period ${account} ${period.key}`} icon={<CalendarLtr16Regular />} label={period.label} figure={shownOf(period, way)}>
              {() => <Entries account={account} period={period} way={way} />}
            </Branch>
          ))}
        </>
      )}
    </Answer>
  );
}

/** Entries of a period that fit beside a statement; the register has them all. */
const most = 100;

function Entries({ account, period, way }: { readonly account: number; readonly period: ExplainRow; readonly way: Way }) {
  const t = useT();
  const basis = way.basis === 'before' || way.basis === 'balance' ? 'moved' : way.basis;
  const lines = useAsk<Register>('report.register', { account_id: account, ...days(period), basis, ...some(way.only), limit: most });
  return (
    <Answer of={lines} rows={2}>
      {(found) => (
        <>
          {found.rows.filter((line) => sideOf(way) === undefined || addedBy(line.amount, way) !== 0).map((line) => (
            <Branch key={line.line_id} value={`line ${line.line_id}`} icon={<ReceiptMoney16Regular />} label={`${shortDay(line.day)} ${line.narration || line.text || line.number}`} figure={written(addedBy(line.amount, way), way.currency)}>
              {() => <OfEntry id={line.entry_id} number={line.number} line={line.line_id} currency={way.currency} />}
            </Branch>
          ))}
          {found.next && <Leaf value={`more ${account} ${period.key}`} icon={<TextBulletListLtr16Regular />} label={t('budgets.statements.more')} figure={written(valueOf(period, way) - found.rows.reduce((sum, line) => sum + addedBy(line.amount, way), 0), way.currency)} open={() => void go(linesPlace({ account, ...days(period), basis, only: way.only }))} />}
        </>
      )}
    </Answer>
  );
}

function OfEntry({ id, number, line, currency }: { readonly id: number; readonly number: string; readonly line: number; readonly currency: string }) {
  const t = useT();
  const lines = useCall('entry.lines', { id });
  const links = useCall('link.list', { entity: 'entry', id });
  const { data: head } = useCall('entry.get', { id });
  const paper = head && head.source_id !== null && entities[head.source_entity] ? { entity: head.source_entity, id: head.source_id } : null;
  const named = useAsk<readonly Named[]>(`${paper?.entity ?? 'entry'}.names`, { ids: [paper?.id ?? id] }, { enabled: paper !== null });
  const behind = useCall('link.list', paper ?? { entity: 'entry', id }, { enabled: paper !== null });
  const open = (): void => void go(placeOf('entry', id));
  return (
    <>
      <Leaf value={`entry ${line}`} icon={<ReceiptMoney16Regular />} label={t('budgets.statements.openEntry', { number })} open={open} />
      {(lines.data ?? []).map((one) => (
        <Leaf key={one.line} value={`of ${line} ${one.line}`} icon={<BookNumber16Regular />} label={[one.number, one.account].filter((part) => part !== '').join(' ')} figure={t(one.amount < 0 ? 'budgets.statements.credited' : 'budgets.statements.debited', { amount: amount(Math.abs(one.amount), currency) })} open={open} />
      ))}
      {paper && <Leaf value={`paper ${line}`} icon={<DocumentLink16Regular />} label={t('budgets.statements.openPaper', { what: words(entities[paper.entity]?.label ?? entry.label), title: named.data?.[0]?.title ?? `#${paper.id}` })} open={() => void go(placeOf(paper.entity, paper.id))} />}
      {[...(links.data ?? []), ...(paper ? (behind.data ?? []) : [])]
        .filter((one) => one.entity === 'document')
        .map((one) => (
          <Leaf key={one.link_id} value={`file ${line} ${one.link_id}`} icon={<Attach16Regular />} label={one.title} open={() => void go(placeOf('document', one.id))} />
        ))}
    </>
  );
}
