import { readFileSync } from 'node:fs';
import type { AnyRow } from '#contract/kit/entity.ts';
import { writePieces } from '../db/target.ts';
import { type Card, cardWords, readVcards, writeVcard } from '../io/vcard.ts';
import type { RowProblemFound } from './rowProblem.ts';

/** Address cards as rows of parties, and back. */

const columns = ['kind', 'name', 'given_name', 'family_name', 'salutation', 'phone', 'mobile', 'fax', 'email', 'website', 'street', 'postal_code', 'city', 'region', 'country', 'job_title', 'birth_day', 'remarks'] as const;

/** What no field of a party holds goes into the remarks, a line each, so that nothing is lost. Pictures are only named. */
function remarksOf(card: Card): string {
  const organisation = card.kind === 'person' && card.organisation !== '' ? [`Organisation: ${card.organisation}`] : [];
  const department = card.department === '' ? [] : [`Department: ${card.department}`];
  const others = card.unknown.filter((one) => !['VERSION', 'PRODID', 'REV'].includes(one.name)).map((one) => `${one.name}: ${one.value.length > 500 ? '…' : one.value}`);
  return [card.note, ...organisation, ...department, ...others].filter((line) => line !== '').join('\n').slice(0, 20_000);
}

/** Hands out the header and one row a card; `row` counts cards, the header being 1. */
export function readCards(path: string, take: (row: number, cells: string[]) => boolean | void): readonly RowProblemFound[] {
  const read = readVcards(readFileSync(path));
  const { cards } = read;
  const problems = read.problems.map((problem) => ({ ...problem, warning: problem.words === cardWords.line }));
  if (take(1, [...columns]) === false) return problems;
  for (const [at, card] of cards.entries()) {
    const name = card.kind === 'organisation' ? card.name || card.organisation : card.name;
    const cells = columns.map((column) => (column === 'remarks' ? remarksOf(card) : column === 'name' ? name : card[column]));
    if (take(at + 2, cells) === false) break;
  }
  return problems;
}

/** Writes one card a party. Returns how many. */
export function writeCards(path: string, rows: Iterable<AnyRow>): number {
  let written = 0;
  function* cards(): Generator<string> {
    for (const row of rows) {
      const { kind, remarks, ...texts } = Object.fromEntries(columns.map((column) => [column, typeof row[column] === 'string' ? row[column] : '']));
      yield writeVcard({ ...texts, kind: kind === 'organisation' ? 'organisation' : 'person', note: remarks ?? '', ...(kind === 'organisation' ? { organisation: texts['name'] ?? '' } : {}) });
      written += 1;
    }
  }
  writePieces(path, cards());
  return written;
}
