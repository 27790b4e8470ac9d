import { Checkbox, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, type Ref, useId, useMemo, useState } from 'react';
import { rowBases, rowFormats } from '#contract/budgets/design.ts';
import { LookupInput, nobody } from '../../parts/grid/LookupInput.tsx';
import { cellOf, type Row } from '../../parts/grid/sheet.ts';
import { useT } from '../../t.ts';
import { accountLookup } from '../entry/columns.ts';
import { choiceOf, type Flag, flagOf, indentOf, isFigured, kindOf, withAccount } from './model.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '10px', rowGap: '6px', padding: '8px 12px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, flexShrink: 0, minHeight: '84px', alignContent: 'flex-start' },
  name: { fontWeight: tokens.fontWeightSemibold, marginRight: '4px' },
  field: { display: 'flex', alignItems: 'center', gap: '4px', whiteSpace: 'nowrap', fontSize: tokens.fontSizeBase200 },
  select: { minWidth: 0, '> select': { fieldSizing: 'content' } },
  tag: { width: '170px' },
  account: { width: '150px' },
  small: { width: '52px', minWidth: 0 },
  hint: { flexBasis: '100%', margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: '16px' },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

interface Props {
  readonly row: Row;
  readonly at: number;
  readonly problem: string | undefined;
  readonly set: (key: string, value: string | number | null) => void;
  /** Back to the grid. */
  readonly back: () => void;
  readonly root: Ref<HTMLDivElement>;
}

/** What belongs to the row that one is in beside its texts; F6 leads here and back. */
export function RowChoices({ row, at, problem, set, back, root }: Props) {
  const styles = useStyles();
  const t = useT();
  const id = useId();
  const [adding, setAdding] = useState(nobody);
  const lookup = useMemo(() => accountLookup(t), [t]);
  const kind = kindOf(row);
  const figured = isFigured(kind);
  const shown: readonly Flag[] = kind === 'accounts' ? ['turn', 'bold', 'each', 'hide'] : figured ? ['turn', 'bold', 'hide'] : [];
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    back();
  };
  return (
    // Esc leads back to the grid from every field in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div ref={root} className={styles.root} role="group" aria-label={t('budgets.design.rowChoices', { row: at + 1 })} onKeyDown={pressed}>
      <span className={styles.name}>{t('budgets.design.rowNamed', { row: at + 1, kind: t(`budgets.design.kinds.${kind}`) })}</span>
      {kind === 'accounts' && (
        <Select className={styles.select} size="small" aria-label={t('budgets.design.basis')} value={choiceOf(row, 'basis') || 'result'} onChange={(_event, data) => set('basis', data.value)}>
          {rowBases.map((one) => (
            <option key={one} value={one}>{t(`budgets.design.bases.${one}`)}</option>
          ))}
        </Select>
      )}
      {(kind === 'formula' || kind === 'total') && (
        <Select className={styles.select} size="small" aria-label={t('budgets.design.format')} value={choiceOf(row, 'format') || 'amount'} onChange={(_event, data) => set('format', data.value)}>
          {rowFormats.map((one) => (
            <option key={one} value={one}>{t(`budgets.design.formats.${one}`)}</option>
          ))}
        </Select>
      )}
      {kind !== 'blank' && (
        <label className={styles.field} htmlFor={`${id}-indent`}>
          {t('budgets.design.indent')}
          <Select id={`${id}-indent`} className={styles.small} size="small" value={String(indentOf(row))} onChange={(_event, data) => set('indent', Number(data.value) || null)}>
            {[0, 1, 2, 3, 4, 5, 6].map((one) => (
              <option key={one} value={one}>{one}</option>
            ))}
          </Select>
        </label>
      )}
      {shown.map((flag) => (
        <Checkbox key={flag} label={t(`budgets.design.flags.${flag}`)} checked={flagOf(row, flag)} onChange={(_event, data) => set(flag, data.checked === true ? 1 : null)} />
      ))}
      {kind !== 'blank' && (
        <label className={styles.field} htmlFor={`${id}-tag`}>
          {t('budgets.design.tag')}
          <Input id={`${id}-tag`} className={styles.tag} size="small" maxLength={200} value={choiceOf(row, 'tag')} onChange={(_event, data) => set('tag', data.value.trim())} />
        </label>
      )}
      {kind === 'accounts' && (
        <label className={styles.field} htmlFor={`${id}-account`}>
          {t('budgets.design.addAccount')}
          <span className={styles.account}>
            <LookupInput
              id={`${id}-account`}
              lookup={lookup}
              value={adding}
              label={t('budgets.design.addAccount')}
              change={(found) => {
                if (found.id === null) return setAdding(found);
                const [number = ''] = found.text.split(' ');
                set('of', withAccount(cellOf(row, 'of').text, /^\w+$/.test(number) && /\d/.test(number) ? number : `"${found.text}"`));
                return setAdding(nobody);
              }}
            />
          </span>
        </label>
      )}
      <p className={styles.hint}>
        {problem !== undefined && <span className={styles.wrong}>{problem} </span>}
        {t(`budgets.design.hints.${kind}`)}
      </p>
    </div>
  );
}
