import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { randomFrom } from '../../main/company/demo.ts';
import { verifyChain } from '../../main/db/audit.ts';
import { inspect, migrateFile, schemaVersion, steps } from '../../main/db/migrate.ts';
import { openDatabase } from '../../main/db/open.ts';
import { finishRestore } from '../../main/db/restore.ts';
import { createOffice } from '../../main/office.ts';
import { start } from './kills.ts';

/** Kills a migration at any moment of it: the company is as before or as after, and the next opening brings it to the end. */

export interface MigrationFigures {
  readonly kills: number;
  /** Found as before, found as after. */
  readonly old: number;
  readonly done: number;
  /** Ended before the kill came. */
  readonly late: number;
  readonly half: number;
  readonly problems: readonly string[];
}

const source = join(import.meta.dirname, '../../main/db/migrations');

/** A step that touches every party several times, rebuilds a table and makes an index: long enough to be killed in. */
const heavy = `
ALTER TABLE parties ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
UPDATE parties SET nickname = upper(given_name);
CREATE INDEX parties_by_nickname ON parties (archived, nickname);
CREATE TABLE shoes (party_id INTEGER PRIMARY KEY REFERENCES parties (id), size INTEGER NOT NULL) STRICT;
INSERT INTO shoes SELECT id, 35 + id % 12 FROM parties;
CREATE TABLE positions_new (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, party_id INTEGER NOT NULL REFERENCES parties (id), title TEXT NOT NULL) STRICT;
INSERT INTO positions_new (id, version, party_id, title) SELECT id, version, party_id, title FROM positions;
DROP TABLE positions;
ALTER TABLE positions_new RENAME TO positions;
`;

export async function runMigrationKills(options: { readonly kills: number; readonly people?: number; readonly seed?: number }): Promise<MigrationFigures> {
  const { kills, people = 3000, seed = 1 } = options;
  const home = mkdtempSync(join(tmpdir(), 'bureau-migrating-'));
  const [master, folder, from] = [join(home, 'master'), join(home, 'firm'), join(home, 'steps')];
  try {
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    await (await createOffice({ folder: master, name: 'Firm that moves', currency: 'EUR', demo: { people, seed } }, { headsDir: join(home, 'heads'), log, language: 'en', who: 'crash' })).close();
    cpSync(source, from, { recursive: true });
    writeFileSync(join(from, `${String(steps().length + 1).padStart(4, '0')}_heavy.sql`), heavy);
    cpSync(master, folder, { recursive: true });
    let took = await timed(folder, from);
    const random = randomFrom(seed);
    const figures = { kills, old: 0, done: 0, late: 0, half: 0, problems: [] as string[] };
    for (let round = 0; round < kills; round += 1) {
      restock(master, folder);
      const child = start('migrant.ts', [folder, from]);
      await child.said('loaded');
      child.process.stdin!.write('\n');
      await child.said('ready');
      await wait(random() * took);
      child.process.kill('SIGKILL');
      await child.ended;
      if (child.process.exitCode === 0) figures.late += 1;
      const found = stateOf(folder, from);
      figures[found.state] += 1;
      // Kills draw near to the end, where the new file takes the place of the old one.
      took *= found.state === 'old' ? 1.15 : 0.7;
      // The next opening: what was begun comes to its end, and nothing lies about.
      migrateFile(folder, steps(from));
      const after = stateOf(folder, from);
      if (after.state !== 'done') figures.problems.push(`kill ${round + 1}: cannot be brought to the end`);
      const lying = readdirSync(folder).filter((name) => name.endsWith('.new') || name.endsWith('.intent'));
      figures.problems.push(...[...found.problems, ...after.problems, ...lying.map((name) => `${name} lies about`)].map((problem) => `kill ${round + 1}: ${problem}`));
    }
    return figures;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** How long it takes when nobody kills it. */
async function timed(folder: string, from: string): Promise<number> {
  const child = start('migrant.ts', [folder, from]);
  await child.said('loaded');
  child.process.stdin!.write('\n');
  await child.said('ready');
  const began = performance.now();
  await child.ended;
  return performance.now() - began;
}

function restock(master: string, folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith('office.db') || name.startsWith('restore.intent')) rmSync(join(folder, name));
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(master, 'office.db'), join(folder, 'office.db'));
}

/** Looks at what a kill has left, as opening does: wholly old, wholly done, or half. */
function stateOf(folder: string, from: string): { readonly state: 'old' | 'done' | 'half'; readonly problems: string[] } {
  finishRestore(folder);
  inspect(join(folder, 'office.db'), steps(from));
  const db = openDatabase(join(folder, 'office.db'), 'read');
  try {
    const version = schemaVersion(db) - steps().length;
    const has = (name: string): boolean => db.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined;
    const n = (text: string): number => db.prepare(text).pluck().get() as number;
    const signs = [
      has('shoes') && n('SELECT count(*) FROM shoes') === n('SELECT count(*) FROM parties'),
      has('parties_by_nickname') && n("SELECT count(*) FROM parties WHERE nickname <> '' OR given_name = ''") === n('SELECT count(*) FROM parties'),
      !has('positions_of_party_id') && n('SELECT count(*) FROM positions') > 0,
    ];
    const any = has('shoes') || has('parties_by_nickname') || has('positions_new') || !has('positions_of_party_id');
    const state = version === 1 && signs.every(Boolean) ? 'done' : version === 0 && !any ? 'old' : 'half';
    const integrity = db.pragma('integrity_check', { simple: true }) as string;
    const broken = (db.pragma('foreign_key_check') as unknown[]).length;
    return { state, problems: [...(integrity === 'ok' ? [] : [integrity]), ...(broken > 0 ? [`${broken} broken references`] : []), ...verifyChain(db).problems] };
  } finally {
    db.close();
  }
}
