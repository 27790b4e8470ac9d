import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { party } from '#contract/records/party.ts';
import { identifier } from '#contract/records/partyParts.ts';
import type { Ctx } from '../db/context.ts';
import { fold } from '../db/words.ts';
import { room } from '../db/room.ts';
import * as check from './identifiers.ts';

/** Rules of people and firms: the name they go by, the order they sort in, and numbers with check digits. */

const nameless = w('Give a name, or a given or family name.', 'Bitte einen Namen angeben, oder Vor- oder Nachname.');
const order = w('Left on {left} is before joined on {hired}.', 'Der Austritt am {left} liegt vor dem Eintritt am {hired}.');

const textOf = (values: AnyDraft, key: string): string => {
  const value = values[key];
  return typeof value === 'string' ? value.trim() : '';
};

const checked = Object.entries({ iban: check.iban, bic: check.bic, vat_id: check.vat, email: check.email });

function complete(_ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  const now = before === null ? values : { ...before, ...values };
  const [given, family, kind] = [textOf(now, 'given_name'), textOf(now, 'family_name'), textOf(now, 'kind')];
  const whole = given === '' || family === '' ? given + family : `${given} ${family}`;
  const renamed = before !== null && ('given_name' in values || 'family_name' in values) && !('name' in values) && textOf(before, 'name') === [textOf(before, 'given_name'), textOf(before, 'family_name')].filter(Boolean).join(' ');
  const name = (renamed ? '' : textOf(now, 'name')) || whole;
  if (name === '') throw new Refused('invalid', nameless, {}, 'name');
  const next: Record<string, unknown> = { ...values, name, sort_name: fold(kind === 'person' && family !== '' ? `${family}, ${given}` : name).slice(0, 200) };
  for (const [key, rule] of checked) {
    const value = textOf(values, key);
    if (value !== '') next[key] = rule(value, key);
  }
  const [hired, left] = [textOf(now, 'hired_day'), textOf(now, 'left_day')];
  if (hired !== '' && left !== '' && left < hired) throw new Refused('invalid', order, { hired, left }, 'left_day');
  return next;
}

export const partyRoom = room(party, { complete, alone: true });

/** Further identifiers are checked by their kind. */
export const identifierRoom = room(identifier, {
  complete: (_ctx, values, before) => {
    const kind = textOf({ ...before, ...values }, 'kind');
    const value = textOf({ ...before, ...values }, 'value');
    const rule = ({ iban: check.iban, bic: check.bic, vat: check.vat } as Readonly<Record<string, typeof check.iban>>)[kind];
    return rule ? { ...values, value: rule(value, 'value') } : values;
  },
});

const backwards = w('Until {until} is before from {from}.', 'Bis {until} liegt vor von {from}.');

/** From … until: the end may not lie before the beginning. The year 9999 of other systems means "until further notice" and is kept empty. */
export function period(_ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  const until = textOf(values, 'until_day').startsWith('9999-') ? '' : undefined;
  const next = until === undefined ? values : { ...values, until_day: until };
  const [from, to] = [textOf({ ...before, ...next }, 'from_day'), textOf({ ...before, ...next }, 'until_day')];
  if (to !== '' && to < from) throw new Refused('invalid', backwards, { from, until: to }, 'until_day');
  return next;
}
