import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Add16Regular, Checkmark16Regular, Clock16Regular, ClockAlarm20Regular, Warning16Filled } from '@fluentui/react-icons';
import { type KeyboardEvent, useRef, useState } from 'react';
import { entities } from '#contract/calls.ts';
import { addDays, today } from '#contract/kit/day.ts';
import type { Due } from '#contract/records/task.ts';
import { shown } from '../commands.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { day, relativeDay } from '../parts/format.ts';
import { EntityIcon } from '../parts/record/EntityIcon.tsx';
import { Answer } from '../parts/Problem.tsx';
import { useCall } from '../query.ts';
import { usePreference } from '../state/preference.ts';
import { useCan } from '../state/session.ts';
import { go, placeOf } from '../state/ui.ts';
import { language, type Translate, useT, words } from '../t.ts';
import { finish, isTask, monday, placeOfDue, snooze, tomorrow } from './agendaDo.ts';

const most = 200;
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** Everything due in every module: late first, then by day. */
export function Agenda() {
  const t = useT();
  const can = useCan();
  const [mine, setMine] = usePreference('home.mine', false, isFlag);
  const due = useCall('agenda.list', { limit: most, ...(mine ? { mine } : {}) }, { keep: true });
  const late = due.data?.filter((one) => one.late).length ?? 0;
  return (
    <section className="card-block" aria-labelledby="due">
      <header className="card-head">
        <h2 className="h2" id="due">
          {t('home.due.title')}
        </h2>
        {late > 0 && (
          <span className="row-tight wrong">
            <Warning16Filled aria-hidden /> {t('home.due.late', { count: late })}
          </span>
        )}
        <div className="row-tight end" role="group" aria-label={t('home.due.whose')}>
          <Button size="small" appearance={mine ? 'subtle' : 'secondary'} aria-pressed={!mine} onClick={() => setMine(false)}>
            {t('home.due.everyone')}
          </Button>
          <Button size="small" appearance={mine ? 'secondary' : 'subtle'} aria-pressed={mine} onClick={() => setMine(true)}>
            {t('home.due.mine')}
          </Button>
        </div>
        {can('task', 'write') && (
          <Button size="small" icon={<Add16Regular />} onClick={() => void go(placeOf('task', 0))}>
            {t('home.due.new')}
          </Button>
        )}
      </header>
      <Answer of={due} rows={8}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={ClockAlarm20Regular} title={t('home.due.none')} text={t('home.due.none_text')} />
          ) : (
            <>
              <Lines rows={rows} />
              <p className="card-foot small quiet">
                {t('home.due.hint')} {rows.length === most && t('home.due.more', { count: most })}
              </p>
            </>
          )
        }
      </Answer>
    </section>
  );
}

type When = 'late' | 'today' | 'week' | 'later';
const order: readonly When[] = ['late', 'today', 'week', 'later'];

function whenOf(due: Due, now: string): When {
  if (due.late) return 'late';
  if (due.day <= now) return 'today';
  return due.day <= addDays(now, 7) ? 'week' : 'later';
}

interface Group {
  readonly when: When;
  readonly of: readonly Due[];
  /** Number of its first line, counted through all groups. */
  readonly from: number;
}

function groupsOf(rows: readonly Due[]): readonly Group[] {
  const now = today();
  const groups = order.map((when) => ({ when, of: rows.filter((one) => whenOf(one, now) === when) }));
  return groups.map((group, at) => ({ ...group, from: groups.slice(0, at).reduce((sum, before) => sum + before.of.length, 0) })).filter(({ of }) => of.length > 0);
}

const lineOf = (due: Due): string => `${due.entity} ${due.id} ${due.what}`;

/** One Tab stop; arrows walk, and the keys of the hint act on the line with the focus. */
function Lines({ rows }: { readonly rows: readonly Due[] }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const [on, setOn] = useState({ line: '', at: 0 });
  const groups = groupsOf(rows);
  const flat = groups.flatMap(({ of }) => of);
  // Lines go while one stands below them: the line is known by itself, its place only when it has gone too.
  const found = flat.findIndex((due) => lineOf(due) === on.line);
  const current = found >= 0 ? found : Math.min(on.at, flat.length - 1);

  const focus = (index: number): void => box.current?.querySelectorAll<HTMLElement>('[data-due]')[index]?.focus();
  /** Moves on at once, not when the line is gone: what is pressed meanwhile must find a line. */
  const act = (index: number, doing: Promise<void>): void => {
    focus(index + 1 < flat.length ? index + 1 : index - 1);
    void doing;
  };
  const onKeyDown = (event: KeyboardEvent, due: Due): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -flat.length, End: flat.length }[event.key];
    if (step !== undefined) focus(Math.max(0, Math.min(flat.length - 1, current + step)));
    else if (event.key === 'Enter') void go(placeOfDue(due));
    else if (event.key.toLowerCase() === 'f' && isTask(due)) act(current, finish(due));
    else if (event.key === 's' && isTask(due)) act(current, snooze(due, tomorrow()));
    else if (event.key === 'S' && isTask(due)) act(current, snooze(due, monday()));
    else return;
    event.preventDefault();
  };

  return (
    <div ref={box} className="due-list">
      {groups.map(({ when, of, from }) => (
        <section key={when} aria-labelledby={`due-${when}`}>
          <h3 id={`due-${when}`} className={`due-group ${when === 'late' ? 'wrong' : 'quiet'}`}>
            {t(`home.due.group.${when}`)} <span className="tabular">({of.length})</span>
          </h3>
          <ul>
            {of.map((due, at_) => (
              <Line key={lineOf(due)} due={due} stop={from + at_ === current} onFocus={() => setOn({ line: lineOf(due), at: from + at_ })} onKeyDown={(event) => onKeyDown(event, due)} act={(doing) => act(from + at_, doing)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface LineProps {
  readonly due: Due;
  readonly stop: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Does what takes the line away. */
  readonly act: (doing: Promise<void>) => void;
}

function Line({ due, stop, onFocus, onKeyDown, act }: LineProps) {
  const t = useT();
  const can = useCan();
  return (
    <li className="due">
      <button type="button" className="due-open" data-due data-first={stop ? true : undefined} tabIndex={stop ? 0 : -1} onFocus={onFocus} onKeyDown={onKeyDown} onClick={() => void go(placeOfDue(due))}>
        <EntityIcon entity={entities[due.entity]} />
        <span className="cut grow" title={due.title}>
          {due.title}
        </span>
        <span className="quiet cut due-what">{whatOf(t, due)}</span>
        <span className={`tabular due-day ${due.late ? 'wrong' : ''}`} title={day(due.day)}>
          {relativeDay(due.day)}
        </span>
      </button>
      {isTask(due) && can('task', 'write') ? (
        <span className="row-tight due-do">
          <Button size="small" appearance="subtle" tabIndex={-1} icon={<Checkmark16Regular />} aria-label={`${t('home.due.finish')}: ${due.title}`} title={`${t('home.due.finish')} (F)`} onClick={() => act(finish(due))} />
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <Button size="small" appearance="subtle" tabIndex={-1} icon={<Clock16Regular />} aria-label={`${t('home.due.snooze')}: ${due.title}`} title={`${t('home.due.snooze')} (S)`} />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem secondaryContent="S" onClick={() => act(snooze(due, tomorrow()))}>
                  {t('home.due.snooze')}
                </MenuItem>
                <MenuItem secondaryContent={shown('Shift+S', language())} onClick={() => act(snooze(due, monday()))}>
                  {t('home.due.snooze_week')}
                </MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        </span>
      ) : (
        <span className="due-do" />
      )}
    </li>
  );
}

const recurrings = ['post', 'draft', 'waiting', 'reversal'] as const;

/** Why it is due, in words: a task, the end of retention, a passport that expires. */
function whatOf(t: Translate, due: Due): string {
  if (due.what === 'task' || due.what === 'retention' || due.what === 'revaluation' || due.what === 'audit_request') return t(`home.due.what.${due.what}`);
  const recurring = recurrings.find((one) => due.what === `recurring.${one}`);
  if (recurring) return t(`home.due.what.recurring_${recurring}`);
  if (due.what.startsWith('expires.')) {
    const kind = due.what.slice('expires.'.length);
    const option = entities['identifier']?.fields['kind']?.options?.find((one) => one.value === kind);
    return t('home.due.what.expires', { what: option ? words(option.label) : kind });
  }
  return t('home.due.what.other');
}
