import { Button, makeStyles, Menu, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, ChevronDown12Regular, ColumnTriple20Regular, Warning16Regular } from '@fluentui/react-icons';
import { type RefObject, useMemo } from 'react';
import { type GridHandle, LineGrid } from '../../parts/grid/LineGrid.tsx';
import { isBlank } from '../../parts/grid/sheet.ts';
import type { Pasted } from '../../parts/grid/useLineGrid.ts';
import { money } from '../../parts/format.ts';
import { tell } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { rulesOf, spareColumns, useColumns, useSpare } from './columns.ts';
import type { Kept } from './kept.ts';
import { type Sums, sums, type Ways } from './model.ts';
import type { EntryWork } from './useEntry.ts';

const useStyles = makeStyles({
  work: { flex: '1 1 0', minHeight: 0, display: 'flex', flexDirection: 'column', padding: '0 16px 10px', gap: '6px' },
  bar: { display: 'flex', alignItems: 'center', gap: '12px', minHeight: '28px', flexShrink: 0 },
  hint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, flex: '1 1 0', minWidth: 0 },
  button: { height: '26px', minWidth: 0, fontWeight: tokens.fontWeightRegular, whiteSpace: 'nowrap', flexShrink: 0 },
  state: { display: 'flex', alignItems: 'center', gap: '4px', height: '29px', whiteSpace: 'nowrap', fontWeight: tokens.fontWeightSemibold },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  trouble: { color: tokens.colorPaletteRedForeground1, display: 'flex', gap: '6px', alignItems: 'center' },
});

interface EntryLinesProps {
  readonly work: EntryWork;
  readonly kept: Kept;
  readonly ways: Ways;
  readonly readOnly: boolean;
  readonly grid: RefObject<GridHandle | null>;
}

/** The lines of an entry, their sums, and whether they balance. */
export function EntryLines({ work, kept, ways, readOnly, grid }: EntryLinesProps) {
  const styles = useStyles();
  const t = useT();
  const { rows } = kept;
  const { chosen, shown, choose } = useSpare(rows, readOnly);
  const columns = useColumns(ways, shown);
  const rules = useMemo(() => rulesOf(ways, work.valued), [ways, work.valued]);
  const summed = sums(rows, work.valued);
  const written = useMemo(() => (readOnly ? rows.filter((row) => !isBlank(row)) : rows), [readOnly, rows]);
  const pasted = ({ lines, unknown, over }: Pasted): void => {
    const said = [t('parts.grid.pasted', { count: lines }), unknown > 0 ? t('parts.grid.pastedUnknown', { count: unknown }) : '', over > 0 ? t('parts.grid.pastedOver') : ''].filter((text) => text !== '');
    tell(said.join(' '), undefined, unknown > 0 || over > 0 ? 'attention' : 'done');
  };
  return (
    <div className={styles.work}>
      <LineGrid
        label={t('budgets.entry.lines')}
        columns={columns}
        rows={written}
        sheet={work.sheet}
        rules={rules}
        readOnly={readOnly}
        problems={work.problems}
        pasted={pasted}
        handle={grid}
        foot={{ account: <Balance of={summed} ways={ways} />, debit: ways.show(summed.debit) || '–', credit: ways.show(summed.credit) || '–' }}
      />
      {work.trouble?.at === 'lines' && (
        <div role="alert" className={styles.trouble}>
          <Warning16Regular aria-hidden />
          {work.trouble.message}
        </div>
      )}
      {!readOnly && (
        <div className={styles.bar}>
          <span className={styles.hint}>{t(shown.includes('currency') ? 'budgets.entry.hintForeign' : 'budgets.entry.hint')}</span>
          <Menu positioning="above-end" checkedValues={{ columns: [...shown] }} onCheckedValueChange={(_event, data) => choose([...chosen.filter((key) => !shown.some((one) => one === key)), ...data.checkedItems])}>
            <MenuTrigger disableButtonEnhancement>
              <Button className={styles.button} size="small" appearance="subtle" icon={<ColumnTriple20Regular />}>
                {t('budgets.entry.columns')} <ChevronDown12Regular />
              </Button>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {spareColumns.map((key) => (
                  <MenuItemCheckbox key={key} name="columns" value={key}>{t(`budgets.entry.${key}`)}</MenuItemCheckbox>
                ))}
              </MenuList>
            </MenuPopover>
          </Menu>
        </div>
      )}
    </div>
  );
}

/** Whether the lines balance; the difference and its side where they do not. */
function Balance({ of, ways }: { readonly of: Sums; readonly ways: Ways }) {
  const styles = useStyles();
  const t = useT();
  if (of.debit === 0 && of.credit === 0) return null;
  if (of.difference === 0) {
    return (
      <span className={mergeClasses(styles.state, styles.good)} role="status">
        <CheckmarkCircle16Regular aria-hidden />
        {t('budgets.entry.balanced')}
      </span>
    );
  }
  return (
    <span className={mergeClasses(styles.state, styles.bad)} role="status">
      <Warning16Regular aria-hidden />
      {t('budgets.entry.difference', { amount: money(Math.abs(of.difference), ways.base) })} ({t(of.difference > 0 ? 'budgets.entry.moreDebit' : 'budgets.entry.moreCredit')})
    </span>
  );
}
