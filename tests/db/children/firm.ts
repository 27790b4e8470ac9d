// A small company for the tests of backup and restore: entries in pairs, each pair with a row in a hash chain, and two attachments.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Proof } from '../../../main/db/backup.ts';
import { sha256 } from '../../../main/db/disk.ts';
import { putFile } from '../../../main/db/files.ts';
import { applicationId, type Connection, openDatabase, transaction } from '../../../main/db/open.ts';

export const genesis = '0'.repeat(64);

export const proof: Proof = {
  schema: 3,
  hashes: (db) => db.prepare<[], string>('SELECT hash FROM document_versions').pluck().all(),
  verifyChain: (db) => {
    let [seq, hash] = [0, genesis];
    for (const row of db.prepare<[], { seq: number; text: string; hash: string }>('SELECT seq, text, hash FROM audit ORDER BY seq').iterate()) {
      if (row.seq !== seq + 1 || row.hash !== next(hash, row.seq, row.text)) return { problems: [`row ${seq + 1} of the audit log`], seq, hash };
      [seq, hash] = [row.seq, row.hash];
    }
    return { problems: [], seq, hash };
  },
};

const next = (hash: string, seq: number, text: string): string => createHash('sha256').update(`${hash}\n${seq}\n${text}`).digest('hex');

export function makeFirm(folder: string, pairs: number, width = 40): void {
  mkdirSync(join(folder, 'backups'), { recursive: true });
  mkdirSync(join(folder, 'files'), { recursive: true });
  const db = openDatabase(join(folder, 'office.db'), 'create');
  db.exec(`CREATE TABLE entries (id INTEGER PRIMARY KEY, pair INTEGER NOT NULL, amount INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
    CREATE TABLE audit (seq INTEGER PRIMARY KEY, text TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
    CREATE TABLE document_versions (id INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT;
    CREATE TABLE lines (id INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES entries (id)) STRICT;
    CREATE VIRTUAL TABLE search USING fts5 (text);`);
  db.pragma(`application_id = ${applicationId}`);
  db.pragma(`user_version = ${proof.schema}`);
  for (const text of ['contract', 'invoice']) db.prepare('INSERT INTO document_versions (hash) VALUES (?)').run(putFile(folder, new TextEncoder().encode(text)));
  transaction(db, () => {
    for (let at = 0; at < pairs; at += 1) post(db, width);
  });
  db.close();
}

/** Posts one balanced pair; must be one transaction. */
export function post(db: Connection, width = 40): void {
  const last = db.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get() ?? { seq: 0, hash: genesis };
  const seq = last.seq + 1;
  const text = `pair ${seq} ${sha256(String(seq)).repeat(Math.ceil(width / 64)).slice(0, width)}`;
  const add = db.prepare('INSERT INTO entries (pair, amount, text) VALUES (?, ?, ?)');
  add.run(seq, seq * 100, text);
  const { lastInsertRowid } = add.run(seq, -seq * 100, text);
  db.prepare('INSERT INTO lines (entry) VALUES (?)').run(lastInsertRowid);
  db.prepare('INSERT INTO search (text) VALUES (?)').run(text);
  db.prepare('INSERT INTO audit (seq, text, hash) VALUES (?, ?, ?)').run(seq, text, next(last.hash, seq, text));
}

/** Leaves the company as a power cut would: the newest pairs only in the `-wal`. */
export function postIntoWal(folder: string, pairs: number): void {
  const live = join(folder, 'office.db');
  const db = openDatabase(live, 'write');
  db.pragma('wal_autocheckpoint = 0');
  for (let at = 0; at < pairs; at += 1) transaction(db, () => post(db));
  const held = ['', '-wal', '-shm'].map((end) => [end, readFileSync(`${live}${end}`)] as const);
  db.close();
  for (const [end, bytes] of held) writeFileSync(`${live}${end}`, bytes);
}

/** Opens the company as the program does and says what it holds; throws when anything is not whole. */
export function look(folder: string): { seq: number; entries: number } {
  const db = openDatabase(join(folder, 'office.db'), 'write');
  try {
    const integrity = db.pragma('integrity_check', { simple: true });
    const chain = proof.verifyChain(db);
    const entries = db.prepare<[], number>('SELECT count(*) FROM entries').pluck().get()!;
    const sum = db.prepare<[], number>('SELECT coalesce(sum(amount), 0) FROM entries').pluck().get()!;
    const references = db.prepare('PRAGMA foreign_key_check').all();
    if (integrity !== 'ok' || chain.problems.length > 0 || entries !== chain.seq * 2 || sum !== 0 || references.length > 0) throw new Error(`not whole: ${String(integrity)} ${chain.problems.join()} ${entries} entries, chain ${chain.seq}, sum ${sum}`);
    return { seq: chain.seq, entries };
  } finally {
    db.close();
  }
}

/** The three files as they lie there, for "nothing was touched". */
export const imprint = (folder: string): string[] => ['', '-wal', '-shm'].map((end) => (existsSync(join(folder, `office.db${end}`)) ? sha256(readFileSync(join(folder, `office.db${end}`))) : 'none'));

export function copyFirm(from: string, to: string): void {
  mkdirSync(join(to, 'backups'), { recursive: true });
  mkdirSync(join(to, 'files'), { recursive: true });
  for (const end of ['', '-wal', '-shm']) if (existsSync(join(from, `office.db${end}`))) copyFileSync(join(from, `office.db${end}`), join(to, `office.db${end}`));
}
