import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Language } from '#contract/kit/words.ts';
import { head } from './db/audit.ts';
import { rememberHead } from './db/heads.ts';
import { openDatabase } from './db/open.ts';
import { first, sql } from './db/sql.ts';
import { type Caller, logDeed } from './router.ts';

/** A restore that nobody signed in for stands in the log too, and is no end that was cut off. */
export function noteRestored(folder: string, backup: string, headsDir: string, language: Language): void {
  const db = openDatabase(join(folder, 'office.db'), 'write');
  try {
    const caller: Caller = { user: null, rights: null, language };
    logDeed({ db, folder }, { name: 'desk.rescue', input: {}, request: randomUUID(), caller, now: Date.now() }, { action: 'restored_backup', entity: 'company', id: 1, title: backup, changes: {} });
    const uuid = first<{ uuid: string }>(db, sql`SELECT uuid FROM company`)?.uuid;
    if (uuid !== undefined) rememberHead(headsDir, uuid, head(db), 'restore');
  } finally {
    db.close();
  }
}
