import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { randomFrom } from '../../main/company/demo.ts';
import { createOffice } from '../../main/office.ts';
import { evidenceOf } from './evidence.ts';
import type { Deed, Line, Order } from './words.ts';

/** Kills an office that is at work, again and again, and looks at what is left. */

export interface KillFigures {
  readonly kills: number;
  readonly acknowledged: number;
  /** Of each call, how many were acknowledged. */
  readonly byCall: Readonly<Record<string, number>>;
  /** Written when the kill came, but not yet acknowledged: a user would send them again. */
  readonly inDoubt: number;
  /** Sent again with the same request id. */
  readonly retried: number;
  readonly lost: number;
  readonly doubled: number;
  /** Imports that came in by half. */
  readonly torn: number;
  readonly refused: readonly string[];
  readonly problems: readonly string[];
  readonly seconds: number;
}

export const isGood = (one: KillFigures): boolean => one.lost + one.doubled + one.torn + one.problems.length + one.refused.length === 0;

// Children start in a third of the time when Node keeps what it has compiled.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'bureau-test-compiled');

export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<unknown>;
  onLine: (line: Line) => void;
  /** Resolves when the child has said this. @throws Error when it ends before */
  said(what: Line['what']): Promise<Line>;
}

/** Starts a script that speaks in lines. */
export function start(script: string, args: readonly string[] = []): Child {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, script), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const heard = new Map<Line['what'], Line>();
  const waiting = new Map<Line['what'], (line: Line) => void>();
  const ended = once(createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    heard.set(line.what, line);
    one.onLine(line);
    waiting.get(line.what)?.(line);
  }), 'close');
  const one: Child = {
    process: child,
    ended: Promise.all([ended, once(child, 'close')]),
    onLine: () => undefined,
    said: (what) =>
      heard.has(what)
        ? Promise.resolve(heard.get(what)!)
        : new Promise((resolve, reject) => {
            waiting.set(what, resolve);
            void one.ended.then(() => reject(new Error(`a child ended before it said “${what}”`)));
          }),
  };
  return one;
}

/** All that was ever begun, and what is known of it. */
class Ledger {
  readonly deeds = new Map<string, Deed>();
  readonly acknowledged = new Set<string>();
  readonly refused: string[] = [];
  retried = 0;
  inDoubt = 0;

  hear(line: Line): void {
    if (line.what === 'do') {
      if (this.deeds.has(line.deed.id)) this.retried += 1;
      this.deeds.set(line.deed.id, line.deed);
    } else if (line.what === 'done') this.acknowledged.add(line.id);
    else if (line.what === 'refused') {
      this.refused.push(line.message);
      this.deeds.delete(line.id);
    }
  }

  open(): Deed[] {
    return [...this.deeds.values()].filter((deed) => !this.acknowledged.has(deed.id));
  }
}

/** Kills `kills` times in one folder that is used again and again. `unprotected` takes the protection away, to show that its loss is seen. */
export async function runKills(options: { readonly kills: number; readonly unprotected?: boolean; readonly seed?: number; readonly tell?: (text: string) => void }): Promise<KillFigures> {
  const { kills, unprotected = false, seed = 1 } = options;
  const began = performance.now();
  const home = mkdtempSync(join(tmpdir(), 'bureau-crash-'));
  const [folder, desk, headsDir] = [join(home, 'firm'), join(home, 'desk'), join(home, 'heads')];
  mkdirSync(desk);
  const log = { info: () => undefined, warn: () => undefined, error: (_id: string, error: unknown) => options.tell?.(String(error)) };
  await (await createOffice({ folder, name: 'Firm that falls', currency: 'EUR', books: { chart: 'none' } }, { headsDir, log, language: 'en', who: 'crash' })).close();
  const random = randomFrom(seed);
  const ledger = new Ledger();
  const problems = new Set<string>();
  const order = (round: number, last: boolean): Order => ({ folder, headsDir, desk, seed: seed * 100_000 + round, unprotected, retry: ledger.open(), last });
  const sent = async (child: Child, what: Order): Promise<void> => {
    child.onLine = (line) => ledger.hear(line);
    await child.said('loaded');
    child.process.stdin!.write(`${JSON.stringify(what)}\n`);
    await child.said('ready');
  };
  try {
    let next = start('child.ts');
    for (let round = 0; round < kills; round += 1) {
      const child = next;
      await sent(child, order(round, false));
      // The one after loads its code meanwhile.
      next = start('child.ts');
      // Every fourth lives longer, so that imports come to their end too.
      await wait(5 + random() * (round % 4 === 3 ? 1995 : 395));
      child.process.kill('SIGKILL');
      await child.ended;
      const { marks, problems: found } = evidenceOf(folder);
      for (const deed of ledger.open()) if (marks.get(deed.mark) === deed.times) ledger.inDoubt += 1;
      for (const problem of found) problems.add(`after kill ${round + 1}: ${problem}`);
      if ((round + 1) % 20 === 0) options.tell?.(`${round + 1} kills, ${ledger.acknowledged.size} writes acknowledged, ${ledger.inDoubt} in doubt, ${problems.size} problems`);
    }
    await sent(next, order(kills, true));
    await next.ended;
    const verified = await next.said('verified');
    if (verified.what === 'verified' && !verified.good) problems.add(`verification: ${verified.text}`);
    return { ...figures(ledger, folder, problems), kills, seconds: (performance.now() - began) / 1000 };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Every deed was acknowledged in the end, so every mark must be there exactly as often as it was written once. */
function figures(ledger: Ledger, folder: string, problems: Set<string>): Omit<KillFigures, 'kills' | 'seconds'> {
  const { marks, problems: found } = evidenceOf(folder);
  for (const problem of found) problems.add(`at the end: ${problem}`);
  const byCall: Record<string, number> = {};
  let [lost, doubled, torn] = [0, 0, 0];
  for (const deed of ledger.deeds.values()) {
    const count = marks.get(deed.mark) ?? 0;
    if (ledger.acknowledged.has(deed.id)) byCall[deed.name] = (byCall[deed.name] ?? 0) + 1;
    if (count === 0) lost += 1;
    else if (count % deed.times !== 0) torn += 1;
    else if (count > deed.times) doubled += 1;
  }
  return { acknowledged: ledger.acknowledged.size, byCall, inDoubt: ledger.inDoubt, retried: ledger.retried, lost, doubled, torn, refused: ledger.refused, problems: [...problems] };
}
