import { Button, Input, mergeClasses, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { CalendarLtrRegular } from '@fluentui/react-icons';
import { type KeyboardEvent, useRef, useState } from 'react';
import { today } from '#contract/kit/day.ts';
import { useT } from '../../t.ts';
import { day as shownDay } from '../format.ts';
import { Calendar } from './Calendar.tsx';
import { useFieldStyles } from './styles.ts';
import { type EditorProps, named } from './types.ts';
import { useTyped } from './useTyped.ts';

/** Days and instants: typed freely (1.3., +7, fr), or chosen from a calendar with Alt+Down or F4. */
export function DayEditor(props: EditorProps) {
  const styles = useFieldStyles();
  const t = useT();
  const { field, value, change, tell, currency, cell, autoFocus } = props;
  const typed = useTyped(field, value, currency, change, tell);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const chosen = field.kind === 'time' ? (typeof value === 'number' ? today(new Date(value)) : '') : typeof value === 'string' ? value : '';
  const choose = (day: string): void => {
    setOpen(false);
    input.current?.focus();
    // An instant keeps its time of day; a new one begins at nine.
    const time = typeof value === 'number' ? new Date(value) : undefined;
    typed.type(day === '' || field.kind === 'day' ? shownDay(day) : `${day} ${time ? `${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}` : '9:00'}`);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'F4' && !(event.altKey && event.key === 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(true);
  };
  return (
    <Popover open={open} onOpenChange={(_event, data) => setOpen(data.open)} trapFocus positioning="below-start" unstable_disableAutoFocus>
      <Input
        {...named(props)}
        input={{ ref: input }}
        className={mergeClasses(styles.input, cell && styles.cell)}
        value={typed.text}
        placeholder={cell ? '' : props.placeholder ?? shownDay('2026-12-31').replace(/\d{4}/, t('parts.fields.yyyy')).replace('31', t('parts.fields.dd')).replace('12', t('parts.fields.mm'))}
        autoFocus={autoFocus === true}
        autoComplete="off"
        title={typed.problem ?? ''}
        aria-invalid={props.invalid === true || typed.problem !== undefined}
        onChange={(_event, data) => typed.type(data.value)}
        onBlur={typed.leave}
        onKeyDown={pressed}
        contentAfter={
          <PopoverTrigger disableButtonEnhancement>
            <Button appearance="transparent" size="small" className={styles.small} tabIndex={-1} icon={<CalendarLtrRegular />} aria-label={t('parts.fields.calendar')} />
          </PopoverTrigger>
        }
      />
      <PopoverSurface aria-label={t('parts.fields.calendar')}>
        <Calendar value={chosen} choose={choose} />
      </PopoverSurface>
    </Popover>
  );
}
