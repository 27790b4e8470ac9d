import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { EntryChecked, EntryDraft } from '#contract/budgets/entry.ts';
import { isDay } from '#contract/kit/day.ts';
import type { Entity, Row as RecordRow } from '#contract/kit/entity.ts';
import type { entry as entryEntity } from '#contract/budgets/entry.ts';
import type { Failure } from '#contract/kit/failure.ts';
import type { GridHandle } from '../../parts/grid/LineGrid.tsx';
import type { Sheet } from '../../parts/grid/useLineGrid.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { refresh, useCall } from '../../query.ts';
import { t } from '../../t.ts';
import { office } from '../../office.ts';
import { drop, fresh, keep, type Kept, keptOf, savedOver, useEntryKept, wentOn } from './kept.ts';
import { rowsOf } from './load.ts';
import { type Head, toLines, unreadable, type Ways } from './model.ts';

export type EntryRow = RecordRow<typeof entryEntity>;

/** Why something was not done, and what it concerns. */
export interface Trouble {
  readonly at: 'day' | 'lines' | '';
  readonly message: string;
  readonly conflict: boolean;
}

/** `typedOn`: something was typed while it was being posted, which is not in it. */
export interface Posted {
  readonly id: number;
  readonly number: string;
  readonly typedOn: boolean;
}

export interface EntryWork {
  readonly row: EntryRow | undefined;
  readonly kept: Kept | undefined;
  readonly failure: Failure | null;
  readonly retry: () => void;
  readonly title: string;
  readonly set: (head: Partial<Head>) => void;
  readonly tell: (field: string, problem: string | null) => void;
  readonly sheet: Sheet;
  readonly checked: EntryChecked | undefined;
  /** What stands against lines, by the key of the line, then by column. */
  readonly problems: ReadonlyMap<number, Readonly<Record<string, string>>>;
  /** What lines without an amount are worth, by the key of the line. */
  readonly valued: ReadonlyMap<number, number>;
  readonly trouble: Trouble | null;
  readonly saving: boolean;
  readonly save: () => Promise<{ readonly id: number; readonly version: number } | null>;
  readonly post: (reason?: string) => Promise<Posted | null>;
  readonly saveAsNew: () => Promise<number | null>;
  readonly forget: () => void;
  readonly reload: () => void;
}

export const titleOf = (id: number, row: EntryRow | undefined, head: Head | undefined): string => {
  if (row && row.state !== 'draft') return row.number;
  if (id === 0) return t('budgets.entry.newTitle');
  const narration = (head ?? row)?.narration.trim() ?? '';
  return narration === '' ? t('budgets.entry.draftTitle', { id }) : t('budgets.entry.draftNamed', { narration });
};

function draftOf(kept: Kept): EntryDraft & { readonly lines: ReturnType<typeof toLines>['lines'] } {
  const { day, journal, narration, reference } = kept.head;
  return { day, journal, narration: narration.trim(), reference: reference.trim(), lines: toLines(kept.rows).lines };
}

interface Asked {
  readonly draft: EntryDraft;
  readonly keys: readonly number[];
}

interface Answered {
  readonly checked: EntryChecked;
  /** Line of the answer by the key of the row, for the lines that are still as they were asked about. */
  readonly lines: ReadonlyMap<number, number>;
}

/** The answer of the office to what is typed, a moment after the last key. What it says of a line holds until that line changes. */
function useChecked(kept: Kept | undefined, writable: boolean): Answered | undefined {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [answered, setAnswered] = useState<(Asked & { readonly checked: EntryChecked }) | null>(null);
  useEffect(() => {
    if (!writable || !kept || !isDay(kept.head.day)) return undefined;
    const timer = setTimeout(() => setAsked({ draft: draftOf(kept), keys: toLines(kept.rows).keys }), 250);
    return () => clearTimeout(timer);
  }, [kept, writable]);
  const { data } = useCall('entry.check', asked?.draft ?? { day: '2000-01-01', lines: [] }, { enabled: asked !== null });
  if (asked && data && (answered?.checked !== data || answered.draft !== asked.draft)) setAnswered({ ...asked, checked: data });
  return useMemo(() => {
    if (!answered || !kept || answered.draft.day !== kept.head.day) return undefined;
    const before = new Map(answered.keys.map((key, at) => [key, at]));
    const now = toLines(kept.rows);
    const same = now.keys.flatMap((key, at) => {
      const was = before.get(key);
      return was !== undefined && JSON.stringify(answered.draft.lines[was]) === JSON.stringify(now.lines[at]) ? [[key, was + 1] as const] : [];
    });
    return { checked: answered.checked, lines: new Map(same) };
  }, [answered, kept]);
}

/** One entry that is typed or read: what the office has, what was typed over it, and what can be done with it. */
export function useEntry(entity: Entity, id: number, ways: Ways, grid: RefObject<GridHandle | null>): EntryWork {
  const query = useCall('entry.get', { id }, { enabled: id > 0 });
  const row = id > 0 ? query.data : undefined;
  const writable = id === 0 || row?.state === 'draft';
  const kept = useEntryKept(id);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  // The same wish keeps its id, so that what is asked again after a lost answer is not done twice.
  const wish = useRef<{ readonly text: string; readonly id: string } | null>(null);
  const title = titleOf(id, row, kept?.head);
  const latest = useRef({ row, title, ways });
  useLayoutEffect(() => {
    latest.current = { row, title, ways };
  }, [row, title, ways]);

  const version = row?.version;
  useEffect(() => {
    const now = keptOf(id);
    if (id === 0) {
      if (!now) keep(0, fresh(), t('budgets.entry.newTitle'));
      return undefined;
    }
    if (!row || now?.dirty || now?.version === version) return undefined;
    let late = false;
    rowsOf(id, ways).then(
      (rows) => late || keep(id, { head: { day: row.day, journal: row.journal, narration: row.narration, reference: row.reference }, rows, version: row.version, dirty: false, unreadable: {} }, ''),
      (error: unknown) => late || setFailure(failureOf(error)),
    );
    return () => {
      late = true;
    };
    // What is kept is read when the entry is opened or changes in the office, not with each key.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id, version, ways]);

  const answered = useChecked(kept, writable);
  const { problems, valued } = useMemo(() => {
    const wrong = new Map<number, Record<string, string>>();
    const worth = new Map<number, number>();
    if (!answered || !kept) return { problems: wrong, valued: worth };
    const { lines, keys } = toLines(kept.rows);
    const by = new Map(answered.checked.problems.map((one) => [one.line, one]));
    const amounts = new Map(answered.checked.valued.map((one) => [one.line, one.amount]));
    keys.forEach((key, at) => {
      const [asked, line] = [answered.lines.get(key), lines[at]];
      if (asked === undefined || !line) return;
      const [one, amount] = [by.get(asked), amounts.get(asked)];
      if (amount !== undefined) worth.set(key, amount);
      // What is only not typed yet is no problem before somebody tries to post it.
      if (!one || (!tried && (line.account_id === null || (one.about === 'amount' && line.currency === undefined)))) return;
      wrong.set(key, { [one.about === 'account' ? 'account' : (line.amount ?? 0) < 0 ? 'credit' : 'debit']: one.message });
    });
    return { problems: wrong, valued: worth };
  }, [answered, kept, tried]);

  const acts = useMemo(() => {
    const change = (part: Partial<Kept>): void => {
      const now = keptOf(id);
      if (now) keep(id, { ...now, dirty: true, ...part }, titleOf(id, latest.current.row, { ...now.head, ...part.head }));
    };
    const refused = (thrown: unknown): null => {
      const { code, message, field } = failureOf(thrown);
      if (code !== 'busy' && code !== 'bug') wish.current = null;
      setTried(true);
      setTrouble({ at: field === 'day' ? 'day' : field?.startsWith('lines') ? 'lines' : '', message, conflict: code === 'conflict' });
      return null;
    };
    const wished = (text: string): string => {
      const known = wish.current?.text === text ? wish.current.id : crypto.randomUUID();
      wish.current = { text, id: known };
      return known;
    };
    /** What is typed, once every lookup has answered; null when some of it means nothing. */
    const settled = async (): Promise<Kept | null> => {
      await grid.current?.settle();
      const now = keptOf(id);
      if (!now) return null;
      const [field] = Object.entries(now.unreadable);
      const wrong = unreadable(now.rows);
      if (field) setTrouble({ at: field[0] === 'day' ? 'day' : '', message: field[1], conflict: false });
      else if (!isDay(now.head.day)) setTrouble({ at: 'day', message: t('budgets.entry.required'), conflict: false });
      else if (wrong) setTrouble({ at: 'lines', message: t('budgets.entry.lineProblem', wrong), conflict: false });
      else return now;
      return null;
    };
    // One after the other: what is asked while a save is on its way goes on from what that has saved.
    let before: Promise<unknown> = Promise.resolve();
    const doing = <T>(work: () => Promise<T | null>): Promise<T | null> => {
      const mine = before.then(async () => {
        setSaving(true);
        try {
          return await work();
        } catch (thrown) {
          return refused(thrown);
        } finally {
          setSaving(false);
        }
      });
      before = mine;
      return mine;
    };
    const save = (asNew: boolean) => (): Promise<{ readonly id: number; readonly version: number } | null> =>
      doing(async () => {
        const now = await settled();
        if (!now) return null;
        if (!now.dirty && id > 0 && !asNew) return { id, version: now.version };
        const input = { ...draftOf(now), ...(id > 0 && !asNew ? { id, version: now.version } : {}) };
        const written = await office['entry.save'](input, wished(JSON.stringify(input)));
        wish.current = null;
        setTrouble(null);
        const after = savedOver(keptOf(id), now, written.version);
        if (written.id !== id) drop(id);
        keep(written.id, after, titleOf(written.id, latest.current.row, after.head));
        refresh(['entry']);
        return written;
      });
    const post = (reason?: string): Promise<Posted | null> =>
      doing(async () => {
        const now = await settled();
        if (!now) return null;
        const why = reason === undefined ? {} : { reason };
        let posted: { readonly id: number; readonly number: string };
        if (id === 0) {
          const input = { ...draftOf(now), ...why };
          posted = await office['entry.add'](input, wished(JSON.stringify(input)));
        } else {
          let at = now.version;
          if (now.dirty) {
            at = (await office['entry.save']({ ...draftOf(now), id, version: at })).version;
            const after = savedOver(keptOf(id), now, at);
            keep(id, after, titleOf(id, latest.current.row, after.head));
            if (after.dirty) {
              // What is posted is what is seen.
              refresh(['entry']);
              setTrouble({ at: '', message: t('budgets.entry.typedOn'), conflict: false });
              return null;
            }
          }
          posted = await office['entry.post']({ id, version: at, ...why }, wished(JSON.stringify([id, at, why])));
        }
        wish.current = null;
        setTrouble(null);
        setTried(false);
        wentOn(now.head);
        const typedOn = savedOver(keptOf(id), now, now.version).dirty;
        // What was typed stays on screen until the posted entry is there.
        if (id === 0) drop(0);
        else keep(id, { ...now, dirty: false }, '');
        refresh(['entry']);
        return { ...posted, typedOn };
      });
    return {
      set: (head: Partial<Head>) => {
        const now = keptOf(id);
        if (now) change({ head: { ...now.head, ...head } });
        if ('day' in head) setTrouble((before) => (before?.at === 'day' ? null : before));
      },
      tell: (field: string, problem: string | null) => {
        const now = keptOf(id);
        if (!now || (now.unreadable[field] ?? null) === problem) return;
        const { [field]: _old, ...rest } = now.unreadable;
        change({ unreadable: problem === null ? rest : { ...rest, [field]: problem } });
      },
      sheet: {
        now: () => keptOf(id)?.rows ?? [],
        set: (rows) => {
          change({ rows });
          setTrouble((before) => (before?.at === 'lines' ? null : before));
        },
      } satisfies Sheet,
      save: save(false),
      saveAsNew: async () => (await save(true)())?.id ?? null,
      post,
      forget: () => {
        drop(id);
        setTrouble(null);
        setTried(false);
      },
      reload: () => {
        drop(id);
        setTrouble(null);
        refresh([entity.name]);
        const known = latest.current.row;
        if (known) void rowsOf(id, latest.current.ways).then((rows) => keep(id, { head: { day: known.day, journal: known.journal, narration: known.narration, reference: known.reference }, rows, version: known.version, dirty: false, unreadable: {} }, ''));
      },
    };
  }, [id, grid, entity]);

  const failed = query.data === undefined && query.error ? query.error.failure : failure;
  return { row, kept, failure: failed, retry: () => void query.refetch(), title, checked: answered?.checked, problems, valued, trouble, saving, ...acts };
}
