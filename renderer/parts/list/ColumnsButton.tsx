import { Button, Checkbox, makeStyles, mergeClasses, Popover, PopoverSurface, PopoverTrigger, tokens, Tooltip } from '@fluentui/react-components';
import { ReOrderDotsVertical16Regular, TableSettings20Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useState } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { useT, words } from '../../t.ts';
import { type ColumnChoice, reordered, switched } from './columns.ts';
import { useBarStyles } from './styles.ts';

const useStyles = makeStyles({
  surface: { padding: '8px', maxHeight: '420px', overflowY: 'auto', width: '280px' },
  item: { display: 'flex', alignItems: 'center', height: '28px', borderRadius: tokens.borderRadiusMedium, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  over: { boxShadow: `inset 0 2px ${tokens.colorCompoundBrandStroke}` },
  grip: { color: tokens.colorNeutralForeground3, cursor: 'grab', display: 'flex' },
  hint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, padding: '0 4px 4px' },
  label: { '& label': { paddingTop: 0, paddingBottom: 0, whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' } },
});

interface ColumnsProps {
  readonly entity: Entity;
  readonly fields: readonly (readonly [string, Field])[];
  readonly columns: readonly ColumnChoice[];
  readonly change: (columns: readonly ColumnChoice[]) => void;
}

/** Which columns the list shows and in which order: Space ticks, Alt+arrows move, or drag. */
export function ColumnsButton({ entity, fields, columns, change }: ColumnsProps) {
  const styles = useStyles();
  const bar = useBarStyles();
  const t = useT();
  const [moving, setMoving] = useState('');
  const [over, setOver] = useState('');
  const chosen = columns.map((column) => column.key);
  const shown = [...chosen.flatMap((key) => fields.filter(([one]) => one === key)), ...fields.filter(([key]) => !chosen.includes(key))];
  const move = (event: KeyboardEvent, key: string): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const at = chosen.indexOf(key);
    if (at >= 0) change(reordered(columns, key, event.key === 'ArrowUp' ? Math.max(0, at - 1) : at + 2));
  };
  return (
    <Popover trapFocus positioning="below-end">
      <PopoverTrigger disableButtonEnhancement>
        <Tooltip content={t('parts.list.columns')} relationship="label">
          <Button className={bar.icon} appearance="subtle" icon={<TableSettings20Regular />} />
        </Tooltip>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={t('parts.list.columns')}>
        <p className={styles.hint}>{t('parts.list.columnsHint')}</p>
        <div>
          {shown.map(([key, field]) => (
            <div
              key={key}
              role="presentation"
              draggable={chosen.includes(key)}
              className={mergeClasses(styles.item, over === key && styles.over)}
              onDragStart={() => setMoving(key)}
              onDragOver={(event) => {
                if (moving === '' || !chosen.includes(key)) return;
                event.preventDefault();
                setOver(key);
              }}
              onDrop={() => change(reordered(columns, moving, chosen.indexOf(key)))}
              onDragEnd={() => {
                setMoving('');
                setOver('');
              }}
            >
              <span className={styles.grip} style={{ visibility: chosen.includes(key) ? 'visible' : 'hidden' }}>
                <ReOrderDotsVertical16Regular aria-hidden />
              </span>
              <Checkbox className={styles.label} label={words(field.label)} checked={chosen.includes(key)} onChange={() => change(switched(columns, key, entity))} onKeyDown={(event) => move(event, key)} />
            </div>
          ))}
        </div>
        <Button size="small" appearance="subtle" onClick={() => change([])}>
          {t('parts.list.columnsReset')}
        </Button>
      </PopoverSurface>
    </Popover>
  );
}
