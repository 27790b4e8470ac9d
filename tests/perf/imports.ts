import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { randomFrom } from '../../main/company/demo.ts';
import * as names from '../../main/company/demoNames.ts';
import { openDatabase } from '../../main/db/open.ts';
import { cost, type Figure, round } from './figures.ts';
import { type Firm, makeFirm } from './firm.ts';

const syllables = 'ber ger man stein hof wald mann er ling bach feld see dorf tal rich hard mut fried her sig'.split(' ');

/** A list of employees as payroll programs give it out, always the same; `wide` with telephone, e-mail and address. */
export function writeEmployees(file: string, rows: number, wide = false): void {
  const random = randomFrom(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const day = (from: number, years: number): string => new Date(Date.UTC(from, 0, 1) + Math.floor(random() * years * 365) * 86_400_000).toISOString().slice(0, 10);
  const out = openSync(file, 'wx');
  let text = `emp_no,birth_date,first_name,last_name,gender,hire_date${wide ? ',phone,email,street,postal_code,city,country,job_title' : ''}\n`;
  for (let row = 0; row < rows; row += 1) {
    const family = pick(syllables) + pick(syllables) + pick(syllables);
    const city = pick(names.cities);
    const cells = [10_001 + row, day(1952, 13), pick(random() < 0.5 ? names.women : names.men), family[0]!.toUpperCase() + family.slice(1), random() < 0.5 ? 'M' : 'F', day(1985, 15)];
    const more = wide ? [`+44 20 7946 ${String(row % 10_000).padStart(4, '0')}`, `${family}.${row}@example.com`, `${row % 190} ${pick(names.streets)}`, `${city.post}${row % 9} 1AA`, city.name, 'United Kingdom', pick(names.titles)] : [];
    text += `${[...cells, ...more].join(',')}\n`;
    if (text.length > 1 << 20) {
      writeSync(out, text);
      text = '';
    }
  }
  writeSync(out, text);
  closeSync(out);
}

/** How the main thread fared while something else worked. */
interface Watched {
  readonly loopMs: number;
  readonly readMs: number;
  readonly ownMs: number;
  readonly reads: number;
  readonly peakMb: number;
}

/** Asks for a page every 10 ms, as a person who scrolls would, until told to stop. */
async function watch(firm: Firm, until: Promise<unknown>): Promise<Watched> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let going = true;
  const end = (): void => {
    going = false;
  };
  void until.then(end, end);
  let [readMs, reads, peak, ownMs] = [0, 0, 0, 0];
  // What this thread itself did between two turns of its loop: a stall that is ours, and not of the PC's other programs.
  let before = process.threadCpuUsage();
  const turns = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    ownMs = Math.max(ownMs, (user + system) / 1000);
  }, 1);
  delay.enable();
  while (going) {
    const one = await cost(() => firm.ask('party.list', { limit: 50 }));
    [readMs, reads] = [Math.max(readMs, one.ms), reads + 1];
    peak = Math.max(peak, process.memoryUsage.rss());
    await wait(10);
  }
  delay.disable();
  clearInterval(turns);
  return { loopMs: delay.max / 1e6, readMs, ownMs, reads, peakMb: peak / 1e6 };
}

/** On a PC that other programs stall for longer than our target, the clock says nothing about us. */
const stall = (atRest: number): { readonly target?: number } => (atRest > 25 ? {} : { target: 50 });

/** The least a row can cost: text cut at commas, and one INSERT into a bare table. */
async function bare(file: string, folder: string): Promise<number> {
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').slice(0, 6));
  const db = openDatabase(join(folder, 'bare.db'), 'create');
  db.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT)');
  const add = db.prepare('INSERT INTO people (a, b, c, d, e, f) VALUES (?, ?, ?, ?, ?, ?)');
  const { threadMs } = await cost(() => {
    db.exec('BEGIN');
    for (const row of rows) add.run(row);
    db.exec('COMMIT');
  });
  db.close();
  return rows.length / (threadMs / 1000);
}

/** The real import, in its worker, while the main thread is asked every 10 ms. */
export async function measureImport(rows: number, wide = false): Promise<Figure[]> {
  const firm = await makeFirm();
  try {
    const file = join(firm.home, 'employees.csv');
    writeEmployees(file, rows, wide);
    const least = await bare(file, firm.home);
    const control = await watch(firm, wait(3000));
    await wait(200);
    const resting = process.memoryUsage.rss() / 1e6;
    const imported = cost(() => firm.ask('import.run', { entity: 'party', source: file }));
    const watched = await watch(firm, imported);
    const { value, ms, threadMs, processMs } = await imported;
    if (value.create !== rows) throw new Error(`imported ${value.create} of ${rows} rows`);
    const perCpu = rows / ((processMs - threadMs) / 1000);
    const what = wide ? `Import of ${rows.toLocaleString('en')} rows, 13 columns` : `Import of ${rows.toLocaleString('en')} rows, 6 columns`;
    if (wide) return [{ name: what, value: perCpu, unit: 'rows/CPU s', note: `${round(rows / (ms / 1000))} rows a second by the clock; memory +${round(watched.peakMb - resting)} MB` }];
    return [
      { name: what, value: perCpu, unit: 'rows/CPU s', target: 20_000, least: true, note: `of all other threads; ${round(rows / (ms / 1000))} rows a second by the clock; bare INSERTs on the main thread ${round(least)}` },
      { name: 'One row imported / one bare INSERT', value: least / perCpu, unit: 'times' },
      { name: 'Memory during the import', value: watched.peakMb - resting, unit: 'MB more', target: 300, note: `from ${round(resting)} to ${round(watched.peakMb)} MB resident` },
      { name: 'Longest turn of the main loop meanwhile', value: watched.ownMs, unit: 'ms CPU', target: 50, note: `${watched.reads} reads; a clock of 4 ms` },
      { name: 'Longest stall of the main loop meanwhile', value: watched.loopMs, unit: 'ms', ...stall(control.loopMs), note: `by the clock; without an import on the same PC ${round(control.loopMs)}` },
      { name: 'Longest read meanwhile', value: watched.readMs, unit: 'ms', ...stall(control.readMs), note: `without an import ${round(control.readMs)}` },
    ];
  } finally {
    await firm.away();
  }
}
