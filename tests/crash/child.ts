// Opens the real office and writes through its one road until it is killed. Every write is announced before and acknowledged after.
import { randomUUID } from 'node:crypto';
import { writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { randomFrom } from '../../main/company/demo.ts';
import { openDatabase } from '../../main/db/open.ts';
import { type Door, type Office, openOffice } from '../../main/office.ts';
import { sessionOf } from '../../main/records/session.ts';
import type { Deed, Line, Order } from './words.ts';

/** Straight into the pipe: a line that is written is read, whatever happens to this process afterwards. */
const tell = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const importRows = 40;

class Writer {
  private readonly door: Door = { session: null, kind: 'terminal', source: (path) => path };
  private readonly random: () => number;
  private parties: { id: number; version: number }[] = [];
  private tasks: { id: number; version: number }[] = [];
  private accounts: { id: number }[] = [];
  private made = 0;
  private readonly office: Office;
  private readonly order: Order;

  constructor(office: Office, order: Order) {
    this.office = office;
    this.order = order;
    this.random = randomFrom(order.seed);
    const glass = openDatabase(join(order.folder, 'office.db'), 'read');
    this.door.session = sessionOf(glass, 1);
    glass.close();
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  private deed(name: string, input: (mark: string) => unknown, times = 1, mark = `k-${this.order.seed}-${(this.made += 1)}`): Deed {
    return { id: randomUUID(), name, input: input(mark), mark, times };
  }

  /** Does one deed. Some acknowledgements are late, so that many a kill falls between the commit and them. */
  async act(deed: Deed): Promise<unknown> {
    tell({ what: 'do', deed });
    const { unprotected } = this.order;
    const early = unprotected && this.random() < 0.5;
    if (early) tell({ what: 'done', id: deed.id });
    const reply = await this.office.call(this.door, deed.name, deed.input, unprotected ? randomUUID() : deed.id);
    if (!reply.ok) tell({ what: 'refused', id: deed.id, message: `${deed.name}: ${reply.failure.code}: ${reply.failure.message}` });
    else {
      if (this.random() < 0.3) await wait(this.random() * 8);
      if (!early) tell({ what: 'done', id: deed.id });
    }
    return reply.ok ? reply.value : null;
  }

  private async list(name: string): Promise<{ id: number; version: number }[]> {
    const reply = await this.office.call(this.door, name, { order: '-id', limit: 40 }, randomUUID());
    return reply.ok ? (reply.value as { rows: { id: number; version: number; state?: string }[] }).rows.filter((row) => row.state === undefined || row.state === 'open') : [];
  }

  async look(): Promise<void> {
    this.parties = await this.list('party.list');
    this.tasks = await this.list('task.list');
    const reply = await this.office.call(this.door, 'account.list', { limit: 100 }, randomUUID());
    if (reply.ok) this.accounts = (reply.value as { rows: { id: number; heading: boolean }[] }).rows.filter((row) => !row.heading);
  }

  /** Short writes, one after the other. */
  async short(): Promise<void> {
    if (this.random() < 0.35 && this.accounts.length > 1) return this.post();
    const what = this.random();
    const on = this.parties.length > 0 ? this.pick(this.parties) : null;
    if (!on || what < 0.3) {
      const made = await this.act(this.deed('party.create', (mark) => ({ kind: 'person', given_name: 'Kay', family_name: 'Killed', street: mark })));
      if (made) this.parties.push(made as { id: number; version: number });
    } else if (what < 0.5) {
      const written = await this.act(this.deed('party.update', (mark) => ({ id: on.id, version: on.version, patch: { remarks: mark } })));
      if (written) on.version = (written as { version: number }).version;
    } else if (what < 0.7) await this.act(this.deed('note.create', (mark) => ({ on: { entity: 'party', id: on.id }, text: mark })));
    else if (what < 0.8 || this.tasks.length === 0) {
      const made = await this.act(this.deed('task.create', (mark) => ({ title: mark, state: 'open', priority: '2', due_day: '2026-01-01', repeat: 'FREQ=DAILY' })));
      if (made) this.tasks.push(made as { id: number; version: number });
    } else if (what < 0.95) {
      const task = this.tasks.splice(Math.floor(this.random() * this.tasks.length), 1)[0]!;
      const done = (await this.act(this.deed('task.finish', () => ({ id: task.id, version: task.version }), 1, `finish ${task.id}`))) as { next: number | null } | null;
      if (done?.next) this.tasks.push({ id: done.next, version: 1 });
    } else {
      // A refusal draws no number and leaves nothing.
      await this.office.call(this.door, 'party.create', { kind: 'person', name: 'Nobody', iban: 'GB00 0000' }, randomUUID());
    }
  }

  /** A balanced entry of two to nine lines. */
  private async post(): Promise<void> {
    const lines = Array.from({ length: 1 + Math.floor(this.random() * 8) }, () => ({ account_id: this.pick(this.accounts).id, amount: 1 + Math.floor(this.random() * 10_000) }));
    const sum = lines.reduce((total, line) => total + line.amount, 0);
    await this.act(this.deed('entry.add', (mark) => ({ day: '2026-01-15', narration: mark, lines: [...lines, { account_id: this.pick(this.accounts).id, amount: -sum }] })));
  }

  /** Writes that need a worker first: files and imports. */
  async long(): Promise<void> {
    if (this.random() < 0.3) {
      await this.act(
        this.deed(
          'journal.import',
          (mark) => {
            const source = join(this.order.desk, `${mark}.journal`);
            writeFileSync(source, Array.from({ length: importRows }, (_, at) => `2026-02-${String(1 + (at % 28)).padStart(2, '0')} ${mark}\n    assets:bank  ${at + 1}.00 EUR\n    income:sales\n`).join('\n'));
            return { format: 'hledger', source };
          },
          importRows,
        ),
      );
      return;
    }
    if (this.random() < 0.6) {
      await this.act(this.deed('document.add', (mark) => ({ file_name: `${mark}.txt`, title: mark, base64: Buffer.from(`Paper ${mark}`).toString('base64') })));
      return;
    }
    await this.act(
      this.deed(
        'import.run',
        (mark) => {
          const source = join(this.order.desk, `${mark}.csv`);
          writeFileSync(source, `first_name,last_name,street\n${Array.from({ length: importRows }, (_, at) => `Kay,Row ${at},${mark}`).join('\n')}\n`);
          return { entity: 'party', source };
        },
        importRows,
      ),
    );
  }

  async verify(): Promise<void> {
    const reply = await this.office.call(this.door, 'company.verify', {}, randomUUID());
    tell({ what: 'verified', good: reply.ok && (reply.value as { good: boolean }).good, text: JSON.stringify(reply).slice(0, 2000) });
  }
}

const isLong = (deed: Deed): boolean => deed.name === 'import.run' || deed.name === 'journal.import' || deed.name === 'document.add';

async function work(order: Order): Promise<void> {
  const log = { info: () => undefined, warn: () => undefined, error: (id: string, error: unknown) => console.error(id, error) };
  const office = await openOffice(order.folder, { headsDir: order.headsDir, log, language: 'en', who: 'child' });
  const writer = new Writer(office, order);
  tell({ what: 'ready' });
  const retries = async (some: readonly Deed[]): Promise<void> => {
    for (const deed of some) await writer.act(deed);
  };
  const [long, short] = [order.retry.filter(isLong), order.retry.filter((deed) => !isLong(deed))];
  if (order.last) {
    await retries([...short, ...long]);
    await writer.verify();
    await office.close();
    return;
  }
  const forever = async (first: readonly Deed[], one: () => Promise<void>, before?: () => Promise<void>): Promise<never> => {
    await retries(first);
    await before?.();
    for (;;) await one();
  };
  await Promise.all([forever(short, () => writer.short(), () => writer.look()), forever(long, () => writer.long())]);
}

tell({ what: 'loaded' });
createInterface({ input: process.stdin }).once('line', (line) => {
  void work(JSON.parse(line) as Order).then(() => process.exit(0));
});
