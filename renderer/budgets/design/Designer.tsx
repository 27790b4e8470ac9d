import { Button, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { ArrowDown16Regular, ArrowUp16Regular, Copy16Regular, Options16Regular } from '@fluentui/react-icons';
import { type FocusEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { coverages, type DesignedStatement } from '#contract/budgets/design.ts';
import { type Action, run, shown as keysShown, useActions } from '../../commands.ts';
import type { RecordForm } from '../../parts/form/useRecordForm.ts';
import { type GridHandle, LineGrid } from '../../parts/grid/LineGrid.tsx';
import { atLeast, type Rows } from '../../parts/grid/sheet.ts';
import type { Pasted, Sheet } from '../../parts/grid/useLineGrid.ts';
import { tell } from '../../state/ui.ts';
import { language, useT } from '../../t.ts';
import type { AnyStatement } from '../statements/paper.ts';
import { SubjectPage } from '../statements/StatementPage.tsx';
import { Checks } from './Checks.tsx';
import { follow, type Renaming } from './codes.ts';
import { designRules, useDesignColumns } from './columns.ts';
import { keep, useKeptLines } from './kept.ts';
import { changed, coded, doubled, keptRows, lineOf, rowsOf, shifted, textOf } from './model.ts';
import { RowChoices } from './RowChoices.tsx';
import { subjectOf } from './subject.ts';

const useStyles = makeStyles({
  root: { flex: '1 1 0', minHeight: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 11fr) minmax(0, 9fr)', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  half: { display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0 },
  grid: { flex: '1 1 0', minHeight: 0, display: 'flex', flexDirection: 'column', padding: '8px 8px 0 12px' },
  bar: { display: 'flex', gap: '2px', padding: '2px 12px', flexShrink: 0, alignItems: 'center' },
  button: { minWidth: 0, height: '26px', fontWeight: tokens.fontWeightRegular, whiteSpace: 'nowrap' },
  preview: { borderLeft: `1px solid ${tokens.colorNeutralStroke2}` },
  paper: { flex: '1 1 0', minHeight: 0 },
});

const fewest = 8;
/** How long the preview waits for the next key. */
const pause = 300;

const textAt = (value: unknown): string => (typeof value === 'string' ? value : '');

interface Props {
  readonly id: number;
  readonly form: RecordForm;
  readonly name: string;
}

/** The rows of a design as a grid, the choices of the row that one is in, and beside them the statement as it comes out. */
export function Designer({ id, form, name }: Props) {
  const styles = useStyles();
  const t = useT();
  const handle = useRef<GridHandle>(null);
  const choices = useRef<HTMLDivElement>(null);
  const columns = useDesignColumns();
  const text = textAt(form.values['rows']);
  const fresh = useMemo(() => atLeast(keptRows(text).map((row) => lineOf(row, (kind) => t(`budgets.design.kinds.${kind}`))), fewest), [text, t]);
  const rows = useKeptLines(id, text, fresh);
  const [at, setAt] = useState(0);
  const [found, setFound] = useState<{ readonly of: DesignedStatement; readonly keys: readonly number[] } | null>(null);
  // What the grid did a moment ago counts before it is drawn.
  const now = useRef(rows);
  const renaming = useRef<Renaming | null>(null);
  const latest = useRef(form);
  useLayoutEffect(() => {
    now.current = rows;
    latest.current = form;
  }, [rows, form]);
  const sheet = useMemo<Sheet>(
    () => ({
      now: () => now.current,
      set: (next) => {
        const followed = follow(renaming.current, now.current, next);
        renaming.current = followed.renaming;
        now.current = coded(atLeast(followed.lines, fewest));
        const kept = textOf(now.current);
        keep(id, { text: kept, rows: now.current });
        latest.current.set('rows', kept);
      },
    }),
    [id],
  );

  const asked = useAsked(rows);
  const title = textAt(form.values['name']);
  const covers = coverages.find((one) => one.value === form.values['covers'])?.value ?? '';
  const told = useCallback((statement: AnyStatement): void => void (isDesigned(statement) && setFound({ of: statement, keys: asked.keys })), [asked]);
  const subject = useMemo(() => subjectOf({ name: 'design.preview', design: { title: title || name, covers, rows: [...asked.rows] }, rows: asked.rows }, { preview: true, told }), [title, name, covers, asked, told]);
  const problems = useMemo(() => {
    const by = new Map<number, Record<string, string>>();
    for (const one of found?.of.problems ?? []) {
      const key = found?.keys[one.row];
      if (key !== undefined) by.set(key, { ...by.get(key), [one.about]: one.message });
    }
    return by;
  }, [found]);

  const actions = useDesignActions({ sheet, at, handle, choices });
  const row = rows[Math.min(at, rows.length - 1)];
  const heard = (event: FocusEvent<HTMLDivElement>): void => {
    const done = renaming.current;
    renaming.current = null;
    if (done && done.count > 0) tell(t('budgets.design.recoded', { count: done.count, codes: done.codes }));
    const index = Number((event.target instanceof Element ? event.target.closest('[role="row"]') : null)?.getAttribute('aria-rowindex') ?? 0) - 2;
    if (index >= 0 && index < rows.length) setAt(index);
  };
  const pasted = ({ lines, unknown, over }: Pasted): void => tell([t('parts.grid.pasted', { count: lines }), unknown > 0 ? t('parts.grid.pastedUnknown', { count: unknown }) : '', over > 0 ? t('parts.grid.pastedOver') : ''].filter((text) => text !== '').join(' '), undefined, unknown > 0 || over > 0 ? 'attention' : 'done');
  const wrong = row ? problems.get(row.key) : undefined;
  const button = (action: Action) => (
    <Tooltip content={`${t(action.label)}${action.keys?.[0] ? ` (${keysShown(action.keys[0], language())})` : ''}`} relationship="description">
      <Button className={styles.button} size="small" appearance="subtle" {...(action.icon ? { icon: <action.icon /> } : {})} onClick={() => run(action)}>{t(action.label)}</Button>
    </Tooltip>
  );
  return (
    <div className={styles.root}>
      <div className={styles.half}>
        <div className={styles.grid} onFocus={heard}>
          <LineGrid label={t('budgets.design.rows')} columns={columns} rows={rows} sheet={sheet} rules={designRules} problems={problems} foot={{}} most={300} pasted={pasted} handle={handle} />
        </div>
        <div className={styles.bar}>
          {button(actions.up)}
          {button(actions.down)}
          {button(actions.double)}
          {button(actions.options)}
        </div>
        {row && <RowChoices key={row.key} root={choices} row={row} at={rows.indexOf(row)} problem={wrong ? Object.values(wrong).join(' ') : undefined} set={(key, value) => sheet.set(changed(now.current, now.current.findIndex((one) => one.key === row.key), key, value))} back={() => handle.current?.focus(rows.indexOf(row), 'label')} />}
      </div>
      <div className={`${styles.half} ${styles.preview}`}>
        {found && (found.of.missing.length > 0 || found.of.twice.length > 0) && <Checks found={found.of} />}
        <div className={styles.paper}>
          <SubjectPage subject={subject} />
        </div>
      </div>
    </div>
  );
}

const isDesigned = (statement: AnyStatement): statement is DesignedStatement => 'problems' in statement;

/** What stands in the lines, a moment after the last key. */
function useAsked(rows: Rows): ReturnType<typeof rowsOf> {
  const [asked, setAsked] = useState(() => rowsOf(rows));
  useEffect(() => {
    const timer = setTimeout(() => setAsked((before) => {
      const next = rowsOf(rows);
      return JSON.stringify(next) === JSON.stringify(before) ? before : next;
    }), pause);
    return () => clearTimeout(timer);
  }, [rows]);
  return asked;
}

interface Given {
  readonly sheet: Sheet;
  readonly at: number;
  readonly handle: RefObject<GridHandle | null>;
  readonly choices: RefObject<HTMLDivElement | null>;
}

/** Moving and doubling the line one is in, and the way to its choices. */
function useDesignActions(given: Given): Readonly<Record<'up' | 'down' | 'double' | 'options', Action>> {
  const latest = useRef(given);
  useLayoutEffect(() => {
    latest.current = given;
  });
  const all = useMemo(() => {
    const settled = async (work: (lines: Rows, at: number) => { readonly lines: Rows; readonly at: number }): Promise<void> => {
      const { handle, sheet, at } = latest.current;
      await handle.current?.settle();
      const next = work(sheet.now(), at);
      if (next.lines !== sheet.now()) sheet.set(next.lines);
      handle.current?.focus(next.at, 'label');
    };
    const move = (by: 1 | -1) => (): Promise<void> => settled((lines, at) => (lines[at + by] ? { lines: shifted(lines, at, by), at: at + by } : { lines, at }));
    const double = (): Promise<void> =>
      settled((lines, at) => {
        const next = doubled(lines, at);
        return { lines: next, at: next === lines ? at : at + 1 };
      });
    const options = (): void => {
      const { handle, choices, at } = latest.current;
      const inside = choices.current?.contains(document.activeElement) === true;
      if (inside) handle.current?.focus(at, 'label');
      else choices.current?.querySelector<HTMLElement>('select, input')?.focus();
    };
    return {
      up: { id: 'design.up', label: 'budgets.design.up', icon: ArrowUp16Regular, keys: ['$mod+Shift+ArrowUp'], group: 'record', run: move(-1) },
      down: { id: 'design.down', label: 'budgets.design.down', icon: ArrowDown16Regular, keys: ['$mod+Shift+ArrowDown'], group: 'record', run: move(1) },
      double: { id: 'design.double', label: 'budgets.design.double', icon: Copy16Regular, keys: ['$mod+Shift+KeyD'], group: 'record', run: double },
      options: { id: 'design.options', label: 'budgets.design.options', icon: Options16Regular, keys: ['F6'], group: 'record', run: options },
    } satisfies Record<string, Action>;
  }, []);
  useActions(useMemo(() => [all.up, all.down, all.double, all.options], [all]));
  return all;
}
