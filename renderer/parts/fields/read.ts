import type { Field } from '#contract/kit/field.ts';
import { exponentOf } from '#contract/kit/money.ts';
import { t, words } from '../../t.ts';
import { day, instant } from '../format.ts';
import { dayOrder, point } from './locale.ts';
import { plainScaled, readScaled } from './number.ts';
import { typedDay, typedTime } from './typedDay.ts';

/** A typed text as a value, or why it is none. */
export type Read = { readonly value: unknown } | { readonly problem: string };

const value = (given: unknown): Read => ({ value: given });
const wrong = (problem: string): Read => ({ problem });

/** Digits after the point that are typed for a number field. */
export const scaleOf = (field: Field, currency: string): number => (field.kind === 'money' ? exponentOf(currency) : (field.scale ?? 0) - (field.percent ? 2 : 0));

/** Reads what was typed or pasted into a field. Refs cannot be read here: their titles are known to the office only. */
export function read(field: Field, typed: string, currency: string): Read {
  switch (field.kind) {
    case 'text':
    case 'longtext':
      return value(field.kind === 'text' ? (optionLike(field, typed) ?? typed.replace(/\s*[\r\n]+\s*/g, ' ')) : typed);
    case 'whole':
    case 'decimal':
    case 'money':
      return readNumber(field, typed, currency);
    case 'day': {
      const given = typedDay(typed, dayOrder());
      return given === null ? wrong(t('parts.fields.noDay')) : value(given);
    }
    case 'time': {
      const given = typedTime(typed, dayOrder());
      return given === undefined ? wrong(t('parts.fields.noTime')) : value(given);
    }
    case 'flag':
      return value(/^(1|y|yes|j|ja|true|wahr|x)$/i.test(typed.trim()));
    case 'choice':
      return readChoice(field, typed);
    case 'choices':
      return readChoices(field, typed);
    case 'tags':
      return value([...new Set(typed.split(/[,;]/).map((one) => one.trim()).filter((one) => one !== ''))]);
    case 'ref':
      return typed.trim() === '' ? value(null) : wrong(t('parts.fields.noRef'));
  }
}

function readNumber(field: Field, typed: string, currency: string): Read {
  const given = readScaled(field.percent ? typed.replace(/%\s*$/, '') : typed, scaleOf(field, currency), point());
  if (given === undefined) return wrong(t('parts.fields.noNumber', { digits: scaleOf(field, currency) }));
  if (given !== null && field.range && (given < field.range[0] || given > field.range[1])) return wrong(t('parts.fields.outside', { from: write(field, field.range[0], currency), to: write(field, field.range[1], currency) }));
  return value(given);
}

const optionLike = (field: Field, typed: string): string | undefined => {
  const wanted = typed.trim().toLowerCase();
  return field.options?.find((one) => one.value.toLowerCase() === wanted || words(one.label).toLowerCase() === wanted || one.label.en.toLowerCase() === wanted || one.label.de.toLowerCase() === wanted)?.value;
};

function readChoice(field: Field, typed: string): Read {
  if (typed.trim() === '') return value('');
  const found = optionLike(field, typed);
  return found === undefined ? wrong(t('parts.fields.noChoice', { text: typed })) : value(found);
}

function readChoices(field: Field, typed: string): Read {
  const texts = typed.split(/[,;]| und | and /).map((one) => one.trim()).filter((one) => one !== '');
  const found = texts.map((one) => optionLike(field, one));
  const unknown = found.indexOf(undefined);
  return unknown >= 0 ? wrong(t('parts.fields.noChoice', { text: texts[unknown] ?? '' })) : value([...new Set(found)]);
}

/** A value as it is typed: what `read` reads back. */
export function write(field: Field, given: unknown, currency: string): string {
  if (typeof given === 'number') {
    if (field.kind === 'time') return instant(given);
    const text = plainScaled(given, scaleOf(field, currency), point());
    return field.percent ? text.replace(/([.,]\d*?)0+$/, '$1').replace(/[.,]$/, '') : text;
  }
  if (typeof given !== 'string') return '';
  return field.kind === 'day' ? day(given) : given;
}
