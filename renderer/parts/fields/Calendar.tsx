import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { addMonths, today } from '#contract/kit/day.ts';
import { useT } from '../../t.ts';
import { longDay } from '../format.ts';
import { calendarKey, monthWeeks } from './calendar.ts';
import { monthName, weekdayNames, weekStart } from './locale.ts';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '4px', fontWeight: tokens.fontWeightSemibold },
  week: { display: 'flex', fontVariantNumeric: 'tabular-nums' },
  weekday: { width: '30px', lineHeight: '22px', textAlign: 'center', fontWeight: tokens.fontWeightRegular, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  day: {
    width: '30px', height: '26px', border: 0, padding: 0, backgroundColor: 'transparent', color: tokens.colorNeutralForeground1, font: 'inherit', borderRadius: tokens.borderRadiusMedium, cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  outside: { color: tokens.colorNeutralForeground3 },
  today: { boxShadow: `inset 0 0 0 1px ${tokens.colorBrandStroke1}` },
  chosen: { backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand, ':hover': { backgroundColor: tokens.colorBrandBackgroundHover } },
  foot: { display: 'flex', justifyContent: 'space-between', marginTop: '4px' },
});

interface CalendarProps {
  readonly value: string;
  readonly choose: (day: string) => void;
}

/** A month to choose a day from: arrows, Page keys, Home, End and Enter. The chosen day has the one tab stop. */
export function Calendar({ value, choose }: CalendarProps) {
  const styles = useStyles();
  const t = useT();
  const now = today();
  const [at, setAt] = useState(value || now);
  const begin = weekStart();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => grid.current?.querySelector<HTMLButtonElement>('[tabindex="0"]')?.focus(), [at]);
  const pressed = (event: KeyboardEvent): void => {
    const next = calendarKey(event.key, event.shiftKey, at, begin);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
  };
  return (
    <div>
      <div className={styles.head}>
        <Button size="small" appearance="subtle" icon={<ChevronLeftRegular />} aria-label={t('parts.fields.monthBefore')} onClick={() => setAt(addMonths(at, -1))} />
        <span aria-live="polite">{monthName(at)}</span>
        <Button size="small" appearance="subtle" icon={<ChevronRightRegular />} aria-label={t('parts.fields.monthAfter')} onClick={() => setAt(addMonths(at, 1))} />
      </div>
      <div ref={grid} role="grid" aria-label={monthName(at)}>
        <div role="row" className={styles.week}>
          {weekdayNames().map((name) => (
            <span key={name} role="columnheader" tabIndex={-1} className={styles.weekday}>{name}</span>
          ))}
        </div>
        {monthWeeks(at, begin).map((days) => (
          <div key={days[0]} role="row" className={styles.week}>
            {days.map((day) => (
              <div key={day} role="gridcell" tabIndex={-1} aria-selected={day === value}>
                  <button
                    type="button"
                    tabIndex={day === at ? 0 : -1}
                    aria-label={longDay(day)}
                    aria-current={day === now ? 'date' : undefined}
                    className={mergeClasses(styles.day, day.slice(0, 7) !== at.slice(0, 7) && styles.outside, day === now && styles.today, day === value && styles.chosen)}
                    onKeyDown={pressed}
                    onClick={() => choose(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className={styles.foot}>
        <Button size="small" appearance="subtle" onClick={() => choose(now)}>{t('parts.fields.today')}</Button>
        <Button size="small" appearance="subtle" onClick={() => choose('')}>{t('parts.fields.noneDay')}</Button>
      </div>
    </div>
  );
}
