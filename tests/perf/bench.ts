// `npm run bench -- [--scale 0.1] [--only import,pages] [--save]`: measures Bureau against its own promises on data it makes itself.
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { has } from '../helpers/corpora.ts';
import { business, cost, type Figure, isGood, round, table } from './figures.ts';
import { type Firm, lengthenLog, makeFirm } from './firm.ts';
import { measureImport } from './imports.ts';
import { measureLedger } from './ledger.ts';
import { measureOpening } from './opening.ts';
import { measurePages, measureReads } from './pages.ts';
import { benchSearch } from './search.ts';
import { measureWrites } from './writes.ts';

const { values } = parseArgs({ options: { scale: { type: 'string' }, only: { type: 'string' }, save: { type: 'boolean' } } });
const scale = Number(values.scale ?? 1);
const only = values.only?.split(',');
const wanted = (part: string): boolean => only === undefined || only.includes(part);
const people = Math.round(300_000 * scale);
const figures: Figure[] = [];
const add = (some: readonly Figure[]): void => {
  figures.push(...some);
  console.log(table(some));
};

/** Everything that is measured in one large company. */
async function inLargeFirm(): Promise<void> {
  const made = await cost(() => makeFirm({ people, seed: 7 }));
  const firm: Firm = made.value;
  try {
    const rows = people * 3;
    add([{ name: `Demo of ${people.toLocaleString('en')} people`, value: made.processMs / 1000, unit: 's CPU', note: `${round(made.ms / 1000)} s by the clock, ${round(rows / (made.processMs / 1000))} records a CPU second` }]);
    lengthenLog(firm, Math.round(100_000 * scale));
    if (wanted('pages')) add(await measurePages(firm));
    if (wanted('reads')) add(await measureReads(firm));
    if (wanted('writes')) add(await measureWrites(firm));
    if (wanted('opening')) add(await measureOpening(firm));
  } finally {
    await firm.away();
  }
}

function searchFigures(): Figure[] {
  if (!has('gen/gen_docs.py')) {
    console.log('Search was not measured: its document generator is not there.');
    return [];
  }
  const one = benchSearch(scale);
  return [
    { name: 'Search, p95', value: one.cpuP95, unit: 'ms CPU', target: 30, note: `by the clock ${round(one.p95)}, median ${round(one.p50)}, worst ${round(one.worst.ms)} (${one.worst.text})` },
    { name: 'Scan with LIKE / search', value: one.ratio, unit: 'times', note: `median scan ${round(one.likeMs)} ms` },
    { name: 'Indexing a party, a document', value: one.partyUs, unit: 'µs CPU', note: `${round(one.documentUs)} µs a document; the worst single record ${round(one.worstSingleMs)} ms` },
  ];
}

console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${business()}, scale ${scale}\n`);
if (wanted('import')) {
  add(await measureImport(people));
  add(await measureImport(people, true));
}
if (['pages', 'reads', 'writes', 'opening'].some(wanted)) await inLargeFirm();
if (wanted('search')) add(searchFigures());
if (wanted('ledger')) add(measureLedger(scale));

const missed = figures.filter((one) => !isGood(one));
console.log(`\n${figures.filter((one) => one.target !== undefined).length - missed.length} targets reached, ${missed.length} missed${missed.length > 0 ? `: ${missed.map((one) => one.name).join('; ')}` : ''}. At the end: ${business()}.`);
if (values.save) {
  const file = join(import.meta.dirname, '../../docs/bench.md');
  if (!existsSync(file)) writeFileSync(file, '# Figures\n\nOne line a run of `npm run bench -- --save`: day, how busy the PC was, scale, and every figure that has a target (✗ missed).\n\n');
  const told = figures.filter((one) => one.target !== undefined).map((one) => `${one.name} ${round(one.value)} ${one.unit}${isGood(one) ? '' : ' ✗'}`);
  appendFileSync(file, `- ${new Date().toISOString().slice(0, 10)}, ${business()}, scale ${scale}: ${told.join('; ')}\n`);
}
process.exitCode = missed.length > 0 ? 1 : 0;
