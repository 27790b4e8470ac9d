import { entities } from '#contract/calls.ts';
import { randomFrom } from '../../main/company/demo.ts';
import { openDatabase } from '../../main/db/open.ts';
import { join } from 'node:path';
import { at, cost, type Figure, least, median, round } from './figures.ts';
import type { Firm } from './firm.ts';

/** Pages of the list of parties, anywhere in it and by every order; beside them the page that counts its way from the beginning. */
export async function measurePages(firm: Firm): Promise<Figure[]> {
  const random = randomFrom(3);
  const orders = Object.entries(entities['party']!.fields).filter(([, field]) => field.sortable).flatMap(([key]) => [key, `-${key}`]);
  const [pages, thousands]: [number[], number[]] = [[], []];
  let slowest = { order: '', ms: 0 };
  for (const order of orders) {
    const map = await firm.ask('party.map', { order });
    for (let turn = 0; turn < 40; turn += 1) {
      const cursor = map.cursors[Math.floor(random() * map.cursors.length)]!;
      const from = cursor ? { after: [...cursor] as [string | number, number] } : {};
      const ms = await least(() => firm.ask('party.list', { order, limit: 200, ...from }));
      pages.push(ms);
      if (ms > slowest.ms) slowest = { order, ms };
      if (turn % 4 === 0) thousands.push(await least(() => firm.ask('party.list', { order, limit: 1000, ...from })));
    }
  }
  const db = openDatabase(join(firm.folder, 'office.db'), 'read');
  const people = db.prepare('SELECT count(*) FROM parties').pluck().get() as number;
  const counted = db.prepare('SELECT * FROM parties WHERE archived = 0 ORDER BY sort_name, id LIMIT 200 OFFSET ?');
  const offsets: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const from = Math.floor(random() * people);
    offsets.push(await least(() => counted.all(from)));
  }
  db.close();
  return [
    { name: `List page of 200 of ${people.toLocaleString('en')}, p95`, value: at(pages, 0.95), unit: 'ms', target: 5, note: `least of 3 of each page; median ${round(median(pages))}, worst ${round(slowest.ms)} (${slowest.order}), ${orders.length} orders, ${pages.length} pages` },
    { name: 'The same, pages of 1,000, p95', value: at(thousands, 0.95), unit: 'ms', note: `median ${round(median(thousands))}` },
    { name: 'Page by OFFSET / page by key', value: median(offsets) / median(pages), unit: 'times', note: `median by OFFSET ${round(median(offsets))} ms` },
  ];
}

/** Reads that every start and every record shows, which must not hold the window up. */
export async function measureReads(firm: Firm): Promise<Figure[]> {
  const reads: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['agenda.list', () => firm.ask('agenda.list', {})],
    ['record.timeline', () => firm.ask('record.timeline', { entity: 'party', id: 5 })],
    ['company.get', () => firm.ask('company.get', {})],
    ['backup.list', () => firm.ask('backup.list', {})],
    ['audit.list', () => firm.ask('audit.list', {})],
    ['party.get', () => firm.ask('party.get', { id: 77 })],
    ['party.names', () => firm.ask('party.names', { text: 'mar' })],
  ];
  const figures: Figure[] = [];
  for (const [name, read] of reads) {
    const first = (await cost(read)).ms;
    const times: number[] = [];
    for (let turn = 0; turn < 30; turn += 1) times.push(await least(read));
    figures.push({ name, value: at(times, 0.95), unit: 'ms', target: 16, note: `on the main thread, least of 3, p95 of 30; the very first ${round(first)}` });
  }
  return figures;
}
