import { accountKinds, accountRoles } from '#contract/budgets/account.ts';
import { w } from '#contract/kit/words.ts';
import type { Account } from '../accounts/balances.ts';
import { Unreadable } from './designFormula.ts';

/** Which accounts a row of a design takes, from the text that says so. */

const says = {
  empty: w('The accounts are missing.', 'Die Konten fehlen.'),
  quote: w('The quotation mark at place {at} is not closed.', 'Das Anführungszeichen an Stelle {at} wird nicht geschlossen.'),
  unknown: w('There is no account “{text}”.', 'Ein Konto „{text}“ gibt es nicht.'),
  several: w('There are several accounts named “{text}”; give the number, or the names from the top parted by “:”.', 'Mehrere Konten heißen „{text}“; bitte die Nummer angeben, oder die Namen von oben, getrennt durch „:“.'),
  kind: w('There is no kind of account “{text}”; there are {known}.', 'Eine Kontenart „{text}“ gibt es nicht; es gibt {known}.'),
  use: w('There is no use “{text}”; there are {known}.', 'Eine Verwendung „{text}“ gibt es nicht; es gibt {known}.'),
  turned: w('The range {text} ends before it begins.', 'Der Bereich {text} endet, bevor er beginnt.'),
};

/** One part of a selector. */
type Term =
  | { readonly is: 'all' }
  | { readonly is: 'range'; readonly from: string; readonly to: string }
  | { readonly is: 'kind'; readonly value: string }
  | { readonly is: 'use'; readonly value: string }
  /** With everything under it, unless it stands alone. */
  | { readonly is: 'account'; readonly text: string; readonly alone: boolean };

/** Accounts that all the terms hold; `out` takes them away. */
interface Part {
  readonly out: boolean;
  readonly terms: readonly Term[];
}

/** Parts between some marks; what stands in quotation marks is not parted. */
function split(text: string, between: string): string[] {
  const parts: string[] = [''];
  let quoted = -1;
  [...text].forEach((mark, at) => {
    if (mark === '"') quoted = quoted < 0 ? at : -1;
    if (between.includes(mark) && quoted < 0) parts.push('');
    else parts[parts.length - 1] += mark;
  });
  if (quoted >= 0) throw new Unreadable(says.quote, { at: quoted + 1 });
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function termOf(text: string): Term {
  if (text === '*') return { is: 'all' };
  const [, key, value] = /^(kind|use):\s*(\w+)$/i.exec(text) ?? [];
  if (key !== undefined && value !== undefined) {
    const is = key.toLowerCase() === 'kind' ? 'kind' : 'use';
    const known: readonly string[] = (is === 'kind' ? accountKinds : accountRoles).map((one) => one.value);
    if (!known.includes(value.toLowerCase())) throw new Unreadable(says[is], { text: value, known: known.join(', ') });
    return is === 'kind' ? { is, value: value.toLowerCase() } : { is, value: value.toLowerCase() };
  }
  const [, from, to] = /^(?=[\w.]*\d)([\w.]+)\s*[-\u2013]\s*(?=[\w.]*\d)([\w.]+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    if (to.slice(0, from.length) < from.slice(0, to.length)) throw new Unreadable(says.turned, { text });
    return { is: 'range', from, to };
  }
  const alone = text.startsWith('=');
  return { is: 'account', alone, text: (alone ? text.slice(1) : text).trim().replace(/^"(.*)"$/, '$1') };
}

/** What takes accounts away again. */
const away = /^[-\u2212!]\s*/;

/** Reads a selector. Throws `Unreadable`. */
function readParts(text: string): readonly Part[] {
  const parts = split(text, ',;').map((part): Part => ({ out: away.test(part), terms: split(part.replace(away, ''), '&').map(termOf) }));
  if (parts.every((part) => part.out)) throw new Unreadable(says.empty);
  return parts;
}

/** The one account that a text names: by number, by the names from the top, or by its own name. */
function named(chart: readonly Account[], text: string): Account {
  const lower = text.toLowerCase();
  for (const told of [(one: Account) => one.number, (one: Account) => one.path, (one: Account) => one.name]) {
    const found = text === '' ? [] : chart.filter((one) => told(one).toLowerCase() === lower);
    if (found.length > 1) throw new Unreadable(says.several, { text }, false);
    if (found[0]) return found[0];
  }
  throw new Unreadable(says.unknown, { text }, false);
}

function holds(term: Term, chart: readonly Account[]): (one: Account) => boolean {
  if (term.is === 'all') return () => true;
  if (term.is === 'kind') return (one) => one.kind === term.value;
  if (term.is === 'use') return (one) => one.role === term.value;
  // As texts, from the left: 4000-4999 holds 4010 and 49991, and not 500.
  if (term.is === 'range') return (one) => one.number !== '' && one.number >= term.from && one.number.slice(0, term.to.length) <= term.to;
  const top = named(chart, term.text);
  if (term.alone) return (one) => one.id === top.id;
  const below = new Set([top.id]);
  // Accounts stand after those they belong to.
  for (const one of chart) if (one.parent_id !== null && below.has(one.parent_id)) below.add(one.id);
  return (one) => below.has(one.id);
}

/**
 * The accounts of a selector, in the order of the chart: parts between commas, each a number or name with all under it (`=` in front: without
 * them), a range of numbers, `kind:`, `use:` or `*`; `&` holds what both sides hold; `-` (or `!`) in front takes away. Throws `Unreadable`.
 */
export function select(text: string, chart: readonly Account[]): readonly Account[] {
  const tests = readParts(text).map(({ out, terms }) => {
    const all = terms.map((term) => holds(term, chart));
    return { out, holds: (one: Account) => all.length > 0 && all.every((test) => test(one)) };
  });
  return chart.filter((one) => tests.some((test) => !test.out && test.holds(one)) && !tests.some((test) => test.out && test.holds(one)));
}
