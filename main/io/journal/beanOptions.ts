import { type BeanBook, type BeanOptions, refuseBean } from './beanBook.ts';
import type { Words } from './beanTokens.ts';
import { numberAt } from './beanTokens.ts';
import type { Dec } from './exact.ts';
import type { NamedAccount } from './transaction.ts';

/** Options of a beancount book, those that change what its amounts mean. */

const kinds = { name_assets: 'asset', name_liabilities: 'liability', name_equity: 'equity', name_income: 'income', name_expenses: 'expense' } as const;
const names: readonly (readonly [string, NamedAccount['kind']])[] = [
  ['Assets', 'asset'],
  ['Liabilities', 'liability'],
  ['Equity', 'equity'],
  ['Income', 'income'],
  ['Expenses', 'expense'],
];

/** What holds without any option. */
export const newOptions = (): BeanOptions => ({ roots: new Map(names), booking: 'STRICT', multiplier: { n: 5n, s: 1 }, fromCost: false, opens: false, tolerances: new Map() });

const isKind = (name: string): name is keyof typeof kinds => name in kinds;

/** Takes in one option. @throws Refused when its value can not be used */
export function option(book: BeanBook, name: string, value: string): void {
  const { options } = book;
  if (isKind(name)) {
    const kind = kinds[name];
    options.roots = new Map([...[...options.roots].filter(([, one]) => one !== kind), [value, kind]]);
    return;
  }
  switch (name) {
    case 'booking_method':
      options.booking = value;
      return;
    case 'inferred_tolerance_multiplier':
    case 'tolerance_multiplier':
      options.multiplier = number(book, value);
      return;
    case 'infer_tolerance_from_cost':
      options.fromCost = /^(?:true|1)$/i.test(value);
      return;
    case 'inferred_tolerance_default':
    case 'default_tolerance': {
      const at = value.indexOf(':');
      if (at === -1) refuseBean(book, 'a default tolerance has the form CURRENCY:NUMBER');
      options.tolerances.set(value.slice(0, at).trim(), number(book, value.slice(at + 1)));
      return;
    }
    case 'account_rounding':
      book.taker.warning({ file: book.file, line: book.line, message: 'what is rounded is not posted to an account of its own' });
      return;
    default:
  }
}

function number(book: BeanBook, text: string): Dec {
  const words: Words = { text, at: 0, line: book.line };
  return numberAt(book, words) ?? refuseBean(book, `“${text}” is not a number`);
}
