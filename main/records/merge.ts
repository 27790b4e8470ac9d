import { entities } from '#contract/calls.ts';
import type { Written } from '#contract/kit/call.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { type Likeness, party } from '#contract/records/party.ts';
import { append } from '../db/audit.ts';
import type { Ctx } from '../db/context.ts';
import { fold } from '../db/words.ts';
import { search } from '../db/search.ts';
import { all, each, first, name, raw, run, sql } from '../db/sql.ts';
import { setArchived, update, whole } from '../db/table.ts';
import { entityNamed } from '../db/entities.ts';
import { guardFields, isEmpty, textAt } from '../db/values.ts';
import { partyRoom } from './party.ts';

/** Finding parties that are one, and making one of them. */

interface Seen {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly birth_day: string;
  readonly street: string;
  readonly city: string;
}

type Reason = Likeness['reasons'][number];
const weights: Readonly<Record<Reason, number>> = { name: 45, email: 45, phone: 35, number: 45, born: 25, address: 25 };

const digits = (phone: string): string => phone.replace(/\D/g, '').replace(/^00/, '').slice(-9);
const words = (text: string): string => fold(text).replace(/[^\p{L}\p{N} ]/gu, '').split(' ').filter((word) => !/^(gmbh|ag|kg|ltd|inc|llc|co|plc|sa|sarl|the|and|und)$/.test(word)).sort().join(' ');

/** What two records share. Dates of birth that differ say that namesakes are two people. */
function likeness(a: Seen, b: Seen): Reason[] {
  if (a.birth_day !== '' && b.birth_day !== '' && a.birth_day !== b.birth_day) return [];
  const reasons: Reason[] = [];
  if (words(a.name) !== '' && words(a.name) === words(b.name)) reasons.push('name');
  if (a.email !== '' && a.email.toLowerCase() === b.email.toLowerCase()) reasons.push('email');
  if (digits(a.phone).length >= 6 && digits(a.phone) === digits(b.phone)) reasons.push('phone');
  if (a.birth_day !== '' && a.birth_day === b.birth_day) reasons.push('born');
  if (a.street !== '' && fold(`${a.street} ${a.city}`) === fold(`${b.street} ${b.city}`)) reasons.push('address');
  return reasons;
}

/**
 * Pairs that share a name, an e-mail address or a phone number, best first. The score adds the weights of what they share, at most 100;
 * below 45 nothing is reported. Namesakes alone reach 45. Blocking keys keep the cost near the number of records.
 */
export function duplicates(ctx: Ctx, input: { id?: number | undefined; limit?: number | undefined }): readonly Likeness[] {
  if (input.id !== undefined) return likenessesOf(ctx, input.id).slice(0, input.limit ?? 200);
  const blocks = new Map<string, number[]>();
  const seen = new Map<number, Seen>();
  for (const one of each<Seen>(ctx.db, sql`SELECT id, name, email, phone, birth_day, street, city FROM parties WHERE archived = 0`)) {
    const keys = [`n${words(one.name)}`, one.email === '' ? '' : `e${one.email.toLowerCase()}`, digits(one.phone).length >= 6 ? `p${digits(one.phone)}` : ''];
    for (const key of keys) {
      if (key.length < 2) continue;
      const block = blocks.get(key);
      if (block) block.push(one.id);
      else blocks.set(key, [one.id]);
    }
    seen.set(one.id, one);
  }
  const found = new Map<string, Likeness>();
  for (const block of blocks.values()) {
    // A switchboard number or a very common name says nothing about two of many.
    if (block.length < 2 || block.length > 50) continue;
    for (let i = 0; i < block.length; i += 1) {
      for (let j = i + 1; j < block.length; j += 1) {
        const [a, b] = [seen.get(block[i]!)!, seen.get(block[j]!)!];
        const pair = judged(ctx, a, b);
        if (pair) found.set(`${a.id}-${b.id}`, pair);
      }
    }
  }
  return [...found.values()].sort(byScore).slice(0, input.limit ?? 200);
}

const byScore = (a: Likeness, b: Likeness): number => b.score - a.score || a.id - b.id || a.other - b.other;

/** A pair with its score; null below 45. A score that counted the date of birth would tell it to who may not see it. */
function judged(ctx: Ctx, a: Seen, b: Seen): Likeness | null {
  const reasons = likeness(a, b).filter((reason) => reason !== 'born' || ctx.rights.sees.includes('personal'));
  const score = Math.min(100, reasons.reduce((sum, reason) => sum + weights[reason], 0));
  return score >= 45 ? { id: a.id, other: b.id, title: a.name, otherTitle: b.name, score, reasons } : null;
}

/**
 * The same for one party, by indexes instead of over all of them: by the words of the name out of the search, by e-mail, and, as a phone
 * number alone is not enough, by day of birth and street. A street that is punctuated otherwise is found only in the comparison of all.
 */
function likenessesOf(ctx: Ctx, id: number): readonly Likeness[] {
  const columns = raw('SELECT id, name, email, phone, birth_day, street, city FROM parties WHERE archived = 0');
  const me = first<Seen>(ctx.db, sql`${columns} AND id = ${id}`);
  if (!me) return [];
  const [name_, phone] = [words(me.name), digits(me.phone)];
  const hits = name_ === '' ? [] : search(ctx.db, { text: name_, entities: [party.name], limit: 500 }).hits.map((hit) => hit.id);
  const near = [
    all<Seen>(ctx.db, sql`${columns} AND id IN (SELECT value FROM json_each(${JSON.stringify(hits)}))`),
    me.email === '' ? [] : all<Seen>(ctx.db, sql`${columns} AND email = ${me.email} AND email <> '' LIMIT 60`),
    me.birth_day === '' ? [] : all<Seen>(ctx.db, sql`${columns} AND birth_day = ${me.birth_day} AND birth_day <> ''`),
    me.street === '' ? [] : all<Seen>(ctx.db, sql`${columns} AND street = ${me.street} COLLATE NOCASE AND street <> ''`),
  ];
  const others = new Map(near.flat().filter((one) => one.id !== id).map((one) => [one.id, one]));
  // What more than fifty share says nothing about two of them.
  const blocks = [(one: Seen) => name_ !== '' && words(one.name) === name_, (one: Seen) => me.email !== '' && one.email.toLowerCase() === me.email.toLowerCase(), (one: Seen) => phone.length >= 6 && digits(one.phone) === phone].map((same) => [...others.values()].filter(same));
  const found = new Map<number, Likeness>();
  for (const other of blocks.filter((block) => block.length < 50).flat()) {
    const pair = other.id < id ? judged(ctx, other, me) : judged(ctx, me, other);
    if (pair) found.set(other.id, pair);
  }
  return [...found.values()].sort(byScore);
}

const gone = w('“{title}” is in the archive. Take it out of there before merging.', '„{title}“ ist im Archiv. Holen Sie es vor dem Zusammenführen zurück.');
const itself = w('A record cannot be merged with itself.', 'Ein Datensatz kann nicht mit sich selbst zusammengeführt werden.');

/**
 * Merges `drop` into `keep`: every reference, link, note and file of `drop` moves, named (and otherwise empty) fields are taken over,
 * `drop` is archived and linked as "merged". Posted lines keep whom they name; statements read them as those of `keep`. One transaction; the log of both stays.
 */
export function merge(ctx: Ctx, input: { keep: number; drop: number; version: number; take?: readonly string[] | undefined }): Written {
  if (input.keep === input.drop) throw new Refused('invalid', itself, {}, 'drop');
  guardFields(partyRoom.entity, ctx.rights, input.take ?? []);
  const keep = whole(ctx, partyRoom.entity, input.keep);
  const drop = whole(ctx, partyRoom.entity, input.drop);
  for (const [field, one] of [['keep', keep], ['drop', drop]] as const) if (one.archived) throw new Refused('conflict', gone, { title: textAt(one, party.title) }, field);
  const typed = Object.entries(party.fields).filter(([key, field]) => key !== 'number' && !('derived' in field && field.derived === true));
  const taken = Object.fromEntries(typed.filter(([key]) => !isEmpty(drop[key]) && ((input.take ?? []).includes(key) || (isEmpty(keep[key]) && key !== 'kind'))).map(([key]) => [key, drop[key]]));
  const lists = Object.fromEntries((['roles', 'tags'] as const).map((key) => [key, [...new Set([...(keep[key] as string[]), ...(drop[key] as string[])])]]));
  for (const of of Object.values(entities)) {
    for (const [key, field] of Object.entries(of.fields)) {
      if (field.kind !== 'ref' || field.to !== party.name) continue;
      const moved = all<{ id: number }>(ctx.db, sql`SELECT id FROM ${name(of.table)} WHERE ${name(key)} = ${input.drop}`);
      if (moved.length === 0) continue;
      run(ctx.db, sql`UPDATE ${name(of.table)} SET ${name(key)} = ${input.keep}, version = version + 1, updated_at = ${ctx.now} WHERE ${name(key)} = ${input.drop}`);
      for (const { id } of moved) append(ctx, { action: 'changed', entity: of.name, id, title: '', changes: { [key]: [input.drop, input.keep] } });
    }
  }
  const before = linksOf(ctx, [input.keep, input.drop]);
  for (const side of ['from', 'to'] as const) {
    run(ctx.db, sql`UPDATE OR IGNORE links SET ${name(`${side}_id`)} = ${input.keep} WHERE ${name(`${side}_entity`)} = 'party' AND ${name(`${side}_id`)} = ${input.drop}`);
    run(ctx.db, sql`DELETE FROM links WHERE ${name(`${side}_entity`)} = 'party' AND ${name(`${side}_id`)} = ${input.drop}`);
  }
  run(ctx.db, sql`DELETE FROM links WHERE from_entity = 'party' AND to_entity = 'party' AND from_id = to_id`);
  // The same link from both of them, once this way and once the other way round, is one link.
  const mine = sql`(a.from_entity = 'party' AND a.from_id = ${input.keep}) OR (a.to_entity = 'party' AND a.to_id = ${input.keep})`;
  run(ctx.db, sql`DELETE FROM links WHERE id IN (SELECT b.id FROM links a JOIN links b ON b.id > a.id AND b.relation = a.relation AND b.from_entity = a.to_entity AND b.from_id = a.to_id AND b.to_entity = a.from_entity AND b.to_id = a.from_id WHERE ${mine})`);
  noteLinks(ctx, before, linksOf(ctx, [input.keep, input.drop]));
  for (const { text } of all<{ text: string }>(ctx.db, sql`SELECT text FROM notes WHERE entity = 'party' AND record_id = ${input.drop} AND removed = 0 ORDER BY id`)) {
    append(ctx, { action: 'noted', entity: party.name, id: input.drop, title: textAt(drop, party.title), changes: { note: [text, null] } });
    append(ctx, { action: 'noted', entity: party.name, id: input.keep, title: textAt(keep, party.title), changes: { note: [null, text] } });
  }
  run(ctx.db, sql`UPDATE notes SET record_id = ${input.keep} WHERE entity = 'party' AND record_id = ${input.drop}`);
  const all_ = { ...ctx, rights: { ...ctx.rights, sees: ['personal', 'bank', 'pay', 'medical'] as const } };
  setArchived(all_, partyRoom.entity, input.drop, drop.version, true, partyRoom.rules);
  run(ctx.db, sql`INSERT INTO links (from_entity, from_id, to_entity, to_id, relation, at) VALUES ('party', ${input.drop}, 'party', ${input.keep}, 'merged', ${ctx.now})`);
  run(ctx.db, sql`UPDATE merged_parties SET into_id = ${input.keep} WHERE into_id = ${input.drop}`);
  run(ctx.db, sql`DELETE FROM merged_parties WHERE party_id = ${input.keep}`);
  run(ctx.db, sql`INSERT OR REPLACE INTO merged_parties (party_id, into_id) VALUES (${input.drop}, ${input.keep})`);
  append(ctx, { action: 'merged', entity: party.name, id: input.keep, title: String(keep['name']), changes: { merged: [null, input.drop] } });
  return update(all_, partyRoom.entity, input.keep, input.version, { ...taken, ...lists }, partyRoom.rules);
}

interface StoredLink {
  readonly id: number;
  readonly from_entity: string;
  readonly from_id: number;
  readonly to_entity: string;
  readonly to_id: number;
}

const linksOf = (ctx: Ctx, parties: readonly number[]): readonly StoredLink[] =>
  parties.flatMap((one) => all<StoredLink>(ctx.db, sql`SELECT id, from_entity, from_id, to_entity, to_id FROM links WHERE (from_entity = 'party' AND from_id = ${one}) OR (to_entity = 'party' AND to_id = ${one}) ORDER BY id`));

/** What became of the links stands in the log of both their ends, as if each had been cut and made anew by hand. */
function noteLinks(ctx: Ctx, before: readonly StoredLink[], after: readonly StoredLink[]): void {
  const key = (link: StoredLink): string => Object.values(link).join(' ');
  const told = (action: 'linked' | 'unlinked', links: readonly StoredLink[], but: readonly StoredLink[]): void => {
    const same = new Set(but.map(key));
    for (const link of new Map(links.filter((one) => !same.has(key(one))).map((one) => [one.id, one])).values()) {
      const ends = [{ entity: link.from_entity, id: link.from_id }, { entity: link.to_entity, id: link.to_id }].map((end) => {
        const of = entityNamed(end.entity);
        return { ...end, title: first<{ title: string }>(ctx.db, sql`SELECT ${name(of.title)} AS title FROM ${name(of.table)} WHERE id = ${end.id}`)?.title ?? '' };
      });
      for (const [at, { title, ...end }] of ends.entries()) append(ctx, { action, ...end, title, changes: { link: action === 'linked' ? [null, ends[1 - at]] : [ends[1 - at], null] } });
    }
  };
  told('unlinked', before, after);
  told('linked', after, before);
}
