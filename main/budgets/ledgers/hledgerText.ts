import type { Account } from '../accounts/balances.ts';
import { oneLine } from './exportForm.ts';

/** Texts of the books in places where hledger would read some of their marks: names of accounts, references and comments. */

/**
 * Full names of accounts as hledger reads them, each its own: two spaces would end a name, and one in brackets or behind a mark of state would be
 * something else.
 */
export function hledgerNames(chart: readonly Account[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const taken = new Set<string>();
  const changed: { readonly id: number; readonly number: string; readonly name: string }[] = [];
  for (const { id, number, path } of chart) {
    const flat = oneLine(path).replaceAll(/\s+/g, ' ').replace(/^[\s;*!]+/, '');
    const name = /^[([]/.test(flat) ? flat.replaceAll(/[([]/g, '{').replaceAll(/[)\]]/g, '}') : flat;
    if (name !== path) changed.push({ id, number, name });
    else {
      found.set(id, path);
      taken.add(path);
    }
  }
  for (const { id, number, name } of changed) {
    const own = name === '' || taken.has(name) ? `${name} ${number || `ID${id}`}`.trim() : name;
    const last = taken.has(own) ? `${own} ID${id}` : own;
    found.set(id, last);
    taken.add(last);
  }
  return found;
}

/** A reference between the parentheses of a code. */
export const hledgerCode = (text: string): string => oneLine(text).replaceAll('(', '[').replaceAll(')', ']');

/** A comment whose words are not read as another date of its line. */
export const hledgerComment = (text: string): string => oneLine(text).replaceAll(/\b(date2?):/g, '$1 :').replaceAll(/\[([\d/.=-]+)\]/g, '($1)');
