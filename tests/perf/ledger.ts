import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corpus, has } from '../helpers/corpora.ts';
import type { OurFigures } from './books.ts';
import { type Figure, round } from './figures.ts';

/** The books beside hledger, ledger and beancount on the same generated ledgers: our call in an open company against their process. */

const tools: Readonly<Record<string, { readonly format: 'hledger' | 'beancount'; readonly balance: (file: string) => string[]; readonly register: (file: string) => string[] }>> = {
  ledger: { format: 'hledger', balance: (file) => ['-f', file, 'balance'], register: (file) => ['-f', file, 'register', 'Assets:Bank:Current'] },
  hledger: { format: 'hledger', balance: (file) => ['-f', file, 'balance'], register: (file) => ['-f', file, 'register', 'Assets:Bank:Current'] },
  'bean-report': { format: 'beancount', balance: (file) => [file, 'balances'], register: (file) => [file, 'journal', '-a', 'Assets:Bank:Current'] },
};

const there = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** Wall and CPU of a process, in ms, its output thrown away; null when it fails. */
function timed(program: string, args: readonly string[]): { readonly ms: number; readonly cpuMs: number } | null {
  const began = performance.now();
  const done = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time "$0" "$@" > /dev/null 2>&1`, program, ...args], { encoding: 'utf8' });
  const [user, system] = done.stderr.trim().split(/\s+/).map(Number);
  return done.status === 0 ? { ms: performance.now() - began, cpuMs: ((user ?? 0) + (system ?? 0)) * 1000 } : null;
}

interface Theirs {
  readonly program: string;
  readonly balance: { readonly ms: number; readonly cpuMs: number };
  readonly register: { readonly ms: number; readonly cpuMs: number };
}

function theirs(folder: string, count: number, only?: string): Theirs[] {
  return Object.entries(tools).flatMap(([program, tool]) => {
    const file = join(folder, `${count}.${tool.format === 'hledger' ? 'journal' : 'beancount'}`);
    if ((only !== undefined && only !== program) || !there(program) || !existsSync(file)) return [];
    const [balance, register] = [timed(program, tool.balance(file)), timed(program, tool.register(file))];
    return balance && register ? [{ program, balance, register }] : [];
  });
}

/** Ours in a process of its own, so that what one import leaves in memory is not counted to the next. */
function ours(folder: string, count: number): OurFigures {
  const said = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'books.ts'), join(folder, `${count}.journal`), String(count)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
  return JSON.parse(said.trim().split('\n').at(-1)!) as OurFigures;
}

/** All sizes; the largest only against the quickest of them. */
export function measureLedger(scale: number): Figure[] {
  const script = corpus('gen/gen_ledger.py');
  if (!has('gen/gen_ledger.py') || !there('python3')) {
    console.log('The books were not measured: the generator of ledgers, or python3, is not there.');
    return [];
  }
  if (process.getuid?.() === 0 && Object.keys(tools).some((program) => !there(program))) spawnSync('apt-get', ['install', '-y', 'hledger', 'ledger', 'beancount'], { stdio: 'ignore' });
  for (const program of Object.keys(tools)) if (!there(program)) console.log(`!! ${program} is not installed: the books are not compared with it.`);
  const folder = mkdtempSync(join(tmpdir(), 'bureau-ledgers-'));
  const found: Figure[] = [];
  try {
    let quickest: string | undefined;
    for (const size of [10_000, 100_000, 1_000_000]) {
      const count = Math.round(size * scale);
      execFileSync('python3', [script, String(count), folder, '--formats', size < 1_000_000 ? 'hledger,beancount' : 'hledger'], { stdio: 'ignore' });
      const others = theirs(folder, count, size < 1_000_000 ? undefined : quickest);
      const best = others.toSorted((a, b) => a.balance.ms - b.balance.ms)[0];
      quickest ??= best?.program;
      if (size === 100_000) quickest = best?.program;
      const figures = ours(folder, count);
      const name = count.toLocaleString('en');
      const largest = size === 1_000_000;
      const told = others.map((one) => `${one.program} ${round(one.balance.ms)} ms`).join(', ') || 'nobody to compare with';
      found.push(
        { name: `Trial balance of ${name} transactions`, value: figures.trial, unit: 'ms', note: `${told}; our whole process from the terminal ${round(figures.cli)} ms` },
        { name: `Balance sheet of ${name}`, value: figures.sheet, unit: 'ms' },
        { name: `Register of ${name}, first page with balances`, value: figures.register, unit: 'ms', note: others.map((one) => `${one.program} ${round(one.register.ms)} ms`).join(', ') },
        { name: `Import of ${name}, checked and posted`, value: figures.importMs / 1000, unit: 's', note: `${round(figures.importCpuMs / 1000)} s CPU; ${round(count / (figures.importMs / 1000))} transactions a second; peak ${round(figures.peakMb)} MB` },
      );
      if (best) {
        found.push(
          { name: `Their trial balance / ours, ${name}`, value: best.balance.ms / Math.max(figures.trial, figures.sheet), unit: 'times', ...(largest ? { target: 1000, least: true } : {}), note: `${best.program} against the slower of trial balance and balance sheet` },
          { name: `Their register / ours, ${name}`, value: best.register.ms / figures.register, unit: 'times', ...(largest ? { target: 100, least: true } : {}) },
          { name: `Our import / their reading, ${name}`, value: figures.importMs / best.balance.ms, unit: 'times', ...(largest ? { target: 1 } : {}), note: `CPU ${round(figures.importCpuMs / best.balance.cpuMs)} times` },
        );
      }
      if (largest) {
        found.push(
          { name: 'Memory during that import, all of the process', value: figures.peakMb, unit: 'MB', target: 300 },
          { name: `Posting 10 lines beside ${name}`, value: figures.post10, unit: 'ms', target: 5, note: 'with balances and audit, acknowledged; median of 50' },
          { name: `Posting 1,000 lines beside ${name}`, value: figures.post1000, unit: 'ms', target: 50, note: 'median of 9' },
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}
