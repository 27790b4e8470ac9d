import { basename } from 'node:path';
import { reaches } from '#contract/kit/access.ts';
import type { AnyDraft, AnyRow, Entity } from '#contract/kit/entity.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { typed } from '#contract/kit/schema.ts';
import { type Language, say, w } from '#contract/kit/words.ts';
import type { Checked, ImportRun, Looked, Mapping, Reading, RowProblem } from '#contract/company/transfer.ts';
import { append } from '../db/audit.ts';
import { openBulk } from '../db/bulk.ts';
import type { Ctx, Job } from '../db/context.ts';
import { entityNamed } from '../db/entities.ts';
import type { Room } from '../db/room.ts';
import { unindexRecord } from '../db/search.ts';
import { all, first, name, run as runSql, sql } from '../db/sql.ts';
import { update, whole } from '../db/table.ts';
import { fold } from '../db/words.ts';
import { guardFields, isEmpty, textAt } from '../db/values.ts';
import { isSeveral, openReader } from './cells.ts';
import { type Cell, type Joining, keyText, type Member, openJoining, storedParent, topDown } from './joining.ts';
import { guessMapping } from './mapping.ts';
import { eachRow, fullReading } from './rows.ts';

/** Imports: a look, a dry run, the import in one transaction, and taking it back. */

type JobInput = { readonly entity: string; readonly source: string; readonly reading?: Reading | undefined; readonly mapping?: Mapping | undefined; readonly known?: 'skip' | 'update' | 'refuse' | undefined };

const words = {
  required: w('{field} must be filled in.', '{field} muss ausgefüllt sein.'),
  knownAlready: w('A record with this {field} exists already: {title}.', 'Einen Datensatz mit diesem Wert in {field} gibt es schon: {title}.'),
  another: w('This {field} belongs to “{title}”, another record. A prefix keeps the numbers of two lists apart; “update” would rename the other.', 'Dieser Wert in {field} gehört zu „{title}“, einem anderen Datensatz. Eine Vorsilbe hält die Nummern zweier Listen auseinander; „Aktualisieren“ würde den anderen umbenennen.'),
  twice: w('This {field} stands in the file twice.', 'Dieser Wert in {field} steht zweimal in der Datei.'),
  unmapped: w('{field} must be filled in, and no column is mapped to it.', '{field} muss ausgefüllt sein, und keine Spalte ist zugeordnet.'),
  noField: w('There is no field “{field}” to import into.', 'Ein Feld „{field}“ zum Importieren gibt es nicht.'),
  doubled: w('Two columns are mapped to {field}.', 'Zwei Spalten sind {field} zugeordnet.'),
  notAll: w('{refused} of {rows} rows cannot be imported, so nothing was. The first one: row {row}, {column}: {message}', '{refused} von {rows} Zeilen lassen sich nicht importieren, also wurde nichts importiert. Die erste: Zeile {row}, {column}: {message}'),
  endless: w('{field}: {count} rows say {value}, with which other programs mean “no end”. It is kept empty.', '{field}: In {count} Zeilen steht {value}, womit andere Programme „kein Ende“ meinen. Es bleibt leer.'),
  undone: w('This import has been taken back already.', 'Dieser Import wurde schon zurückgenommen.'),
  used: w('{count} records of this import have been changed or used since, first {title}. The import cannot be taken back as a whole.', '{count} Datensätze dieses Imports wurden seitdem geändert oder benutzt, zuerst {title}. Der Import lässt sich nicht im Ganzen zurücknehmen.'),
};

const keyLabel = (of: Entity, language: Language): string => of.fields[of.keys![0]!]!.label[language];
const sampleRows = 5;
const keptProblems = 1000;

/** @throws Refused denied */
function guarded(ctx: Ctx, entity: string, level: 'read' | 'write'): Entity {
  const of = entityNamed(entity);
  if (!reaches(ctx.rights.access[of.area], level)) throw new Refused('denied', refusals.denied);
  // Users and roles carry passwords and rights, and others have rules of their own: they come to be one by one.
  if ((of.area === 'user' || of.ruled === true) && level === 'write') throw new Refused('denied', refusals.denied);
  return of;
}

/** What a file looks like: reading, columns with samples, and a mapping to start from. */
export function look(ctx: Ctx, input: { entity: string; source: string; reading?: Reading | undefined }, job: Job): Looked {
  const of = guarded(ctx, input.entity, 'read');
  const { reading, sheets, bytes } = fullReading(ctx, input.source, input.reading ?? {});
  let names: string[] = [];
  const samples: string[][] = [];
  eachRow(input.source, reading, (_row, cells) => {
    job.check();
    if (names.length === 0) names = cells;
    else samples.push(cells);
    return samples.length < sampleRows;
  });
  const kept = remembered(ctx, of, names);
  return { reading, sheets, bytes, columns: names.map((column, at) => ({ name: column, samples: samples.map((row) => (row[at] ?? '').slice(0, 200)) })), mapping: kept ?? guessMapping(of, names), remembered: kept !== null };
}

const signature = (columns: readonly string[]): string => JSON.stringify(columns);

function remembered(ctx: Ctx, of: Entity, columns: readonly string[]): Mapping | null {
  const found = first<{ mapping: string }>(ctx.db, sql`SELECT mapping FROM import_maps WHERE entity = ${of.name} AND columns = ${signature(columns)}`);
  return found ? (JSON.parse(found.mapping) as Mapping) : null;
}

/** Refuses a mapping with unknown, doubled or hidden fields, or without a required one. */
function checkMapping(ctx: Ctx, of: Entity, mapping: Mapping): void {
  const fields = Object.fromEntries(typed(of));
  const used = [...mapping.columns.filter((key) => key !== null), ...Object.keys(mapping.values ?? {})];
  for (const key of used) if (!Object.hasOwn(fields, key)) throw new Refused('invalid', words.noField, { field: key }, key);
  guardFields(of, ctx.rights, used);
  const twice = used.find((key, at) => used.indexOf(key) !== at);
  if (twice !== undefined) throw new Refused('invalid', words.doubled, { field: fields[twice]!.label[ctx.language] }, twice);
  for (const [key, field] of Object.entries(fields)) if (field.required && !used.includes(key)) throw new Refused('invalid', words.unmapped, { field: field.label[ctx.language] }, key);
}

/** What stands in the database already, found by the fields that recognise a record. Unique indexes leave empty values out, so queries say so too. */
function finder(ctx: Ctx, of: Entity, mapping: Mapping): ((values: AnyDraft) => { id: number; version: number; title: string } | null) | null {
  const keys = of.keys ?? [];
  const given = new Set([...mapping.columns, ...Object.keys(mapping.values ?? {})]);
  if (keys.length === 0 || !keys.every((key) => given.has(key))) return null;
  const found = ctx.db.prepare(`SELECT id, version, "${of.title}" AS title FROM "${of.table}" WHERE ${keys.map((key) => (of.fields[key]!.unique ? `"${key}" = ? AND "${key}" <> ''` : `"${key}" = ?`)).join(' AND ')} LIMIT 1`);
  return (values) => (isEmpty(values[keys[0]!]) ? null : ((found.get(...keys.map((key) => values[key])) as { id: number; version: number; title: string } | undefined) ?? null));
}

/** A day in the year 9999 where none is needed. */
const isEndless = (of: Entity, key: string, value: unknown): boolean => of.fields[key]!.kind === 'day' && !of.fields[key]!.required && typeof value === 'string' && value.startsWith('9999-');

interface Pass {
  readonly write: boolean;
  readonly importId: number;
}

/** One way through the file: the same checks whether it writes or not. */
function pass(ctx: Ctx, input: JobInput, job: Job, rooms: Readonly<Record<string, Room>>, how: Pass): { checked: Checked; columns: readonly string[]; mapping: Mapping; firstId: number | null; lastId: number | null } {
  const of = guarded(ctx, input.entity, 'write');
  const room = rooms[of.name]!;
  const { reading, bytes } = fullReading(ctx, input.source, input.reading ?? {});
  const bulk = openBulk(ctx, of, room.rules);
  const keys = of.keys ?? [];
  const required = typed(of).filter(([, field]) => field.required && field.kind !== 'flag');
  const cells = openReader(ctx, of, reading.day_order, reading.decimal_point, reading.format === 'xlsx');
  const known = input.known ?? 'skip';
  const total = Math.max(1, Math.round(bytes / 100));
  let columns: string[] = [];
  let mapping: Mapping = { columns: [] };
  let find: ReturnType<typeof finder> = null;
  let fixed: Readonly<Record<string, unknown>> = {};
  let targets: { at: number; key: string; prefix: string; isDay: boolean; read: (text: string) => unknown }[] = [];
  const counts = { rows: 0, create: 0, update: 0, same: 0, refused: 0, problems: 0 };
  const problems: RowProblem[] = [];
  const sample: Record<string, unknown>[] = [];
  const seenKeys = new Set<string>();
  // In a table that was empty there is nothing to find, but the numbers that this import draws.
  let untouched = first(ctx.db, sql`SELECT 1 FROM ${name(of.table)} LIMIT 1`) === undefined;
  const endless = new Map<string, { count: number; readonly row: number; readonly column: string; readonly value: string }>();
  // Rows may name others of the same file, before or after them: what is not there yet is looked for at the end.
  let joining: Joining | null = null;
  let treeAt = -1;
  const refuse = (row: number, column: string, value: string, message: string): void => {
    counts.problems += 1;
    if (problems.length < keptProblems) problems.push({ row, column, value: value.slice(0, 200), message });
  };

  function start(names: string[]): void {
    columns = names;
    mapping = input.mapping ?? remembered(ctx, of, names) ?? guessMapping(of, names);
    checkMapping(ctx, of, mapping);
    find = finder(ctx, of, mapping);
    targets = mapping.columns.flatMap((key, at) => (key === null ? [] : [{ at, key, prefix: mapping.prefixes?.[key] ?? '', isDay: of.fields[key]!.kind === 'day', read: cells.column(key) }]));
    treeAt = of.tree === undefined ? -1 : mapping.columns.indexOf(of.tree);
    if (targets.some(({ key }) => of.fields[key]!.to === of.name) && !keys.some((key) => of.fields[key]!.derived)) joining = openJoining(ctx, of, { write: how.write, lost, renew });
    fixed = Object.fromEntries(Object.entries(mapping.values ?? {}).map(([key, value]) => [key, typeof value === 'string' ? cells.column(key)(value) : cells.value(key, value)]));
  }

  function row(number: number, texts: string[]): void {
    counts.rows += 1;
    const values: Record<string, unknown> = { ...fixed };
    const unread: string[] = [];
    const later: Cell[] = [];
    for (const { at, key, prefix, isDay, read } of targets) {
      const bare = (texts[at] ?? '').trim();
      if (bare === '') continue;
      const text = prefix + bare;
      try {
        const value = read(text);
        const target = joining && of.fields[key]!.to === of.name ? joining.waiting(value) : undefined;
        if (target) later.push({ key, text, column: columns[at]!, message: '', several: false, target });
        else if (!isDay || !isEndless(of, key, value)) values[key] = value;
        else {
          values[key] = '';
          const told = endless.get(key) ?? { count: 0, row: number, column: columns[at]!, value: text };
          endless.set(key, told);
          told.count += 1;
        }
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const message = say(error.words, ctx.language, error.params);
        if (joining && of.fields[key]!.to === of.name) later.push({ key, text, column: columns[at]!, message, several: isSeveral(error) });
        else {
          refuse(number, columns[at]!, text, message);
          unread.push(key);
        }
      }
    }
    for (const [key, field] of required) {
      if (!isEmpty(values[key]) || unread.includes(key)) continue;
      refuse(number, columns[mapping.columns.indexOf(key)] ?? key, '', say(words.required, ctx.language, { field: field.label[ctx.language] }));
      unread.push(key);
    }
    if (unread.length > 0 || !place(number, values, later, texts)) counts.refused += 1;
  }

  /** What joining needs to know of a good row. */
  const member = (number: number, id: number, isKnown: boolean, values: Record<string, unknown>, waits: readonly Cell[], texts: readonly string[]): Member => ({
    row: number, id, known: isKnown, values, cells: waits, place: { column: columns[treeAt] ?? of.tree ?? '', text: texts[treeAt] ?? '' },
  });

  function lost({ row: at, known: isKnown }: Member, column: string, text: string, message: string): void {
    if (!isKnown) counts.create -= 1;
    counts.refused += 1;
    refuse(at, column, text, message);
  }

  function refuseFor(number: number, values: Readonly<Record<string, unknown>>, error: unknown): false {
    if (!(error instanceof Refused)) throw error;
    const column = columns[mapping.columns.indexOf(error.field ?? '')] ?? error.field ?? '';
    refuse(number, column, textAt(values, error.field ?? ''), say(error.words, ctx.language, error.params));
    return false;
  }

  function place(number: number, values: Record<string, unknown>, later: readonly Cell[], texts: readonly string[]): boolean {
    const keyField = of.fields[keys[0] ?? ''];
    if (find && keys.length > 0 && !isEmpty(values[keys[0]!])) {
      const own = keys.length === 1 ? keyText(values[keys[0]!]) : keys.map((key) => keyText(values[key])).join('\n');
      if (seenKeys.has(own)) {
        refuse(number, keys[0]!, String(values[keys[0]!]), say(words.twice, ctx.language, { field: keyField!.label[ctx.language] }));
        return false;
      }
      seenKeys.add(own);
    }
    if (of.numbered && isEmpty(values[of.numbered.field])) untouched = false;
    const present = untouched ? null : (find?.(values) ?? null);
    const vouched = find && keys.length === 1 ? keys : [];
    try {
      if (present && known === 'refuse') {
        refuse(number, keys[0]!, String(values[keys[0]!]), say(words.knownAlready, ctx.language, { field: keyField!.label[ctx.language], title: present.title }));
        return false;
      }
      if (present && known === 'skip') {
        guardSame(of, room, present.title, values);
        counts.same += 1;
        return true;
      }
      if (present) return refresh(number, present.id, values, later, texts);
      let id = -number;
      if (how.write) id = bulk.add(values, vouched);
      else {
        const completed = bulk.probe(values, vouched);
        if (sample.length < sampleRows) sample.push(completed);
      }
      counts.create += 1;
      if (joining) joining[later.length > 0 ? 'wait' : 'named'](member(number, id, false, values, later, texts));
      return true;
    } catch (error) {
      return refuseFor(number, values, error);
    }
  }

  /** A number that belongs to somebody else is no reason to leave a row out without a word. */
  function guardSame(kind: Entity, by: Room, title: string, values: Record<string, unknown>): void {
    const own = (by.rules.complete?.(ctx, values, null) ?? values)[kind.title];
    if (isEmpty(own) || typeof own !== 'string' || fold(own) === fold(title)) return;
    throw new Refused('invalid', words.another, { field: keyLabel(kind, ctx.language), title }, kind.keys![0]);
  }

  function refresh(number: number, id: number, values: Record<string, unknown>, later: readonly Cell[], texts: readonly string[]): boolean {
    const before = whole(ctx, of, id);
    if (!joining) return change(before, values, values);
    const moves = of.tree !== undefined && of.tree in values && values[of.tree] !== before[of.tree];
    if (later.length > 0 || moves) joining.wait(member(number, id, true, values, later, texts));
    else if (change(before, values, values)) joining.named(member(number, id, true, values, later, texts));
    return true;
  }

  /** Known records that waited: all of their row is written, or nothing. */
  function renew({ row: number, id, values }: Member, links: Readonly<Record<string, number>>): boolean {
    try {
      return change(whole(ctx, of, id), { ...values, ...links }, values);
    } catch (error) {
      counts.refused += 1;
      return refuseFor(number, values, error);
    }
  }

  /** `checkable` is what rules look at in a dry run: links to records that are not there yet are left out of it. */
  function change(before: AnyRow, values: Readonly<Record<string, unknown>>, checkable: Readonly<Record<string, unknown>>): true {
    const changed = Object.keys(values).filter((key) => JSON.stringify(values[key]) !== JSON.stringify(before[key]));
    if (changed.length === 0) {
      counts.same += 1;
      return true;
    }
    if (how.write) {
      bulk.pour();
      const written = update(ctx, of, before.id, before.version, Object.fromEntries(changed.map((key) => [key, values[key]])), room.rules);
      if (written.version !== before.version) runSql(ctx.db, sql`INSERT INTO import_updates (import_id, record_id, version, before) VALUES (${how.importId}, ${before.id}, ${written.version}, ${JSON.stringify(before)})`);
    } else room.rules.complete?.(ctx, checkable, before);
    counts.update += 1;
    return true;
  }

  function settle(): void {
    if (how.write && joining) bulk.pour();
    joining?.settle(job);
  }
  const clear = (): void => joining?.clear();

  const unreadable = eachRow(input.source, reading, (number, texts) => {
    if (counts.rows % 500 === 0) job.check();
    job.progress(Math.min(total, counts.rows), Math.max(total, counts.rows));
    if (columns.length === 0) start(texts);
    else row(number, texts);
  });
  for (const problem of unreadable) {
    if (problem.warning !== true) {
      counts.rows += 1;
      counts.refused += 1;
    }
    refuse(problem.row, '', '', say(problem.words, ctx.language, problem.params));
  }
  settle();
  // Said once a column: nothing is refused for it, but nothing is changed without a word either.
  for (const [key, { row: at, column, value, count }] of endless) refuse(at, column, value, say(words.endless, ctx.language, { field: of.fields[key]!.label[ctx.language], count, value }));
  const { first: firstId, last: lastId } = how.write ? bulk.finish('imported', basename(input.source), { import: how.importId }) : { first: null, last: null };
  clear();
  const checked: Checked = { rows: counts.rows, good: counts.rows - counts.refused, create: counts.create, update: counts.update, same: counts.same, refused: counts.refused, problems, problem_count: counts.problems, sample, import_id: how.write ? how.importId : null };
  return { checked, columns, mapping, firstId, lastId };
}

/** Dry run. Nothing is written. */
export function check(ctx: Ctx, input: JobInput, job: Job, rooms: Readonly<Record<string, Room>>): Checked {
  return pass(ctx, input, job, rooms, { write: false, importId: 0 }).checked;
}

/** The import, inside one transaction that the caller holds. @throws Refused when rows are wrong and `partial` was not asked for */
export function run(ctx: Ctx, input: JobInput & { readonly partial?: boolean | undefined }, job: Job, rooms: Readonly<Record<string, Room>>): Checked {
  const { id } = runSql(ctx.db, sql`INSERT INTO imports (entity, file_name, at, user_id, created, updated, refused) VALUES (${input.entity}, ${basename(input.source)}, ${ctx.now}, ${ctx.user?.id ?? null}, 0, 0, 0)`);
  const { checked, columns, mapping, firstId, lastId } = pass(ctx, input, job, rooms, { write: true, importId: id });
  if (checked.refused > 0 && input.partial !== true) {
    const { row, column, message } = checked.problems[0]!;
    throw new Refused('invalid', words.notAll, { refused: checked.refused, rows: checked.rows, row, column, message });
  }
  runSql(ctx.db, sql`UPDATE imports SET created = ${checked.create}, updated = ${checked.update}, refused = ${checked.refused}, first_id = ${firstId}, last_id = ${lastId} WHERE id = ${id}`);
  runSql(ctx.db, sql`INSERT INTO import_maps (entity, columns, mapping) VALUES (${input.entity}, ${signature(columns)}, ${JSON.stringify(mapping)}) ON CONFLICT (entity, columns) DO UPDATE SET mapping = excluded.mapping`);
  job.check();
  return checked;
}

/** Imports that were made, newest first, of kinds the user may read. */
export function history(ctx: Ctx): readonly ImportRun[] {
  return all<ImportRun>(
    ctx.db,
    sql`SELECT i.id, i.entity, i.file_name, i.at, ifnull(u.name, '') AS "by", i.created, i.updated, i.refused, i.undone_at FROM imports i LEFT JOIN users u ON u.id = i.user_id ORDER BY i.id DESC LIMIT 1000`,
  ).filter((one) => reaches(ctx.rights.access[entityNamed(one.entity).area], 'read'));
}

interface Stored {
  readonly entity: string;
  readonly file_name: string;
  readonly first_id: number | null;
  readonly last_id: number | null;
  readonly undone_at: number | null;
}

/** Takes an import back: what it created goes, what it changed gets its old values. @throws Refused when any of it was used since */
export function undo(ctx: Ctx, input: { id: number }, job: Job, rooms: Readonly<Record<string, Room>>): { removed: number; put_back: number } {
  const stored = first<Stored>(ctx.db, sql`SELECT entity, file_name, first_id, last_id, undone_at FROM imports WHERE id = ${input.id}`);
  if (!stored) throw new Refused('missing', refusals.missing, { what: 'Import', id: input.id });
  if (stored.undone_at !== null) throw new Refused('invalid', words.undone);
  const of = guarded(ctx, stored.entity, 'write');
  const [from, to] = [stored.first_id ?? 0, stored.last_id ?? -1];
  const touched = all<{ title: string }>(
    ctx.db,
    sql`SELECT ${name(of.title)} AS title FROM ${name(of.table)} t WHERE id BETWEEN ${from} AND ${to} AND (version > 1
        OR EXISTS (SELECT 1 FROM notes n WHERE n.entity = ${of.name} AND n.record_id = t.id AND n.removed = 0)
        OR EXISTS (SELECT 1 FROM links l WHERE (l.from_entity = ${of.name} AND l.from_id = t.id) OR (l.to_entity = ${of.name} AND l.to_id = t.id)))`,
  );
  const updates = all<{ record_id: number; version: number; before: string }>(ctx.db, sql`SELECT record_id, version, before FROM import_updates WHERE import_id = ${input.id} ORDER BY record_id`);
  const stale = updates.filter((one) => first<{ version: number }>(ctx.db, sql`SELECT version FROM ${name(of.table)} WHERE id = ${one.record_id}`)?.version !== one.version);
  if (touched.length + stale.length > 0) throw new Refused('conflict', words.used, { count: touched.length + stale.length, title: touched[0]?.title ?? `${of.label[ctx.language]} ${stale[0]!.record_id}` });
  const old = new Map(updates.map((one) => [one.record_id, { version: one.version, row: JSON.parse(one.before) as AnyRow }]));
  const oldParent = (id: number): number | null => {
    const parent = of.tree === undefined ? null : old.get(id)?.row[of.tree];
    return parent === undefined ? storedParent(ctx, of, id) : typeof parent === 'number' ? parent : null;
  };
  for (const id of topDown(old.keys(), oldParent)) {
    const { version, row: before } = old.get(id)!;
    const now = whole(ctx, of, id);
    // Only what differs: a role may take back what it may not see, as long as the import did not touch that.
    const differs = Object.keys(of.fields).filter((key) => JSON.stringify(now[key]) !== JSON.stringify(before[key]));
    update(ctx, of, id, version, Object.fromEntries(differs.map((key) => [key, before[key]])), { ...rooms[of.name]!.rules, complete: (_ctx, values) => values });
  }
  for (let id = from, done = 0; id <= to; id += 1, done += 1) {
    if (done % 1000 === 0) job.check();
    job.progress(done, to - from + 1);
    if (of.search.length > 0) unindexRecord(ctx.db, of.name, id);
  }
  let removed = 0;
  try {
    removed = runSql(ctx.db, sql`DELETE FROM ${name(of.table)} WHERE id BETWEEN ${from} AND ${to}`).changes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || error.code === 'SQLITE_CONSTRAINT_TRIGGER')) throw new Refused('conflict', words.used, { count: 1, title: stored.file_name });
    throw error;
  }
  runSql(ctx.db, sql`UPDATE imports SET undone_at = ${ctx.now} WHERE id = ${input.id}`);
  append(ctx, { action: 'import_undone', entity: of.name, id: stored.first_id, ...(stored.last_id === null ? {} : { lastId: stored.last_id }), title: stored.file_name, changes: { import: input.id, count: removed } });
  return { removed, put_back: updates.length };
}

