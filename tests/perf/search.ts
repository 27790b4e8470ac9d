import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { apply } from '../../main/db/migrate.ts';
import { type Connection, openDatabase, transaction } from '../../main/db/open.ts';
import { bulkIndex, type Indexable, indexRecord, search, warm } from '../../main/db/search.ts';
import { corpus } from '../helpers/corpora.ts';

/** How fast records become findable and are found: 300,000 parties and 50,000 document texts, beside a plain scan with LIKE. */

export interface SearchFigures {
  /** CPU microseconds a record, all of indexing, in bulk. */
  readonly partyUs: number;
  readonly documentUs: number;
  /** Milliseconds of one record written alone, worst of 200. */
  readonly worstSingleMs: number;
  readonly megabytes: number;
  readonly warmMs: number;
  /** Milliseconds a search: wall clock, and CPU, which a busy machine leaves alone. */
  readonly p50: number;
  readonly p95: number;
  readonly cpuP95: number;
  readonly worst: { readonly text: string; readonly ms: number };
  /** Median of the LIKE scan over the same texts, and how many times the median search is faster. */
  readonly likeMs: number;
  readonly ratio: number;
}

/** Mixed as people type: names, one letter, rare, common, two common words, codes, numbers, misspelt. */
export const queries: readonly string[] = [
  'Anna Berger', 'anna', 'mueller stein', 'Käthe', 'eva fried', 'Bergerhoff Anna', 'a', 'b', 'q', 'x', 'be', 'in di', 'anna b', 'müller b',
  'qzxneedlea', 'qzxneedlec', 'divorces', 'mimetic', 'prefixqz', 'insecticide', 'disport', 'con', 'dispo', 'wald',
  'insecticide disport', 'chastises mimetic', 'sheathing overseers', 'con int', 'wald mann', 'quarterly widget reconciliation',
  'P-00012', 'p00777', '030 0074321', '0300074321', '+49 30 0074321', 'eva.friedsig778@example.com', 'steinhof@', 'anna.berger',
  'insectcide', 'mimetik', 'jumpsiut', 'disprot insecticdie', 'anna bergr', 'Kethe Bergerman', 'kethe bergerm', 'xqzzzv', 'sigsig herfeld',
];

const firstNames = 'Anna Max Jörg Müller Sophie Paul Käthe Ben Lea Tom Ida Jan Eva Uwe Zoë Karl Nina Otto Ute Kai'.split(' ');
const syllables = 'ber ger man stein hof wald mann er ling bach feld see dorf tal rich hard mut fried her sig'.split(' ');

/** Repeatable numbers in [0, 1): "mulberry32" (T. Ettinger, public domain). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Invented people: name, number, telephone, e-mail, city. */
export function parties(count: number): Indexable[] {
  const roll = dice(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!;
  const surname = (): string => {
    const joined = Array.from({ length: 2 + Math.floor(roll() * 2) }, () => pick(syllables)).join('');
    return joined[0]!.toUpperCase() + joined.slice(1);
  };
  const cities = Array.from({ length: 300 }, surname);
  return Array.from({ length: count }, (_, at) => {
    const [first, last] = [pick(firstNames), surname()];
    const phone = `030-${String(Math.floor(roll() * 1e7)).padStart(7, '0')}`;
    return {
      entity: 'party', id: at + 1, title: `${first} ${last}`, subtitle: `P-${String(at + 1).padStart(5, '0')}`,
      body: `${phone}\n${first.toLowerCase()}.${last.toLowerCase()}${at + 1}@example.com\n${pick(cities)}`, archived: at % 50 === 0,
    };
  });
}

/** Generated texts of about 1.5 kB. @throws Error when the generator or Python is not there */
function documents(count: number, folder: string): Indexable[] {
  const csv = join(folder, 'docs.csv');
  if (!existsSync(corpus('gen/gen_docs.py'))) throw new Error('the document generator is not there: set BUREAU_CORPORA');
  const made = spawnSync('python3', [corpus('gen/gen_docs.py'), String(count), csv, corpus('fts/american-english.txt')], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`the document generator failed: ${made.error?.message ?? made.stderr}`);
  const rows = Papa.parse(readFileSync(csv, 'utf8'), { skipEmptyLines: true }).data as string[][];
  return rows.slice(1).map(([id, title, category, , body]) => ({ entity: 'document', id: Number(id), title: title!, subtitle: category!, body: body!, archived: false }));
}

const cpuUs = (since: NodeJS.CpuUsage): number => {
  const used = process.cpuUsage(since);
  return used.user + used.system;
};
const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
const ascending = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);

function fill(db: Connection, records: readonly Indexable[], chunk: number): number {
  const bulk = bulkIndex(db);
  const start = process.cpuUsage();
  for (let from = 0; from < records.length; from += chunk) {
    transaction(db, () => {
      for (const record of records.slice(from, from + chunk)) bulk.add(record);
      bulk.finish();
    });
  }
  return cpuUs(start) / records.length;
}

/** The scan that search is compared with: every word anywhere in the stored texts, case of ASCII ignored. */
function likeScan(db: Connection, text: string): number {
  const words = text.split(/\s+/).filter(Boolean);
  const where = words.map(() => `(title || ' ' || subtitle || ' ' || body) LIKE ?`).join(' AND ');
  const statement = db.prepare(`SELECT id FROM search_records WHERE ${where} ORDER BY id DESC LIMIT 20`);
  const start = performance.now();
  statement.all(...words.map((word) => `%${word}%`));
  return performance.now() - start;
}

/** Runs it all in a folder of its own. `scale` 1 takes about two minutes. */
export function benchSearch(scale = 1): SearchFigures {
  const folder = mkdtempSync(join(tmpdir(), 'bureau-search-'));
  try {
    const texts = documents(Math.round(50_000 * scale), folder);
    const file = join(folder, 'office.db');
    const db = openDatabase(file, 'create');
    try {
      apply(db);
      const partyUs = fill(db, parties(Math.round(300_000 * scale)), 5000);
      const documentUs = fill(db, texts, 1000);
      const singles = parties(200).map((record) => {
        const start = performance.now();
        transaction(db, () => indexRecord(db, { ...record, body: `${record.body} changed` }));
        return performance.now() - start;
      });
      db.pragma('wal_checkpoint(TRUNCATE)');
      const opened = performance.now();
      warm(db);
      const warmMs = performance.now() - opened;
      const times: { text: string; ms: number; cpu: number }[] = [];
      for (let round = 0; round < 5; round++) {
        for (const text of queries) {
          const start = performance.now();
          const used = process.cpuUsage();
          search(db, { text, entities: ['party', 'document'], limit: 20 });
          times.push({ text, ms: performance.now() - start, cpu: cpuUs(used) / 1000 });
        }
      }
      const like = at(ascending(queries.map((text) => likeScan(db, text))), 0.5);
      const wall = ascending(times.map((time) => time.ms));
      const worst = times.toSorted((a, b) => b.ms - a.ms)[0]!;
      return {
        partyUs, documentUs, worstSingleMs: Math.max(...singles), megabytes: statSync(file).size / 1e6, warmMs,
        p50: at(wall, 0.5), p95: at(wall, 0.95), cpuP95: at(ascending(times.map((time) => time.cpu)), 0.95), worst: { text: worst.text, ms: worst.ms },
        likeMs: like, ratio: like / at(wall, 0.5),
      };
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
