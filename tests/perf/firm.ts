import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AllCalls, CallName } from '#contract/calls.ts';
import type { InputOf, OutputOf } from '#contract/kit/call.ts';
import { presets } from '#contract/records/presets.ts';
import { append } from '../../main/db/audit.ts';
import { openDatabase, transaction } from '../../main/db/open.ts';
import { createOffice, type Door, type Office, openOffice, type Surroundings } from '../../main/office.ts';
import { sessionOf } from '../../main/records/session.ts';

/** A company to measure, and somebody who asks it. */
export interface Firm {
  readonly home: string;
  readonly folder: string;
  readonly surroundings: Surroundings;
  office: Office;
  /** The value of a call that goes well; anything else is an error. */
  ask<N extends CallName>(name: N, input: InputOf<AllCalls[N]>): Promise<OutputOf<AllCalls[N]>>;
  reopen(): Promise<void>;
  away(): Promise<void>;
}

export async function makeFirm(demo?: { readonly people: number; readonly seed: number }): Promise<Firm> {
  const home = mkdtempSync(join(tmpdir(), 'bureau-bench-'));
  const folder = join(home, 'firm');
  const log = { info: () => undefined, warn: () => undefined, error: (_id: string, error: unknown) => console.error(error) };
  const surroundings: Surroundings = { headsDir: join(home, 'heads'), log, language: 'en', who: 'bench' };
  const door: Door = { session: null, kind: 'terminal', source: (path) => path };
  const firm: Firm = {
    home,
    folder,
    surroundings,
    office: await createOffice({ folder, name: 'Measured firm', currency: 'GBP', ...(demo ? { demo } : {}) }, surroundings),
    ask: async (name, input) => {
      if (!door.session) {
        const glass = openDatabase(join(folder, 'office.db'), 'read');
        door.session = sessionOf(glass, 1);
        glass.close();
      }
      const reply = await firm.office.call(door, name, input, randomUUID());
      if (!reply.ok) throw new Error(`${name}: ${reply.failure.message}`);
      return reply.value as never;
    },
    reopen: async () => {
      await firm.office.close();
      firm.office = await openOffice(folder, surroundings);
    },
    away: async () => {
      await firm.office.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
  return firm;
}

/** Makes the log as long as that of a firm that has worked for years: rows about the first parties, chained as always. */
export function lengthenLog(firm: Firm, rows: number): void {
  const db = openDatabase(join(firm.folder, 'office.db'), 'write');
  const ctx = { db, folder: firm.folder, now: Date.now(), user: { id: 1, name: 'Owner' }, rights: presets[0]!.rights, language: 'en' as const, call: 'bench', request: '', touched: new Set<string>() };
  transaction(db, () => {
    for (let row = 0; row < rows; row += 1) append({ ...ctx, request: `bench-${row}` }, { action: 'changed', entity: 'party', id: 1 + (row % 1000), title: 'Somebody', changes: { remarks: [`before ${row}`, `after ${row}`] } });
  });
  db.close();
}
