import { Badge, Button, makeStyles, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, mergeClasses, Switch, tokens, Tooltip } from '@fluentui/react-components';
import { Add20Regular, Checkmark16Regular, CheckmarkCircle20Regular, Clock16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { addDays, today as todayNow } from '#contract/kit/day.ts';
import type { Due } from '#contract/records/task.ts';
import { useActions } from '../../commands.ts';
import { finish, isTask, monday, placeOfDue, snooze, tomorrow } from '../../home/agendaDo.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { day, longDay, relativeDay } from '../../parts/format.ts';
import { useBarStyles } from '../../parts/list/styles.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { useCall } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { entityOf } from '../entity.ts';
import { board, boardKey, columns, type Spot } from './agenda.ts';

const useStyles = makeStyles({
  screen: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  board: { display: 'grid', gridTemplateColumns: 'repeat(4, minmax(200px, 1fr))', gap: '1px', flex: '1 1 0', minHeight: 0, overflowX: 'auto', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralStroke2 },
  column: { display: 'flex', flexDirection: 'column', minHeight: 0, backgroundColor: tokens.colorNeutralBackground2 },
  heading: { display: 'flex', alignItems: 'center', gap: '8px', padding: '8px 12px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  cards: { flex: '1 1 0', minHeight: 0, overflowY: 'auto', padding: '2px 8px 8px', display: 'flex', flexDirection: 'column', gap: '6px' },
  card: { padding: '6px 8px', borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground1, cursor: 'default', outline: 'none', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' } },
  late: { boxShadow: `inset 3px 0 0 ${tokens.colorPaletteRedBorderActive}` },
  title: { overflow: 'hidden', overflowWrap: 'anywhere', hyphens: 'auto', display: '-webkit-box', WebkitLineClamp: '2', WebkitBoxOrient: 'vertical' },
  second: { display: 'flex', alignItems: 'center', gap: '4px', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, minHeight: '24px' },
  note: { margin: '4px 0 0', padding: '0 8px', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  space: { flex: '1 1 0' },
  small: { minWidth: '24px', width: '24px', height: '24px', padding: 0 },
});

/** Days ahead that the agenda looks. */
const ahead = 60;

/** What is due in every module, as a board. Arrows walk, Ctrl+Enter finishes, S hides until tomorrow, Enter opens. */
export function Agenda({ extra }: { readonly extra: ReactNode }) {
  const styles = useStyles();
  const bar = useBarStyles();
  const t = useT();
  const { may } = useRights();
  const writable = may('task', 'write');
  const now = todayNow();
  const [mine, setMine] = useState(false);
  const dues = useCall('agenda.list', { until: addDays(now, ahead), mine, limit: 1000 }, { keep: true });
  const parts = useMemo(() => board(dues.data ?? [], now), [dues.data, now]);
  const [spot, setSpot] = useState<Spot>({ column: 0, card: 0 });
  const root = useRef<HTMLDivElement>(null);
  useActions(useMemo(() => (writable ? [{ id: 'list.new', label: 'parts.list.newOf' as const, params: { what: words(entityOf('task').label) }, icon: Add20Regular, keys: ['$mod+KeyN'], group: 'list' as const, run: () => go(placeOf('task', 0)) }] : []), [writable]));
  const lengths = columns.map((column) => parts[column].length);
  // The first card that there is has the tab stop when the one before is gone.
  const at: Spot = (lengths[spot.column] ?? 0) > spot.card ? spot : { column: Math.max(0, lengths.findIndex((length) => length > 0)), card: 0 };
  const move = (to: Spot): void => {
    setSpot(to);
    root.current?.querySelector<HTMLElement>(`[data-spot="${to.column}-${to.card}"]`)?.focus();
  };
  const pressed = (event: KeyboardEvent, due: Due, here: Spot): void => {
    // Keys pressed in a button or menu of the card are its own.
    if (!(event.target instanceof HTMLElement) || event.target.dataset['spot'] === undefined) return;
    const to = boardKey(event.key, here, lengths);
    if (to) move(to);
    else if (event.key === 'Enter' && event.ctrlKey && isTask(due) && writable) void finish(due);
    else if (event.key === 'Enter') void go(placeOfDue(due));
    else if (event.key === ' ') void go(placeOfDue(due), { beside: true });
    else if (event.key.toLowerCase() === 's' && !event.ctrlKey && isTask(due) && writable) void snooze(due, tomorrow());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.screen} ref={root}>
      <div className={bar.bar} role="toolbar" aria-label={t('parts.list.toolbar')}>
        {extra}
        <Switch label={t('parts.records.mine')} checked={mine} onChange={(_event, data) => setMine(data.checked)} />
        <span className={bar.space} />
        {writable && <Button className={bar.primary} appearance="primary" icon={<Add20Regular />} onClick={() => void go(placeOf('task', 0))}>{t('parts.list.new')}</Button>}
      </div>
      <Answer of={dues} rows={10}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={CheckmarkCircle20Regular} title={t('parts.records.nothingDue')} />
          ) : (
            <div className={styles.board}>
              {columns.map((column, columnAt) => (
                <section key={column} className={styles.column} aria-label={t(`parts.records.when.${column}`)}>
                  <h2 className={styles.heading}>
                    {t(`parts.records.when.${column}`)}
                    <Badge appearance="tint" color={column === 'late' && parts.late.length > 0 ? 'danger' : 'informative'}>{parts[column].length}</Badge>
                  </h2>
                  <div className={styles.cards}>
                    {parts[column].map((due, card) => (
                      <div
                        key={`${due.entity} ${due.id}`}
                        role="presentation"
                        onFocus={() => setSpot({ column: columnAt, card })}
                        onKeyDown={(event) => pressed(event, due, { column: columnAt, card })}
                        onDoubleClick={() => void go(placeOfDue(due))}
                      >
                        <div role="group" aria-label={due.title} tabIndex={at.column === columnAt && at.card === card ? 0 : -1} data-spot={`${columnAt}-${card}`} className={mergeClasses(styles.card, column === 'late' && styles.late)}>
                          <Card due={due} writable={writable && isTask(due)} now={now} />
                        </div>
                      </div>
                    ))}
                    {column === 'later' && <p className={styles.note}>{t('parts.records.beyond', { day: day(addDays(now, ahead)) })}</p>}
                  </div>
                </section>
              ))}
            </div>
          )
        }
      </Answer>
    </div>
  );
}

/** What stands on a card. Its buttons are for the mouse; the keys act on the card itself. */
function Card({ due, writable, now }: { readonly due: Due; readonly writable: boolean; readonly now: string }) {
  const styles = useStyles();
  const t = useT();
  return (
    <>
      <div className={styles.title} title={due.title}>{due.title}</div>
      <div className={styles.second}>
        <span title={longDay(due.day)}>{Math.abs(Date.parse(due.day) - Date.parse(now)) < 8 * 86_400_000 ? relativeDay(due.day, now) : day(due.day)}</span>
        {due.entity !== 'task' && <span>· {words(entityOf(due.entity).label)}</span>}
        <span className={styles.space} />
        {writable && (
          <>
            <Menu positioning="below-end">
              <MenuTrigger disableButtonEnhancement>
                <Tooltip content={t('parts.records.snooze')} relationship="label">
                  <Button className={styles.small} size="small" appearance="subtle" tabIndex={-1} icon={<Clock16Regular />} />
                </Tooltip>
              </MenuTrigger>
              <MenuPopover>
                <MenuList>
                  <MenuItem onClick={() => void snooze(due, tomorrow())}>{t('parts.records.snoozeTomorrow')}</MenuItem>
                  <MenuItem onClick={() => void snooze(due, monday())}>{t('parts.records.snoozeMonday')}</MenuItem>
                  <MenuItem onClick={() => void snooze(due, addDays(now, 30))}>{t('parts.records.snoozeMonth')}</MenuItem>
                </MenuList>
              </MenuPopover>
            </Menu>
            <Tooltip content={`${t('parts.records.finish')} (${t('parts.records.finishKeys')})`} relationship="label">
              <Button className={styles.small} size="small" appearance="subtle" tabIndex={-1} icon={<Checkmark16Regular />} onClick={() => void finish(due)} />
            </Tooltip>
          </>
        )}
      </div>
    </>
  );
}
