import { Button, makeStyles } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { FileAccount, FileAccounts } from '#contract/budgets/books.ts';
import { number } from '../../parts/format.ts';
import { LookupInput, type Looked } from '../../parts/grid/LookupInput.tsx';
import { useT } from '../../t.ts';
import { accountLookup } from '../entry/columns.ts';
import { type Choices, choiceOf, textOf, type Wrong } from './choices.ts';

const useStyles = makeStyles({
  box: { maxWidth: '960px', maxHeight: 'max(280px, calc(100vh - 480px))' },
  table: { tableLayout: 'fixed', '& th:nth-child(2)': { width: '80px', textAlign: 'right' }, '& th:nth-child(3)': { width: '360px' } },
});

interface Props {
  readonly found: FileAccounts;
  readonly choices: Choices;
  readonly wrong: Wrong;
  readonly change: (name: string, looked: Looked) => void;
}

const page = 100;

/** Where the account of a line is typed. */
export const cellOf = (at: number): string => `file-account-${at}`;

/** Which account of the books takes the lines of each account of a file: one line each, chosen by typing. */
export function FileAccountsTable({ found, choices, wrong, change }: Props) {
  const t = useT();
  const styles = useStyles();
  const lookup = useMemo(() => accountLookup(t), [t]);
  const [shown, setShown] = useState(page);
  const { accounts } = found;
  const own = accounts.filter((one) => choiceOf(one, choices).id !== null || (one.account !== null && choiceOf(one, choices).text.trim() === '')).length;
  const all = accounts.length + found.more;
  const left = accounts.length - shown;
  const row = (one: FileAccount, at: number) => {
    const written = textOf(one.number, one.name);
    const label = t('budgets.ledger.map_of', { name: written });
    return (
      <tr key={one.name}>
        <th scope="row" title={written}>{written}</th>
        <td className="figure">{number(one.lines)}</td>
        <td className="tight">
          <LookupInput
            id={cellOf(at)}
            lookup={lookup}
            value={choiceOf(one, choices)}
            change={(looked) => change(one.name, looked)}
            label={label}
            named
            placeholder={one.account ? textOf(one.account.number, one.account.name) : t('budgets.ledger.map_new')}
            problem={wrong.get(one.name)}
          />
        </td>
      </tr>
    );
  };
  return (
    <section className="stack" aria-label={t('budgets.ledger.map')}>
      <h3 className="h3">{t('budgets.ledger.map')}</h3>
      <p className="quiet">{t('budgets.ledger.map_text')}</p>
      <div className={`table-box ${styles.box}`}>
        <table className={`table sticky ${styles.table}`} aria-label={t('budgets.ledger.map')}>
          <thead>
            <tr>
              <th scope="col">{t('budgets.ledger.map_there')}</th>
              <th scope="col">{t('budgets.ledger.map_lines')}</th>
              <th scope="col">{t('budgets.ledger.map_here')}</th>
            </tr>
          </thead>
          <tbody>{accounts.slice(0, shown).map(row)}</tbody>
        </table>
      </div>
      {left > 0 && (
        <div>
          <Button size="small" onClick={() => setShown(shown + page)}>
            {t('budgets.ledger.map_next', { n: number(Math.min(left, page)) })}
          </Button>
        </div>
      )}
      <p role="status">
        {t('budgets.ledger.map_sum', { count: all, own: number(own), made: number(all - own) })} {t('budgets.ledger.map_entries', { n: number(found.entries) })}
      </p>
      {wrong.size > 0 && (
        <p role="alert" className="wrong">
          {[...wrong.values()].join(' ')}
        </p>
      )}
      {found.more > 0 && <p className="attention">{t('budgets.ledger.map_more', { n: number(found.more) })}</p>}
    </section>
  );
}
