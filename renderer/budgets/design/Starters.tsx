import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Starter } from '#contract/budgets/design.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useCall } from '../../query.ts';
import { useT } from '../../t.ts';

const useStyles = makeStyles({
  root: { flex: '1 1 0', minHeight: 0, overflowY: 'auto', padding: '12px 16px 24px' },
  about: { color: tokens.colorNeutralForeground3, margin: '0 0 12px' },
  list: { display: 'flex', flexDirection: 'column', gap: '6px', maxWidth: '640px', margin: 0, padding: 0, listStyle: 'none' },
  one: { width: '100%', justifyContent: 'flex-start', textAlign: 'start', padding: '8px 12px', minHeight: '52px' },
  text: { display: 'flex', flexDirection: 'column', gap: '2px' },
  name: { fontWeight: tokens.fontWeightSemibold },
  second: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular, fontSize: tokens.fontSizeBase200 },
});

/** What a new design begins with: one of the prepared ones, or nothing. Arrows move, Enter takes. */
export function Starters({ take }: { readonly take: (starter: Starter | null) => void }) {
  const styles = useStyles();
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  const starters = useCall('statement_design.starters', {});
  const ready = starters.data !== undefined;
  useEffect(() => {
    if (ready) list.current?.querySelector<HTMLElement>('button')?.focus();
  }, [ready]);
  const walk = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = buttons.findIndex((one) => one === document.activeElement);
    const to = event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : -1;
    if (!buttons[to]) return;
    event.preventDefault();
    buttons[to].focus();
  };
  const one = (key: string, name: string, second: string, starter: Starter | null) => (
    <li key={key}>
      <Button className={styles.one} onClick={() => take(starter)}>
        <span className={styles.text}>
          <span className={styles.name}>{name}</span>
          <span className={styles.second}>{second}</span>
        </span>
      </Button>
    </li>
  );
  return (
    <div className={styles.root}>
      <p className={styles.about}>{t('budgets.design.startAbout')}</p>
      <Answer of={starters} rows={5}>
        {(found) => (
          // The arrows move between the buttons in it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <ul ref={list} className={styles.list} onKeyDown={walk}>
            {found.map((starter) => one(starter.key, starter.name, starter.description, starter))}
            {one('empty', t('budgets.design.startEmpty'), t('budgets.design.startEmptyAbout'), null)}
          </ul>
        )}
      </Answer>
    </div>
  );
}
