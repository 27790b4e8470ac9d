import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Add20Regular, ChevronLeft20Regular, ChevronRight20Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { addDays, addMonths, today } from '#contract/kit/day.ts';
import { useActions } from '../../commands.ts';
import { calendarKey, isoWeek, monthWeeks, week, weekBegin } from '../../parts/fields/calendar.ts';
import { monthName, weekdayNames, weekStart } from '../../parts/fields/locale.ts';
import { clock, day as shownDay, dayAndMonth, longDay } from '../../parts/format.ts';
import { useBarStyles } from '../../parts/list/styles.ts';
import { Problem } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { useCall } from '../../query.ts';
import { go, placeOf } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { entityOf } from '../entity.ts';
import { type Appointment, appointment, byDay, fitting, midnight } from './calendar.ts';

const useStyles = makeStyles({
  screen: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  heading: { minWidth: '150px', fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, margin: '0 8px' },
  grid: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflow: 'auto' },
  heads: { display: 'grid', gridTemplateColumns: '32px repeat(7, minmax(90px, 1fr))', flexShrink: 0 },
  head: { padding: '4px 8px', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  week: { display: 'grid', gridTemplateColumns: '32px repeat(7, minmax(90px, 1fr))', flex: '1 1 0', minHeight: '84px' },
  number: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, textAlign: 'center', paddingTop: '6px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, fontVariantNumeric: 'tabular-nums' },
  day: { display: 'flex', flexDirection: 'column', gap: '1px', minWidth: 0, minHeight: 0, overflow: 'hidden', padding: '2px 4px', borderLeft: `1px solid ${tokens.colorNeutralStroke3}`, borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, outline: 'none', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  long: { overflowY: 'auto', gap: '3px' },
  outside: { backgroundColor: tokens.colorNeutralBackground2 },
  date: { alignSelf: 'flex-start', minWidth: '22px', height: '22px', lineHeight: '22px', textAlign: 'center', padding: '0 4px', boxSizing: 'border-box', borderRadius: tokens.borderRadiusMedium, fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums', flexShrink: 0 },
  today: { backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand, fontWeight: tokens.fontWeightSemibold },
  event: { display: 'block', width: '100%', textAlign: 'left', border: 0, padding: '0 6px', lineHeight: '24px', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground1, backgroundColor: 'transparent', borderRadius: tokens.borderRadiusSmall, boxShadow: `inset 2px 0 0 ${tokens.colorBrandStroke1}`, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', cursor: 'pointer', flexShrink: 0, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  whole: { backgroundColor: tokens.colorBrandBackground2 },
  cancelled: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground3 },
  tentative: { fontStyle: 'italic' },
  more: { lineHeight: '20px', color: tokens.colorNeutralForeground3, boxShadow: 'none' },
});

interface CalendarProps {
  readonly span: 'month' | 'week';
  /** The day one stands on. */
  readonly at: string;
  readonly setAt: (day: string) => void;
  /** Shows the week of a day whose appointments do not all fit into the month. */
  readonly openWeek: (day: string) => void;
  readonly extra: ReactNode;
}

/** The calendar by month or week: arrows walk the days, Page keys the months, Enter makes an appointment, Tab goes through those of the day. */
export function CalendarView({ span, at, setAt, openWeek, extra }: CalendarProps) {
  const styles = useStyles();
  const bar = useBarStyles();
  const t = useT();
  const writable = useRights().may('event', 'write');
  const now = today();
  const grid = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([one]) => one && setHeight(one.contentRect.height));
    if (grid.current) observer.observe(grid.current);
    return () => observer.disconnect();
  }, []);
  const begin = weekStart();
  const weeks = span === 'month' ? monthWeeks(at, begin) : [week(weekBegin(at, begin))];
  const first = weeks[0]?.[0] ?? at;
  const last = weeks.at(-1)?.at(-1) ?? at;
  const room = fitting(height, weeks.length);
  // A day more at both ends: whole days are days of UTC, which begin and end elsewhere on the clock of this PC.
  const events = useCall('event.between', { from: midnight(addDays(first, -1)), to: midnight(addDays(last, 2)) }, { keep: true });
  const days = byDay((events.data ?? []).map(appointment), first, last);
  const create = (day: string): void => void go({ ...placeOf('event', 0), draft: { starts_at: midnight(day) + 9 * 3_600_000, ends_at: midnight(day) + 10 * 3_600_000 } });
  const fresh = (): void => create(at);
  const actions = useMemo(
    () => (writable ? [{ id: 'list.new', label: 'parts.list.newOf' as const, params: { what: words(entityOf('event').label) }, icon: Add20Regular, keys: ['$mod+KeyN'], group: 'list' as const, run: () => void go({ ...placeOf('event', 0), draft: { starts_at: midnight(at) + 9 * 3_600_000, ends_at: midnight(at) + 10 * 3_600_000 } }) }] : []),
    [writable, at],
  );
  useActions(actions);
  const show = (day: string): void => {
    setAt(day);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus());
  };
  const step = (by: 1 | -1): void => setAt(span === 'month' ? addMonths(at, by) : addDays(at, by * 7));
  const pressed = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['day'] === undefined || event.ctrlKey || event.altKey) return;
    const to = event.key.toLowerCase() === 't' ? now : calendarKey(event.key, event.shiftKey, at, begin);
    if (to !== null) show(to);
    else if (event.key === 'Enter' && writable) create(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (events.error && !events.data) return <Problem failure={events.error.failure} retry={() => void events.refetch()} />;
  return (
    <div className={styles.screen}>
      <div className={bar.bar} role="toolbar" aria-label={t('parts.list.toolbar')}>
        {extra}
        <Button className={bar.button} onClick={() => show(now)}>{t('parts.fields.today')}</Button>
        <Button className={bar.icon} appearance="subtle" icon={<ChevronLeft20Regular />} aria-label={t(span === 'month' ? 'parts.fields.monthBefore' : 'parts.records.weekBefore')} onClick={() => step(-1)} />
        <Button className={bar.icon} appearance="subtle" icon={<ChevronRight20Regular />} aria-label={t(span === 'month' ? 'parts.fields.monthAfter' : 'parts.records.weekAfter')} onClick={() => step(1)} />
        <h1 className={styles.heading} aria-live="polite">{span === 'month' ? monthName(at) : `${shownDay(first)} – ${shownDay(last)}`}</h1>
        <span className={bar.space} />
        {writable && <Button className={bar.primary} appearance="primary" icon={<Add20Regular />} onClick={fresh}>{t('parts.list.new')}</Button>}
      </div>
      <div ref={grid} className={styles.grid} role="grid" tabIndex={-1} aria-label={monthName(at)} onKeyDown={pressed}>
        <div role="row" className={styles.heads}>
          <span role="columnheader" tabIndex={-1} className={styles.head}>
            <span className="unseen">{t('parts.records.week')}</span>
          </span>
          {weekdayNames().map((name) => (
            <span key={name} role="columnheader" tabIndex={-1} className={styles.head}>{name}</span>
          ))}
        </div>
        {weeks.map((days_) => (
          <div key={days_[0]} role="row" className={styles.week}>
            <span role="rowheader" className={styles.number} title={t('parts.records.week')}>{isoWeek(days_[begin === 1 ? 0 : 1] ?? at)}</span>
            {days_.map((day) => (
              <Day key={day} day={day} all={days.get(day) ?? []} active={day === at} outside={span === 'month' && day.slice(0, 7) !== at.slice(0, 7)} room={span === 'week' ? null : room} begins={day === first || day.endsWith('-01')} now={now} choose={() => setAt(day)} create={() => writable && create(day)} openWeek={() => openWeek(day)} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

interface DayProps {
  readonly day: string;
  readonly all: readonly Appointment[];
  readonly active: boolean;
  readonly outside: boolean;
  /** How many appointments fit; null where all are shown. */
  readonly room: number | null;
  /** Its month is named. */
  readonly begins: boolean;
  readonly now: string;
  readonly choose: () => void;
  readonly create: () => void;
  readonly openWeek: () => void;
}

function Day({ day, all, active, outside, room, begins, now, choose, create, openWeek }: DayProps) {
  const styles = useStyles();
  const t = useT();
  const shown = room === null ? all : all.slice(0, all.length > room ? room - 1 : room);
  return (
    <div
      role="gridcell"
      data-day={day}
      tabIndex={active ? 0 : -1}
      aria-selected={active}
      className={mergeClasses(styles.day, room === null && styles.long, outside && styles.outside)}
      onFocus={choose}
      onDoubleClick={(event) => event.target === event.currentTarget && create()}
    >
      <span className="unseen">{`${longDay(day)}, ${t('parts.records.appointments', { count: all.length })}`}</span>
      <span className={mergeClasses(styles.date, day === now && styles.today)} aria-hidden>{begins ? dayAndMonth(day) : Number(day.slice(8))}</span>
      {shown.map((one) => {
        const text = `${one.wholeDay || one.from !== day ? '' : `${clock(one.startsAt)} `}${one.title}${one.repeats ? ' ↻' : ''}`;
        return (
          <button
            key={`${one.id} ${one.startsAt}`}
            type="button"
            // Only those of the day where one stands are in the tab order.
            tabIndex={active ? 0 : -1}
            title={text}
            className={mergeClasses(styles.event, one.wholeDay && styles.whole, one.state === 'cancelled' && styles.cancelled, one.state === 'tentative' && styles.tentative)}
            onClick={(event) => void go(placeOf('event', one.id), { beside: event.detail > 0 && !event.ctrlKey })}
            onDoubleClick={() => void go(placeOf('event', one.id))}
          >
            {text}
          </button>
        );
      })}
      {shown.length < all.length && (
        <button type="button" tabIndex={active ? 0 : -1} className={mergeClasses(styles.event, styles.more)} onClick={openWeek}>
          {t('parts.records.moreEvents', { count: all.length - shown.length })}
        </button>
      )}
    </div>
  );
}
