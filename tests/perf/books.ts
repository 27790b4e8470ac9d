// Run by ledger.ts, one process a size: imports a journal of `count` transactions, asks and posts, and prints what it took as one line of JSON.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cost, median } from './figures.ts';
import { type Firm, makeFirm } from './firm.ts';

/** Milliseconds and MB. */
export interface OurFigures {
  readonly importMs: number;
  readonly importCpuMs: number;
  readonly peakMb: number;
  readonly trial: number;
  readonly sheet: number;
  readonly register: number;
  /** The terminal's whole process for a trial balance. */
  readonly cli: number;
  readonly post10: number;
  readonly post1000: number;
}

async function medianOf(times: number, work: () => Promise<unknown>): Promise<number> {
  const found: number[] = [];
  for (let turn = 0; turn < times; turn += 1) found.push((await cost(work)).ms);
  return median(found);
}

/** Posts an entry of so many lines, no two alike, over as many accounts as there are. */
function posting(firm: Firm, accounts: readonly number[], lines: number): () => Promise<unknown> {
  let turn = 0;
  return () => {
    turn += 1;
    const half = Array.from({ length: lines / 2 }, (_, at) => ({ account_id: accounts[(at + turn) % accounts.length]!, amount: 100 + ((at * 37 + turn) % 9000) }));
    const other = half.map((line, at) => ({ account_id: accounts[(at * 7 + turn + 3) % accounts.length]!, amount: -line.amount, text: `Line ${at}` }));
    return firm.ask('entry.add', { day: '2024-12-30', narration: `Measured ${lines}-${turn}`, lines: [...half, ...other] });
  };
}

async function measure(file: string, count: number): Promise<OurFigures> {
  const firm = await makeFirm();
  try {
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
    const imported = await cost(() => firm.ask('journal.import', { format: 'hledger', source: file }));
    clearInterval(watch);
    if (imported.value.imported !== count) throw new Error(`imported ${imported.value.imported} of ${count}`);
    const rows = await firm.ask('report.trial_balance', { to: '2024-12-31' });
    const account = rows.find((row) => row.account === 'Assets:Bank:Current')!.account_id;
    const trial = await medianOf(15, () => firm.ask('report.trial_balance', { to: '2024-12-31' }));
    const sheet = await medianOf(15, () => firm.ask('report.balance_sheet', { columns: [{ to: '2024-12-31' }] }));
    const register = await medianOf(15, () => firm.ask('report.register', { account_id: account, limit: 50 }));
    const accounts = rows.map((row) => row.account_id);
    const post10 = await medianOf(50, posting(firm, accounts, 10));
    const post1000 = await medianOf(9, posting(firm, accounts, 1000));
    await firm.office.close();
    const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../../main/cli.ts'), 'report', 'trial-balance', '--at', '2024-12-31', '--company', firm.folder];
    const cli = await cost(() => Promise.resolve(execFileSync(process.execPath, args, { env: { ...process.env, BUREAU_QUIET: '1', XDG_CONFIG_HOME: firm.home }, maxBuffer: 1 << 28 })));
    return { importMs: imported.ms, importCpuMs: imported.processMs, peakMb: peak / 1e6, trial, sheet, register, cli: cli.ms, post10, post1000 };
  } finally {
    await firm.away();
  }
}

const [file, count] = process.argv.slice(2);
console.log(JSON.stringify(await measure(file!, Number(count))));
