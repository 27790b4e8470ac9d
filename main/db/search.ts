import type { Found, Hit } from '#contract/company/search.ts';
import type { Connection } from './open.ts';
import { gather as gatherRows } from './rows.ts';
import { prepared } from './sql.ts';
import { marker, snippet } from './snippet.ts';
import { type Vocabulary, vocabulary } from './spelling.ts';
import { fold, type How, indexed, isJoined, isShort, isTitle, isUnsettled, letters, query, reader, spelt, type Wish, wish, wishes } from './words.ts';

/** Finding records by words. Choices and figures: docs/decisions/search.md. */

export interface Indexable {
  readonly entity: string;
  readonly id: number;
  readonly title: string;
  readonly subtitle: string;
  readonly body: string;
  readonly archived: boolean;
}

/** A row's number is shelf * span + id; a shelf is the number of an entity, above `live` unless archived. */
const span = 2 ** 32;
const live = 1024;

const texts = {
  number: 'SELECT no FROM search_entities WHERE name = ?',
  newNumber: 'INSERT INTO search_entities (name) VALUES (?) RETURNING no',
  entities: 'SELECT no, name FROM search_entities',
  remove: 'DELETE FROM search_records WHERE id = ?',
  unword: 'DELETE FROM search_index WHERE rowid = ?',
  into: 'INSERT INTO search_records (id, title, subtitle, body)',
  add: 'INSERT INTO search_records (id, title, subtitle, body) VALUES (?, ?, ?, ?)',
  word: 'INSERT INTO search_index (rowid, words) VALUES (?, ?)',
  manyWords: 'INSERT INTO search_index (rowid, words) SELECT ? + key, value FROM json_each(?) WHERE value IS NOT NULL',
  learn: 'INSERT OR IGNORE INTO search_words (word) SELECT value FROM json_each(?)',
  known: 'SELECT id, word FROM search_words WHERE id > ? ORDER BY id',
  match: 'SELECT rowid AS id FROM search_index WHERE search_index MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC',
  count: 'SELECT count(*) AS n FROM search_index WHERE search_index MATCH ?',
  record: 'SELECT title, subtitle, substr(body, 1, 30000) AS body, length(body) > 30000 AS longer FROM search_records WHERE id = ?',
  body: 'SELECT body FROM search_records WHERE id = ?',
} as const;

function entityNumber(db: Connection, entity: string): number {
  const row = prepared(db, texts.number).get(entity) ?? prepared(db, texts.newNumber).get(entity);
  return (row as { no: number }).no;
}

/** SQL functions end a text at a zero character. */
const unbroken = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', ' ') : text);

const place = (no: number, archived: boolean, id: number): number => (no + (archived ? 0 : live)) * span + id;

function remove(db: Connection, no: number, id: number): void {
  for (const at of [place(no, false, id), place(no, true, id)]) {
    if (prepared(db, texts.remove).run(at).changes > 0) prepared(db, texts.unword).run(at);
  }
}

/** Makes a record findable, or findable as it is now. Part of the transaction that writes the record. */
export function indexRecord(db: Connection, record: Indexable): void {
  const no = entityNumber(db, record.entity);
  remove(db, no, record.id);
  const words = indexed(record.title, `${record.subtitle}\n${record.body}`);
  const at = place(no, record.archived, record.id);
  prepared(db, texts.add).run(at, record.title, record.subtitle, unbroken(record.body));
  prepared(db, texts.word).run(at, words.words);
  if (words.plain.length > 0) prepared(db, texts.learn).run(JSON.stringify([...new Set(words.plain)]));
}

/** Takes a record out of search. Part of the transaction that removes the record. */
export function unindexRecord(db: Connection, entity: string, id: number): void {
  remove(db, entityNumber(db, entity), id);
}

/** Indexing of many records. `finish` belongs before the end of every transaction: until then some cannot be found. After one that was undone, take a new one. */
export interface Bulk {
  /** A record that search does not hold yet: it spares looking for an old one. */
  readonly add: (record: Indexable) => void;
  /** A record that search may hold. */
  readonly put: (record: Indexable) => void;
  /** Writes what has waited: records out of order, and the words that were new. */
  readonly finish: () => void;
}

/** Characters of words that wait before they are written. FTS5 merges a little with every writing: after fewer and larger ones a later single write would merge it all. */
const mostWaiting = 100_000;
/** So many numbers in a row may be missing among rows that are written together. */
const mostMissing = 100;

/** `indexRecord` for imports: statements, numbers and known words are at hand, so a record costs one row and its words. */
export function bulkIndex(db: Connection): Bulk {
  const numbers = new Map<string, number>();
  const known = new Set((db.prepare(texts.known).all(0) as { word: string }[]).map((row) => row.word));
  let fresh: string[] = [];
  // FTS5 writes out what it holds whenever a row number goes down (as archived rows make it): those wait, and go in in order.
  const later = new Map<number, string>();
  let highest = 0;
  // The words of row `from` and of those after it: one statement for many rows, as a third of the cost of a row is the statement.
  let waiting: (string | null)[] = [];
  let [from, weight] = [0, 0];
  const [rows, manyWords, learn] = [gatherRows(db, texts.into, '(?, ?, ?, ?)'), db.prepare(texts.manyWords), db.prepare(texts.learn)];
  const pour = (): void => {
    rows.pour();
    if (waiting.length > 0) manyWords.run(from, JSON.stringify(waiting));
    [waiting, weight] = [[], 0];
  };
  const wait = (at: number, words: string): void => {
    if (weight > mostWaiting || at - from > waiting.length + mostMissing) pour();
    if (waiting.length === 0) from = at;
    while (waiting.length < at - from) waiting.push(null);
    waiting.push(words);
    weight += words.length;
  };
  const numberOf = (entity: string): number => {
    let no = numbers.get(entity);
    if (no === undefined) numbers.set(entity, (no = entityNumber(db, entity)));
    return no;
  };
  const add = (record: Indexable): void => {
    const at = place(numberOf(record.entity), record.archived, record.id);
    const words = indexed(record.title, `${record.subtitle}\n${record.body}`);
    rows.add([at, record.title, record.subtitle, unbroken(record.body)]);
    if (at > highest) {
      wait(at, words.words);
      highest = at;
    } else later.set(at, words.words);
    for (const plain of words.plain) {
      if (known.has(plain)) continue;
      known.add(plain);
      fresh.push(plain);
    }
  };
  return {
    add,
    put: (record) => {
      pour();
      const no = numberOf(record.entity);
      later.delete(place(no, false, record.id));
      later.delete(place(no, true, record.id));
      remove(db, no, record.id);
      add(record);
    },
    finish: () => {
      pour();
      for (const [at, words] of [...later].sort(([a], [b]) => a - b)) wait(at, words);
      pour();
      later.clear();
      highest = 0;
      if (fresh.length > 0) learn.run(JSON.stringify(fresh));
      fresh = [];
    },
  };
}

const learnt = new WeakMap<Connection, { words: Vocabulary; last: number }>();

/** The vocabulary, brought up to date. Words only ever come, so reading on from the last one is enough. */
function vocabularyOf(db: Connection): Vocabulary {
  let held = learnt.get(db);
  // What a transaction of this connection has written may yet be undone, and its numbers given to other words.
  if (db.inTransaction && !db.readonly) {
    if (held) return held.words;
    held = { words: vocabulary(), last: 0 };
  } else if (!held) learnt.set(db, (held = { words: vocabulary(), last: 0 }));
  for (const row of prepared(db, texts.known).all(held.last) as { id: number; word: string }[]) {
    held.words.add(row.word);
    held.last = row.id;
  }
  return held.words;
}

/** Reads the vocabulary before the first misspelt word does. For the worker, when it has nothing else to do. */
export const warm = (db: Connection): number => vocabularyOf(db).size();

export interface Asked {
  readonly text: string;
  /** Names of all entities whose records may come out. */
  readonly entities: readonly string[];
  /** Only this one of them. */
  readonly entity?: string | undefined;
  readonly limit: number;
}

/** What one search works on: the shelves it may look at, highest first, and what it has found. */
interface Quest {
  readonly db: Connection;
  readonly shelves: readonly number[];
  readonly names: ReadonlyMap<number, string>;
  readonly limit: number;
  /** Tier and order of every row found: title equal, title beginning, words of the title, whole words, beginnings; then the same corrected. */
  readonly found: Map<number, { tier: number; turn: number }>;
}

/**
 * Finds records by the beginnings of words, in spite of typing errors, live ones before archived ones.
 * Rows of other entities than `entities` are passed over before anything is counted, ranked or corrected.
 */
export function search(db: Connection, asked: Asked): Found {
  const list = wishes(asked.text);
  const quest = questOf(db, asked);
  if (list.length === 0 || quest.shelves.length === 0) return { hits: [], corrected: {} };
  gather(quest, list, 'only', 0, list.length > 1 || isJoined(list) ? (id) => isTitle((prepared(db, texts.record).get(id) as Kept).title, asked.text) : undefined);
  if (!enough(quest)) gather(quest, list, 'title', 1);
  const corrected: Record<string, string> = {};
  let shown = list;
  if (!enough(quest)) {
    byWords(quest, list, 2);
    const better = quest.found.size <= few ? correct(quest, list) : null;
    if (better) {
      const have = quest.found.size;
      byWords(quest, better, 6);
      if (quest.found.size > have) {
        list.forEach((one, at) => better[at] !== one && Object.defineProperty(corrected, one.typed, { value: better[at]!.typed, enumerable: true }));
        shown = [...list, ...better];
      }
    }
  }
  return { hits: hitsOf(quest, shown), corrected };
}

function questOf(db: Connection, asked: Asked): Quest {
  const allowed = new Set(asked.entity === undefined ? asked.entities : asked.entities.filter((entity) => entity === asked.entity));
  const numbers = (prepared(db, texts.entities).all() as { no: number; name: string }[]).filter((row) => allowed.has(row.name));
  const shelves = numbers.flatMap(({ no }) => [no, no + live]).sort((a, b) => b - a);
  return { db, shelves, names: new Map(numbers.map(({ no, name }) => [no, name])), limit: asked.limit, found: new Map() };
}

const shelfOf = (id: number): number => Math.floor(id / span);
const isLive = (id: number): boolean => id >= live * span;

function enough(quest: Quest): boolean {
  let count = 0;
  for (const id of quest.found.keys()) if (isLive(id)) count += 1;
  return count >= quest.limit;
}

/** From narrow to wide, until there is enough: the wide queries read long lists. */
function byWords(quest: Quest, list: readonly Wish[], tier: number): void {
  gather(quest, list, 'inTitle', tier);
  if (enough(quest)) return;
  gather(quest, list, 'whole', tier + 1);
  if (enough(quest)) return;
  // What was found whole is what a code or an address means; its longer namesakes would cost a long list.
  if (quest.found.size > 0 && list.every((one) => one.parts.some((part) => part.length > 1))) return;
  const longest = Math.min(4, Math.max(...list.map(letters)));
  const index = longest < 4 ? [list.find((one) => letters(one) === longest)!] : list.filter((one) => letters(one) > 3);
  const look = list.filter((one) => !index.includes(one));
  if (look.length > 0) {
    // Beginnings of three letters and fewer have long lists: the other words are looked up, and what they find is looked at.
    gather(quest, index, longest < 3 ? 'title' : 'whole', tier + 2, looking(quest, look));
    if (enough(quest)) return;
  }
  if (longest < 3 && quest.found.size > 0) return;
  const unsettled = [...look, ...index.filter(isUnsettled)];
  gather(quest, index, 'begin', tier + 3, unsettled.length > 0 ? looking(quest, unsettled) : undefined);
  if (quest.found.size > 0) return;
  const long = list.filter((one) => !isShort(one));
  if (long.length > index.length) gather(quest, long, 'begin', tier + 3, looking(quest, list.filter((one) => isShort(one) || isUnsettled(one))));
  if (quest.found.size === 0 && isJoined(list)) gather(quest, list, 'loose', tier + 3);
}

/** Looks into a record for the beginnings of words. */
const looking = (quest: Quest, list: readonly Wish[]) => (id: number): boolean => {
  const row = prepared(quest.db, texts.record).get(id) as Kept;
  return list.every(reader(`${row.title}\n${row.subtitle}\n${row.body}`));
};

/** Rows stepped over before a query starts again below them. Beginnings in texts start slowly: every word's list is merged first. */
const mostPassedOver = { rare: 60, begin: 2000 };
const mostLookedAt = 1000;

/**
 * Rows that match, newest first, at most `limit` of every shelf. Rows of full or forbidden shelves are stepped over;
 * when there are many the query starts again below them. Only rows that `passes` are taken, if it is given.
 */
function gather(quest: Quest, list: readonly Wish[], how: How, tier: number, passes?: (id: number) => boolean): number {
  const match = query(list, how);
  const most = how === 'begin' ? mostPassedOver.begin : mostPassedOver.rare;
  const taken = new Map(quest.shelves.map((shelf) => [shelf, 0]));
  const statement = prepared(quest.db, texts.match).pluck();
  const bottom = quest.shelves.at(-1)! * span;
  let top: number | null = (quest.shelves[0]! + 1) * span - 1;
  let looks = 0;
  let count = 0;
  while (top !== null) {
    let passed = 0;
    let next: number | null = null;
    for (const id of statement.iterate(match, bottom, top) as IterableIterator<number>) {
      if (!isLive(id) && enough(quest)) return count;
      const shelf = shelfOf(id);
      const turn = taken.get(shelf) ?? Infinity;
      if (turn >= quest.limit) {
        if (most === mostPassedOver.begin && enough(quest)) return count;
        if (++passed < most) continue;
        const below = quest.shelves.find((other) => other < shelf && taken.get(other)! < quest.limit);
        next = below === undefined ? null : (below + 1) * span - 1;
        break;
      }
      if (passes) {
        if (++looks > mostLookedAt) return count;
        if (!passes(id)) continue;
      }
      taken.set(shelf, turn + 1);
      count += 1;
      if (!quest.found.has(id)) quest.found.set(id, { tier, turn });
    }
    top = next;
  }
  return count;
}

/** So few hits that another spelling is offered beside them, if that one is common. */
const few = 2;
const common = 20;
const mostTried = { whole: 200, begin: 20 };

/** The wishes with misspelt words replaced by known ones, when that finds something (that the user may see). */
function correct(quest: Quest, list: readonly Wish[]): Wish[] | null {
  const suspects = list.filter((one) => spelt(one) !== null);
  if (suspects.length === 0) return null;
  const some = quest.found.size > 0;
  const unknown = some ? [] : suspects.filter((one) => probe(quest, [one], 'whole', 1) + probe(quest, [one], 'begin', 1) === 0);
  // Every word that nothing is spelt like has to be read otherwise. If there is none, one word may be another's misspelling.
  let better = list.slice();
  for (const one of unknown) {
    // Words still to be corrected do not judge this one.
    const others = better.filter((other) => other !== one && !unknown.includes(other));
    // The others may be half typed; beginnings of three letters and fewer would cost a long list, and are judged afterwards.
    const long = others.filter((other) => letters(other) > 3);
    const choice = nearest(quest, one, others, false) ?? (long.length > 0 ? nearest(quest, one, long, false, 'begin') : null);
    if (!choice) return null;
    better = better.map((other) => (other === one ? choice : other));
  }
  if (unknown.length > 0) return better;
  for (const one of suspects) {
    const choice = nearest(quest, one, list.filter((other) => other !== one), some);
    if (choice) return list.map((other) => (other === one ? choice : other));
  }
  return null;
}

/** The known word nearest to a typed one that stands together with the others; of equally near ones the most frequent. */
function nearest(quest: Quest, one: Wish, others: readonly Wish[], onlyCommon: boolean, how: 'whole' | 'begin' = 'whole'): Wish | null {
  let choice: Wish | null = null;
  let count = onlyCommon ? common - 1 : 0;
  let apart = Infinity;
  let tried = 0;
  for (const near of vocabularyOf(quest.db).near(spelt(one)!)) {
    if (near.distance > apart || (onlyCommon && near.distance > 1) || ++tried > mostTried[how]) break;
    const other = wish(near.word);
    const found = probe(quest, [...others, other], how, common);
    if (found <= count) continue;
    choice = other;
    count = found;
    apart = near.distance;
    if (found >= common) break;
  }
  return choice;
}

const probe = (quest: Quest, list: readonly Wish[], how: How, most: number): number => gather({ ...quest, limit: most, found: new Map() }, list, how, 0);

interface Kept {
  readonly title: string;
  readonly subtitle: string;
  readonly body: string;
  readonly longer: number;
}

/** Texts beyond their beginning are read whole for the snippets of this many hits only. */
const mostWhole = 20;

function hitsOf(quest: Quest, list: readonly Wish[]): Hit[] {
  const order = [...quest.found].sort(([a, x], [b, y]) => Number(isLive(b)) - Number(isLive(a)) || x.tier - y.tier || x.turn - y.turn || b - a);
  const by = marker(list);
  let whole = 0;
  return order.slice(0, quest.limit).map(([id]) => {
    const row = prepared(quest.db, texts.record).get(id) as Kept;
    let piece = snippet(row.body, by);
    if (!piece.hit && row.longer && whole++ < mostWhole) {
      const further = snippet((prepared(quest.db, texts.body).get(id) as { body: string }).body, by);
      if (further.hit) piece = further;
    }
    return { entity: quest.names.get(shelfOf(id) % live)!, id: id % span, title: row.title, subtitle: row.subtitle, snippet: piece.text, archived: !isLive(id) };
  });
}

/**
 * How many records hold the words exactly: all of them, any of them, side by side, or words that begin like them. Over all records,
 * whoever may see them: for checks, never for a reply.
 */
export function countMatches(db: Connection, text: string, how: 'all' | 'any' | 'phrase' | 'prefix' = 'all'): number {
  const words = fold(text).split(' ').filter(Boolean);
  if (words.length === 0) return 0;
  const star = how === 'prefix' ? '*' : '';
  const match = how === 'phrase' ? `"${words.join(' ')}"` : words.map((word) => `"${word}"${star}`).join(how === 'any' ? ' OR ' : ' AND ');
  return (prepared(db, texts.count).get(match) as { n: number }).n;
}
