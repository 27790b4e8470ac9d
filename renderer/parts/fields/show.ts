import type { Named } from '#contract/kit/call.ts';
import type { Field } from '#contract/kit/field.ts';
import { t, words } from '../../t.ts';
import { amount, day, decimal, instant, list, number, percentage } from '../format.ts';

/** How a ref finds the title of what it points to; undefined while it is not known yet. */
export type NameOf = (entity: string, id: number) => Named | undefined;

export const isNumber = (field: Field): boolean => field.kind === 'whole' || field.kind === 'decimal' || field.kind === 'money';

/** Columns that stand to the right, so that digits stand under each other. */
export const isRight = isNumber;

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);
const optionLabel = (field: Field, value: string): string => {
  const option = field.options?.find((one) => one.value === value);
  return option ? words(option.label) : value;
};

/** True for what counts as not filled in. */
export const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The currency a money field is in: that of the record, else that of the company. */
export function currencyOf(field: Field, row: Readonly<Record<string, unknown>>, company: string): string {
  const own = field.currency ? row[field.currency] : undefined;
  return typeof own === 'string' && own !== '' ? own : company;
}

/** A value as people read it, in one line. '' when it is empty or not visible to this role. */
export function show(field: Field, value: unknown, row: Readonly<Record<string, unknown>>, nameOf: NameOf, company: string): string {
  if (isEmpty(value)) return '';
  switch (field.kind) {
    case 'longtext':
      return typeof value === 'string' ? value.replace(/\s*\r?\n\s*/g, ' · ') : '';
    case 'text':
    case 'choice':
      return typeof value === 'string' ? optionLabel(field, value) : '';
    case 'choices':
      return list(strings(value).map((one) => optionLabel(field, one)));
    case 'tags':
      return strings(value).join(', ');
    case 'flag':
      return value === true ? t('common.yes') : '';
    case 'day':
      return typeof value === 'string' ? day(value) : '';
    case 'time':
    case 'whole':
    case 'decimal':
    case 'money':
    case 'ref':
      return typeof value === 'number' ? showNumber(field, value, row, nameOf, company) : '';
  }
}

function showNumber(field: Field, value: number, row: Readonly<Record<string, unknown>>, nameOf: NameOf, company: string): string {
  if (field.kind === 'time') return instant(value);
  if (field.percent) return percentage(value, field.scale ?? 0);
  if (field.kind === 'decimal') return decimal(value, field.scale ?? 0);
  if (field.kind === 'money') return amount(value, currencyOf(field, row, company));
  if (field.kind === 'ref') return nameOf(field.to ?? '', value)?.title ?? '';
  return number(value);
}
