import { Button, Link } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, LockClosed20Regular, LockOpen20Regular, Warning16Filled } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Closing } from '#contract/budgets/books.ts';
import { askReason, confirm } from '../../parts/Dialogs.tsx';
import { money, number } from '../../parts/format.ts';
import { Answer, failureOf, Problem } from '../../parts/Problem.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { useCall, useDo } from '../../query.ts';
import { useCan } from '../../state/session.ts';
import { go, type Place, placeOf, tell } from '../../state/ui.ts';
import { type Translate, useT } from '../../t.ts';
import type { Year } from './kinds.ts';

/** The end of a year: what closing it does, what stands in the way, and the way back. */
export function YearEnd({ year }: { readonly year: Year }) {
  const t = useT();
  const closing = useCall('books.closing', { id: year.id });
  return (
    <section aria-label={t('budgets.years.end')}>
      <h2 className="h3 section-line">{t(year.state === 'closed' ? 'budgets.years.did' : 'budgets.years.plan')}</h2>
      <Answer of={closing} rows={4}>
        {(found) => <End year={year} closing={found} />}
      </Answer>
    </section>
  );
}

function resultOf(t: Translate, result: number, currency: string): string {
  if (result === 0) return t('budgets.years.zero');
  return t(result > 0 ? 'budgets.years.profit' : 'budgets.years.loss', { amount: money(Math.abs(result), currency) });
}

interface Obstacle {
  readonly text: string;
  readonly label: string;
  readonly place: Place;
}

function obstaclesOf(t: Translate, year: Year, closing: Closing): readonly Obstacle[] {
  const years = (year.state === 'closed' ? closing.later : closing.earlier).map((one) => ({ text: t(year.state === 'closed' ? 'budgets.years.later' : 'budgets.years.earlier', { name: one.title }), label: one.title, place: placeOf('fiscal_year', one.id) }));
  if (year.state === 'closed') return years;
  return [
    ...years,
    ...(closing.drafts > 0 ? [{ text: t('budgets.years.drafts', { count: closing.drafts, n: number(closing.drafts) }), label: t('budgets.years.to_drafts'), place: placeOf('entry') }] : []),
    ...(closing.account === null && closing.accounts > 0 ? [{ text: t('budgets.years.no_account'), label: t('budgets.years.to_accounts'), place: placeOf('account') }] : []),
  ];
}

function End({ year, closing }: { readonly year: Year; readonly closing: Closing }) {
  const t = useT();
  const can = useCan();
  const currency = useCompanyCurrency();
  const close = useDo('fiscal_year.close');
  const reopen = useDo('fiscal_year.reopen');
  const closed = year.state === 'closed';
  const obstacles = obstaclesOf(t, year, closing);
  const result = resultOf(t, closing.result, currency);
  const account = closing.account ? `${closing.account.subtitle} ${closing.account.title}`.trim() : '';
  const busy = close.isPending || reopen.isPending;
  const failed = close.error ?? reopen.error;

  const closeNow = async (): Promise<void> => {
    const text = closing.accounts > 0 ? t('budgets.years.close_text', { result, account }) : t('budgets.years.close_bare');
    if (!(await confirm({ title: t('budgets.years.close_title', { name: year.name }), text, yes: t('budgets.years.close') }))) return;
    reopen.reset();
    close.mutate({ id: year.id, version: year.version }, { onSuccess: () => tell(t('budgets.years.closed_now', { name: year.name })) });
  };
  const reopenNow = async (): Promise<void> => {
    const reason = await askReason({ title: t('budgets.years.reopen_title', { name: year.name }), text: t('budgets.years.reopen_text'), reason: t('budgets.years.reason'), yes: t('budgets.years.reopen') });
    if (reason === null) return;
    close.reset();
    reopen.mutate({ id: year.id, version: year.version, reason }, { onSuccess: () => tell(t('budgets.years.reopened', { name: year.name })) });
  };

  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('budgets.years.result'), <strong key="result">{result}</strong>],
    ...(closing.accounts > 0 ? [[t('budgets.years.carried'), closing.account ? <Link key="account" onClick={() => void go(placeOf('account', closing.account?.id))}>{account}</Link> : t('budgets.years.no_account')] as const] : []),
    ...(closing.accounts > 0 ? [[t('budgets.years.accounts'), t(closed ? 'budgets.years.went' : 'budgets.years.zeroed', { count: closing.accounts, n: number(closing.accounts) })] as const] : []),
    ...(closed ? [[t('budgets.years.entry'), closing.entry ? <Link key="entry" onClick={() => void go(placeOf('entry', closing.entry?.id))}>{closing.entry.title}</Link> : t('budgets.years.no_entry')] as const] : []),
    [t('budgets.years.periods'), t(closed ? 'budgets.years.were_closed' : 'budgets.years.all_closed')],
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {obstacles.length > 0 ? (
        <ul className="stack-tight" aria-label={t('budgets.years.in_way')}>
          {obstacles.map((one) => (
            <li key={one.text} className="row-tight">
              <Warning16Filled className="attention" aria-hidden />
              <span>{one.text}</span>
              <Link onClick={() => void go(one.place)}>{one.label}</Link>
            </li>
          ))}
        </ul>
      ) : (
        !closed && (
          <p className="row-tight done">
            <CheckmarkCircle16Filled aria-hidden />
            {t('budgets.years.clear')}
          </p>
        )
      )}
      {failed && <Problem failure={failureOf(failed)} />}
      {can('period', 'approve') && (
        <div>
          {closed ? (
            <Button icon={<LockOpen20Regular />} disabledFocusable={busy || obstacles.length > 0} onClick={() => !busy && obstacles.length === 0 && void reopenNow()}>
              {t('budgets.years.reopen')}
            </Button>
          ) : (
            <Button appearance="primary" icon={<LockClosed20Regular />} disabledFocusable={busy || obstacles.length > 0} onClick={() => !busy && obstacles.length === 0 && void closeNow()}>
              {t('budgets.years.close')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
