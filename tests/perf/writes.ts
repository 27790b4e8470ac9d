import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { entities } from '#contract/calls.ts';
import { presets } from '#contract/records/presets.ts';
import { openDatabase, transaction } from '../../main/db/open.ts';
import { run, sql } from '../../main/db/sql.ts';
import { indexRow, update, whole } from '../../main/db/table.ts';
import { partyRoom } from '../../main/records/party.ts';
import { cost, type Figure, median, round } from './figures.ts';
import type { Firm } from './firm.ts';

const batch = 20;

/** One audited write beside the same without its audit row: read, change, bring search in line, keep the reply, commit with a flush. */
export async function measureWrites(firm: Firm, turns = 40): Promise<Figure[]> {
  const db = openDatabase(join(firm.folder, 'office.db'), 'write');
  const ctx = { db, folder: firm.folder, now: Date.now(), user: { id: 1, name: 'Owner' }, rights: presets[0]!.rights, language: 'en' as const, call: 'party.update', request: '', touched: new Set<string>() };
  const party = entities['party']!;
  const keep = (): void => void run(db, sql`INSERT INTO requests (id, user_id, call, reply, at) VALUES (${randomUUID()}, 1, 'party.update', '{"id":1,"version":2}', ${ctx.now})`);
  const audited = (id: number, phone: string): void =>
    transaction(db, () => {
      update({ ...ctx, request: randomUUID() }, party, id, whole(ctx, party, id).version, { phone }, partyRoom.rules);
      keep();
    });
  const plain = (id: number, phone: string): void =>
    transaction(db, () => {
      const first = whole(ctx, party, id);
      const before = whole(ctx, party, first.id);
      const values = partyRoom.rules.complete!(ctx, { phone }, before);
      run(db, sql`UPDATE parties SET phone = ${phone}, version = version + 1, updated_at = ${ctx.now} WHERE id = ${id}`);
      indexRow(ctx, party, { ...before, ...values, version: before.version + 1 });
      keep();
    });
  // In turns of 20, because the CPU clock is coarse.
  const [a, b]: [{ ms: number; cpu: number }[], { ms: number; cpu: number }[]] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [list, work] of turn % 2 === 0 ? ([[a, audited], [b, plain]] as const) : ([[b, plain], [a, audited]] as const)) {
      const clock: number[] = [];
      const { threadMs } = await cost(() => {
        for (let one = 0; one < batch; one += 1) {
          const began = performance.now();
          work(1 + (((turn * batch + one) * 7919) % 5000), `+44 20 7946 ${turn} ${list === a ? 1 : 2}`);
          clock.push(performance.now() - began);
        }
      });
      if (turn > 0) list.push({ ms: median(clock), cpu: threadMs / batch });
    }
  }
  db.close();
  const [ms, cpu] = [(list: typeof a) => median(list.map((one) => one.ms)), (list: typeof a) => median(list.map((one) => one.cpu))];
  const whole_: number[] = [];
  for (let turn = 0; turn < 100; turn += 1) whole_.push((await cost(() => firm.ask('note.create', { on: { entity: 'party', id: 1 + turn }, text: 'measured' }))).ms);
  return [
    { name: 'Audited write / the same without audit, CPU', value: cpu(a) / cpu(b), unit: 'times', target: 2, note: `${round(cpu(a))} and ${round(cpu(b))} ms, ${a.length * batch} pairs in turn` },
    { name: 'The same by the clock', value: ms(a) / ms(b), unit: 'times', target: 2, note: `${round(ms(a))} and ${round(ms(b))} ms, each flushed to disk` },
    { name: 'A whole write through the office', value: median(whole_), unit: 'ms', note: 'note.create, median of 100, flushed to disk' },
  ];
}
