import { addDays, today } from '#contract/kit/day.ts';
import type { AnyDraft, Entity } from '#contract/kit/entity.ts';
import { department } from '#contract/records/department.ts';
import { event } from '#contract/records/event.ts';
import { party } from '#contract/records/party.ts';
import { assignment, position } from '#contract/records/partyParts.ts';
import { place } from '#contract/records/place.ts';
import { task } from '#contract/records/task.ts';
import { openBulk } from '../db/bulk.ts';
import type { Ctx } from '../db/context.ts';
import { putFile } from '../db/files.ts';
import { transaction } from '../db/open.ts';
import { type Rules, update } from '../db/table.ts';
import { add as fileDocument, documentRoom } from '../records/document.ts';
import { createNote } from '../records/links.ts';
import { partyRoom, period } from '../records/party.ts';
import { taskRoom } from '../records/task.ts';
import * as names from './demoNames.ts';

/**
 * A made-up firm to try things on: always the same for the same seed and number of people. Days are counted back from a fixed day, so that
 * two seeds made on different days hold the same records; only tasks and events lie around today.
 */
export interface Demo {
  readonly people: number;
  readonly seed: number;
}

/** mulberry32: a small generator with 32 bits of state (T. Ettinger, public domain), enough to scatter demo data. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const base = '2026-01-01';

/** Fills a new company. */
export function fillDemo(ctx: Ctx, demo: Demo): void {
  const random = randomFrom(demo.seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const add = <F>(of: F, rules: Rules, drafts: Iterable<AnyDraft>): number[] =>
    transaction(ctx.db, () => {
      const bulk = openBulk(ctx, of as unknown as Entity, rules);
      const ids: number[] = [];
      for (const draft of drafts) ids.push(bulk.add(draft));
      bulk.finish('created', (of as unknown as Entity).plural[ctx.language], {});
      return ids;
    });
  const phone = (): string => `+44 20 7946 ${String(between(0, 999)).padStart(4, '0')}`;

  const tops = add(department, {}, names.departments.filter((one) => one.part === null).map((one) => ({ name: one.name, code: one.code, cost_code: one.cost })));
  const codes = new Map(names.departments.filter((one) => one.part === null).map((one, at) => [one.code, tops[at]!]));
  const parts = add(department, {}, names.departments.filter((one) => one.part !== null).map((one) => ({ name: one.name, code: one.code, cost_code: one.cost, parent_id: codes.get(one.part!)! })));
  const departments = [...tops, ...parts];

  const sites = add(place, {}, names.sites.map((site) => ({ name: site.name, code: site.code, kind: 'site', street: site.street, city: site.city, country: 'United Kingdom' })));
  const rooms = sites.flatMap((id, at) => names.buildings.map((building) => ({ name: building.name, code: `${names.sites[at]!.code}-${building.code}`, kind: building.kind, parent_id: id })));
  const buildings = add(place, {}, rooms);
  add(place, {}, buildings.flatMap((id, at) => [1, 2, 3].map((room) => ({ name: `${rooms[at]!.kind === 'building' ? 'Room' : 'Bay'} ${room}`, code: `${rooms[at]!.code}-${room}`, kind: rooms[at]!.kind === 'building' ? 'room' : 'shelf', parent_id: id }))));

  const hired: string[] = [];
  function* people(): IterableIterator<AnyDraft> {
    for (let at = 0; at < demo.people; at += 1) {
      const woman = random() < 0.5;
      const given = pick(woman ? names.women : names.men);
      const family = pick(names.families);
      const guard = random() < 0.06;
      const city = pick(names.cities);
      const day = addDays(base, -between(1, 9000));
      hired.push(day);
      yield {
        kind: 'person', given_name: given, family_name: family, number: `E-${String(at + 1).padStart(6, '0')}`, roles: guard ? ['employee', 'guard'] : random() < 0.08 ? ['employee', 'driver'] : ['employee'],
        phone: phone(), email: `${given}.${family}.${at + 1}@example.com`.toLowerCase().normalize('NFKD').replace(/[^a-z0-9.@]/g, ''), street: `${between(1, 190)} ${pick(names.streets)}`, city: city.name, postal_code: `${city.post}${between(1, 9)} ${between(1, 9)}${pick(['AA', 'BD', 'EF', 'HJ', 'LN', 'PQ'])}`,
        country: 'United Kingdom', hired_day: day, birth_day: addDays(base, -between(7300, 22_000)), gender: woman ? 'F' : 'M', job_title: guard ? 'Security officer' : pick(names.titles),
      };
    }
  }
  const employees = add(party, partyRoom.rules, people());
  const firms = Math.max(10, Math.min(2000, Math.round(demo.people / 10)));
  function* organisations(): IterableIterator<AnyDraft> {
    for (let at = 0; at < firms; at += 1) {
      const city = pick(names.cities);
      const name = `${pick(names.families)} ${pick(names.trades)} ${pick(['Ltd', 'Ltd', 'plc', '& Sons', 'Partners'])}`;
      const customer = random() < 0.6;
      yield { kind: 'organisation', name, number: `${customer ? 'C' : 'S'}-${String(at + 1).padStart(5, '0')}`, roles: [customer ? 'customer' : 'supplier'], phone: phone(), email: `office.${at + 1}@example.org`, contact_name: `${pick(names.women)} ${pick(names.families)}`, contact_title: pick(names.titles), street: `${between(1, 90)} ${pick(names.streets)}`, city: city.name, country: 'United Kingdom' };
    }
  }
  add(party, partyRoom.rules, organisations());
  add(assignment, { complete: period }, employees.map((id, at) => ({ party_id: id, department_id: pick(departments), capacity: at < departments.length ? 'head' : 'member', from_day: hired[at]! })));
  add(position, { complete: period }, employees.map((id, at) => ({ party_id: id, title: pick(names.titles), from_day: hired[at]! })));
  const now = today();
  add(task, taskRoom.rules, names.tasks.map((title, at) => ({ title, state: 'open', due_day: addDays(now, (at % 21) - 4), priority: pick(['1', '2', '2', '3']), repeat: at % 5 === 0 ? 'FREQ=MONTHLY' : '' })));
  const noon = Date.parse(`${now}T09:00:00Z`);
  add(event, {}, names.meetings.map((title, at) => ({ title, starts_at: noon + (at - 3) * 86_400_000 + between(0, 12) * 1_800_000, ends_at: noon + (at - 3) * 86_400_000 + 7 * 3_600_000, state: 'confirmed', place_id: pick(buildings) })));
  transaction(ctx.db, () => {
    names.papers.forEach((paper, at) => {
      const bytes = Buffer.from(paper.text, 'utf8');
      const stored = { hash: putFile(ctx.folder, bytes), bytes: bytes.length, media_type: 'text/plain', text: paper.text };
      const { id, version } = fileDocument(ctx, { file_name: paper.file, title: paper.title, attach: { entity: 'party', id: pick(employees) } }, stored);
      update(ctx, documentRoom.entity, id, version, { kind: paper.kind, document_day: addDays(base, -30 * at), retain_until: addDays(base, 365 * 6 - 30 * at), tags: [...paper.tags] }, documentRoom.rules);
      createNote(ctx, { on: { entity: 'document', id }, text: 'Read and filed.' });
    });
  });
}
