import { Link, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { DesignedStatement, Misplaced } from '#contract/budgets/design.ts';
import { amount } from '../../parts/format.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT } from '../../t.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '4px', padding: '4px 12px', flexShrink: 0, maxHeight: '30%', overflowY: 'auto' },
  good: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  list: { margin: '2px 0 0', paddingLeft: '16px' },
});

/** Accounts that are missing from a design or stand in it twice, in the days of the preview. */
export function Checks({ found }: { readonly found: Pick<DesignedStatement, 'missing' | 'twice' | 'currency'> }) {
  const styles = useStyles();
  return (
    <div className={styles.root} role="status">
      {found.missing.length > 0 && <Listed accounts={found.missing} words="missing" currency={found.currency} />}
      {found.twice.length > 0 && <Listed accounts={found.twice} words="twice" currency={found.currency} />}
    </div>
  );
}

function Listed({ accounts, words, currency }: { readonly accounts: readonly Misplaced[]; readonly words: 'missing' | 'twice'; readonly currency: string }) {
  const styles = useStyles();
  const t = useT();
  const [all, setAll] = useState(false);
  const shown = all ? accounts : accounts.slice(0, 3);
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {t(`budgets.design.${words}`, { count: accounts.length })}
        <ul className={styles.list}>
          {shown.map((one) => (
            <li key={one.account_id}>
              <Link as="button" onClick={() => void go(placeOf('account', one.account_id))}>{[one.number, one.account.split(':').at(-1) ?? ''].filter((text) => text !== '').join(' ')}</Link> {amount(one.amount, currency)}
              {one.rows.length > 0 && ` (${one.rows.join(', ')})`}
            </li>
          ))}
        </ul>
        {accounts.length > shown.length && <Link as="button" onClick={() => setAll(true)}>{t('budgets.design.all', { count: accounts.length })}</Link>}
      </MessageBarBody>
    </MessageBar>
  );
}
