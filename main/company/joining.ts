import type { Entity } from '#contract/kit/entity.ts';
import { say, w } from '#contract/kit/words.ts';
import type { Ctx, Job } from '../db/context.ts';
import { unindexRecord } from '../db/search.ts';
import { first, name, run, sql } from '../db/sql.ts';
import { isEmpty } from '../db/values.ts';

/** Rows of a file that name other rows of it, before or after them: they are joined when all rows have been read. */

const words = {
  circle: w('{field}: A record cannot be inside itself; these rows close the circle: {rows}.', '{field}: Ein Datensatz kann nicht in sich selbst liegen; den Kreis schließen diese Zeilen: {rows}.'),
  lost: w('Row {row} of the file, which it names, cannot be imported.', 'Zeile {row} der Datei, die sie nennt, lässt sich nicht importieren.'),
};

/** A cell that names a record which is not there yet, and may come with the same file. */
export interface Cell {
  readonly key: string;
  readonly text: string;
  readonly column: string;
  /** What is said when it does not come. */
  readonly message: string;
  /** Records of this title are there, but more than one: only a number can tell which is meant. */
  readonly several: boolean;
  /** The row it names, when that waits itself. */
  readonly target?: Member | undefined;
}

/** A row of the file that was found good so far. */
export interface Member {
  readonly row: number;
  /** Of the record; of a new one in a dry run the number of the row below zero. */
  readonly id: number;
  /** The record was there before: nothing of its row is written until it is joined. */
  readonly known: boolean;
  readonly values: Readonly<Record<string, unknown>>;
  readonly cells: readonly Cell[];
  /** The cell of the tree's field, for messages. */
  readonly place: { readonly column: string; readonly text: string };
}

type Links = Readonly<Record<string, number>>;

export interface Joining {
  /** A row that waits: with cells, or a known record that moves in the tree. */
  wait(member: Member): void;
  /** A row that only others may name. */
  named(member: Member): void;
  /** The row that made this record, when that row itself waits. */
  waiting(id: unknown): Member | undefined;
  /** Joins what can be joined, and loses the rest. New records must stand in the table when it writes. */
  settle(job: Job): void;
  /** Takes lost new records away again, after everything else of the import. */
  clear(): void;
}

/**
 * What the import does for it: `lost` tells a row that cannot come in, with those that name it; `renew` writes the row of a known record
 * and says false when it was refused.
 */
export interface Doings {
  readonly write: boolean;
  lost(member: Member, column: string, text: string, message: string): void;
  renew(member: Member, links: Links): boolean;
}

/** A text as it is compared with others of the same file. */
export const keyText = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value ?? null));

/** Records of a tree, each behind those it shall lie in: moved in this order, none lies inside itself in between. */
export function topDown(ids: Iterable<number>, parentOf: (id: number) => number | null): number[] {
  const wanted = new Set(ids);
  const seen = new Set<number>();
  const order: number[] = [];
  for (const lowest of wanted) {
    const chain: number[] = [];
    for (let at: number | null = lowest; at !== null && !seen.has(at); at = parentOf(at)) {
      seen.add(at);
      if (wanted.has(at)) chain.push(at);
    }
    for (const id of chain.toReversed()) order.push(id);
  }
  return order;
}

/** Where a record lies in the tree as it is stored. */
export const storedParent = (ctx: Ctx, of: Entity, id: number): number | null => (of.tree === undefined ? null : (first<{ parent: number | null }>(ctx.db, sql`SELECT ${name(of.tree)} AS parent FROM ${name(of.table)} WHERE id = ${id}`)?.parent ?? null));

/** Joins the rows of one file. */
export function openJoining(ctx: Ctx, of: Entity, doings: Doings): Joining {
  const [number, tree] = [of.keys?.[0], of.tree];
  const numbers = new Map<string, Member>();
  /** By title: the first row, and the second if there is one. */
  const titles = new Map<string, { readonly one: Member; second: Member | null }>();
  const pending = new Map<number, Member>();
  const waiting: Member[] = [];
  const movers: Member[] = [];
  const links = new Map<Member, Record<string, number>>();
  const namers = new Map<Member, { readonly by: Member; readonly cell: Cell }[]>();
  const gone = new Set<Member>();
  /** The tree as the file has it, where it says so. */
  const parents = new Map<number, number>();

  function named(member: Member): void {
    if (number !== undefined && !isEmpty(member.values[number])) numbers.set(keyText(member.values[number]), member);
    if (of.title !== number && !isEmpty(member.values[of.title])) {
      const title = keyText(member.values[of.title]);
      const there = titles.get(title);
      if (!there) titles.set(title, { one: member, second: null });
      else there.second ??= member;
    }
    const parent = tree === undefined ? null : member.values[tree];
    if (typeof parent === 'number') parents.set(member.id, parent);
  }

  function wait(member: Member): void {
    named(member);
    waiting.push(member);
    if (!member.known) pending.set(member.id, member);
  }

  /** As a look into the table at this row would find it: by number, else by a title that only one has by then. */
  function find(cell: Cell, row: number): Member | undefined {
    const text = keyText(cell.text);
    const found = cell.target ?? numbers.get(text);
    if (found || cell.several) return found;
    const title = titles.get(text);
    return title && (title.second === null || (title.one.row < row && row < title.second.row)) ? title.one : undefined;
  }

  /** The row goes, and with it those that name it. */
  function lose(member: Member, column: string, text: string, message: string): void {
    const going = [{ member, column, text, message }];
    for (let next = going.pop(); next; next = going.pop()) {
      if (gone.has(next.member)) continue;
      gone.add(next.member);
      parents.delete(next.member.id);
      doings.lost(next.member, next.column, next.text, next.message);
      for (const one of namersOf(next.member)) going.push(one);
    }
  }

  const losing = (target: Member): string => say(words.lost, ctx.language, { row: target.row });
  const namersOf = (target: Member) => (namers.get(target) ?? []).map(({ by, cell }) => ({ member: by, column: cell.column, text: cell.text, message: losing(target) }));

  const parentOf = (id: number): number | null => parents.get(id) ?? (id > 0 ? storedParent(ctx, of, id) : null);

  /** The records that lie inside themselves, one list a circle. */
  function circles(): number[][] {
    const seen = new Set<number>();
    const found: number[][] = [];
    for (const { id } of movers) {
      const path = new Set<number>();
      let at: number | null = id;
      while (at !== null && !seen.has(at) && !path.has(at)) {
        path.add(at);
        at = parentOf(at);
      }
      if (at !== null && path.has(at)) found.push([...path].slice([...path].indexOf(at)));
      for (const one of path) seen.add(one);
    }
    return found;
  }

  /** Refuses the rows that close circles. Without them others may close that they had opened: until there is none. */
  function open(): void {
    const byId = new Map(movers.map((one) => [one.id, one]));
    for (let again = movers.length > 0; again; ) {
      again = false;
      for (const circle of circles()) {
        const rows = circle.flatMap((id) => byId.get(id) ?? []).filter((one) => !gone.has(one));
        const message = say(words.circle, ctx.language, { field: of.fields[tree!]!.label[ctx.language], rows: rows.map((one) => one.row).sort((a, b) => a - b).slice(0, 10).join(', ') });
        for (const one of rows) lose(one, one.place.column, one.place.text, message);
        again ||= rows.length > 0;
      }
    }
  }

  function settle(job: Job): void {
    for (const member of waiting) {
      const own: Record<string, number> = {};
      links.set(member, own);
      for (const cell of member.cells) {
        const target = find(cell, member.row);
        if (!target || gone.has(target)) {
          lose(member, cell.column, cell.text, target ? losing(target) : cell.message);
          break;
        }
        own[cell.key] = target.id;
        const others = namers.get(target);
        if (others) others.push({ by: member, cell });
        else namers.set(target, [{ by: member, cell }]);
      }
      const parent = tree === undefined ? undefined : (own[tree] ?? (member.known ? member.values[tree] : undefined));
      if (typeof parent !== 'number' || gone.has(member)) continue;
      parents.set(member.id, parent);
      movers.push(member);
    }
    open();
    renewAll(job);
    if (!doings.write) return;
    for (const member of pending.values()) {
      if (gone.has(member)) continue;
      for (const [key, id] of Object.entries(links.get(member)!)) run(ctx.db, sql`UPDATE ${name(of.table)} SET ${name(key)} = ${id} WHERE id = ${member.id}`);
    }
  }

  /** From the top of the tree down: then no record lies inside itself in between. */
  function renewAll(job: Job): void {
    const known = new Map(waiting.filter((one) => one.known).map((one) => [one.id, one]));
    for (const id of topDown(known.keys(), parentOf)) {
      job.check();
      const member = known.get(id)!;
      if (gone.has(member) || doings.renew(member, links.get(member) ?? {})) continue;
      gone.add(member);
      parents.delete(member.id);
      for (const one of namersOf(member)) lose(one.member, one.column, one.text, one.message);
      open();
    }
  }

  function clear(): void {
    if (!doings.write) return;
    for (const { id, known } of gone) {
      if (known) continue;
      run(ctx.db, sql`DELETE FROM ${name(of.table)} WHERE id = ${id}`);
      if (of.search.length > 0) unindexRecord(ctx.db, of.name, id);
    }
  }

  return { wait, named, waiting: (id) => (pending.size > 0 && typeof id === 'number' ? pending.get(id) : undefined), settle, clear };
}
