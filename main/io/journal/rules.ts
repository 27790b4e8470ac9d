import { asDecimal, factorAt } from './amounts.ts';
import { accountAs, type Account, type Book, type Draft, type Header, type Kind, refuse } from './book.ts';
import { patternOf } from './directives.ts';
import { kindOf } from './entry.ts';
import { quantity, ten } from './exact.ts';
import type { Fraction } from './expression.ts';

/** ledger's automated transactions: postings that a rule adds to every transaction after it. */

type Test = (draft: Draft, header: Header) => boolean;

export interface RulePosting {
  readonly account: string;
  readonly kind: Kind;
  /** Without a commodity it multiplies the amount of the posting found. */
  readonly amount: Fraction;
  readonly text: string;
}

export interface Rule {
  readonly test: Test;
  readonly postings: RulePosting[];
  readonly line: number;
}

/** Reads “= QUERY”. Names of accounts, payees (@) and their and, or, not are understood. @throws Refused for everything else */
export function ruleOf(book: Book, text: string): Rule {
  const plain = /^expr\s+(?:'(.*)'|"(.*)"|(.*))$/s.exec(text);
  // What an expression says of names of accounts and payees is the same as a query says.
  const query = plain ? (plain[1] ?? plain[2] ?? plain[3] ?? '').replace(/\b(account|payee)\s*=~\s*(?=\/)/g, '$1 ').replaceAll('&&', '&').replaceAll('||', '|') : text;
  const words = [...query.matchAll(/\/(?:[^/\\]|\\.)*\/|"[^"]*"|'[^']*'|[()&|!]|[^\s()&|!]+/g)].map((found) => found[0]);
  if (words.length === 0) refuse(book, 'an automated rule without a query');
  const reading = { words, at: 0 };
  if (plain && query.trim() === 'true') return { test: () => true, postings: [], line: book.line };
  if (plain && !/^(?:[\s()&|!]|\b(?:and|or|not)\b|\b(?:account|payee) \/(?:[^/\\]|\\.)*\/)*$/.test(query)) unreadable(book, text);
  const test = either(book, reading, 0);
  if (reading.at < words.length) unreadable(book, text);
  return { test, postings: [], line: book.line };
}

interface Reading {
  readonly words: readonly string[];
  at: number;
}

function unreadable(book: Book, text: string): never {
  refuse(book, `ledger would apply the automated rule “${text}” to what follows; only rules on names of accounts and payees can be applied here`);
}

/** Words beside each other are alternatives, as in ledger's queries. */
function either(book: Book, reading: Reading, depth: number): Test {
  let left = both(book, reading, depth);
  for (let word = reading.words[reading.at]; word !== undefined && word !== ')'; word = reading.words[reading.at]) {
    if (word === 'or' || word === '|') reading.at += 1;
    const [first, second] = [left, both(book, reading, depth)];
    left = (draft, header) => first(draft, header) || second(draft, header);
  }
  return left;
}

function both(book: Book, reading: Reading, depth: number): Test {
  let left = single(book, reading, depth);
  for (let word = reading.words[reading.at]; word === 'and' || word === '&'; word = reading.words[reading.at]) {
    reading.at += 1;
    const [first, second] = [left, single(book, reading, depth)];
    left = (draft, header) => first(draft, header) && second(draft, header);
  }
  return left;
}

const unknown = /^(?:expr|code|note|tag|meta|data|show|only|bold|for|since|until|from|to|any|all)$/;

function single(book: Book, reading: Reading, depth: number): Test {
  const word = reading.words[reading.at];
  if (word === undefined || depth > 50) unreadable(book, reading.words.join(' '));
  reading.at += 1;
  if (word === 'not' || word === '!') {
    const inner = single(book, reading, depth + 1);
    return (draft, header) => !inner(draft, header);
  }
  if (word === '(') {
    const inner = either(book, reading, depth + 1);
    if (reading.words[reading.at] !== ')') unreadable(book, reading.words.join(' '));
    reading.at += 1;
    return inner;
  }
  if (/^(?:payee|desc|account)$/.test(word)) {
    const pattern = patternOf(book, reading.words[reading.at] ?? unreadable(book, reading.words.join(' ')));
    reading.at += 1;
    return word === 'account' ? (draft) => pattern.test(draft.account.name) : (_, header) => pattern.test(header.payee);
  }
  if (unknown.test(word) || /^[%=#~)&|]/.test(word) || /^(?:and|or)$/.test(word)) unreadable(book, reading.words.join(' '));
  if (word.startsWith('@')) {
    const pattern = patternOf(book, word.slice(1));
    return (_, header) => pattern.test(header.payee);
  }
  const pattern = patternOf(book, word);
  return (draft) => pattern.test(draft.account.name);
}

/** Reads a posting of a rule: `text` without its indentation. @throws Refused when it can not be applied exactly */
export function rulePosting(book: Book, rule: Rule, text: string): void {
  const found = /^(?:[*!]\s*)?(.+?)(?:\s*\t\s*| {2,})(.*)$/u.exec(text);
  if (!found) refuse(book, 'a posting of an automated rule without an amount can not be applied');
  const [, name = '', rest = ''] = found;
  if (/%\(|\$(?!account\b)[\p{L}_]/u.test(name)) refuse(book, `the name “${name}” can not be computed`);
  const kind = kindOf(name);
  const account = (kind === 0 ? name : name.slice(1, -1)).trim();
  const cursor = { text: rest, at: 0 };
  const amount = factorAt(book, cursor);
  if (amount === null) refuse(book, 'this posting of an automated rule can not be applied exactly');
  rule.postings.push({ account, kind, amount, text: rest.slice(cursor.at + 1).trim() });
}

/** Adds what the rules make of the first `count` drafts. `another` gives an empty draft. Returns whether a real posting was added. */
export function applyRules(book: Book, rules: readonly Rule[], header: Header, drafts: readonly Draft[], count: number, another: () => Draft): boolean {
  let real = false;
  for (const rule of rules) {
    for (const draft of drafts.slice(0, count)) {
      if (!rule.test(draft, header)) continue;
      for (const posting of rule.postings) {
        const made = another();
        made.account = target(book, posting.account, draft.account);
        made.kind = posting.kind;
        made.made = true;
        made.text = posting.text;
        made.line = draft.line;
        amount(book, made, posting.amount, draft);
        if (posting.kind !== 1) real = true;
      }
    }
  }
  return real;
}

const target = (book: Book, name: string, found: Account): Account => accountAs(book, name.replaceAll('$account', () => found.name));

function amount(book: Book, made: Draft, factor: Fraction, found: Draft): void {
  made.known = true;
  const commodity = factor.commodity ?? found.commodity;
  const product = factor.commodity ? factor : { over: BigInt(found.units) * factor.over, under: ten(found.scale) * factor.under, commodity };
  const value = quantity(asDecimal(book, product, commodity), commodity.name);
  if (value === null) refuse(book, 'what the automated rule computes has too many digits to be exact', found.line);
  made.units = value.units;
  made.scale = value.scale;
  made.commodity = commodity;
}
