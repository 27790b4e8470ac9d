import { balance, stillBalances } from './balance.ts';
import { accountOf, type Amount, type Book, type Draft, newBook, type Options, posted, refuse, type Scope, tell, tellRest } from './book.ts';
import { dayText } from './days.ts';
import { type Applied, type Below, below, directive } from './directives.ts';
import { header, newEntry, nextDraft, posting } from './entry.ts';
import { dec, looksZero, plus, quantity, zero } from './exact.ts';
import { included, within } from './include.ts';
import { applyRules, type Rule, ruleOf, rulePosting } from './rules.ts';
import { assertionProblem, assertOn, balanceOf, checkAll, commoditiesIn, count, holds, noAssertions } from './running.ts';
import { readLines, strange } from './source.ts';
import { type Strict, strictChecks } from './strict.ts';
import type { Posting, Taker } from './transaction.ts';

/** Journals of hledger and ledger, from their lines to their transactions. */

type State = 'none' | 'entry' | 'rule' | 'skip' | 'below' | 'comment';

const clock = /^[iIoObh]\s+\d+[-/.]/;

/**
 * Reads a journal and all that it includes.
 * @throws Refused with file and line, wherever `options.dialect` itself refuses, and where amounts could not be carried over exactly
 */
export function readJournal(path: string, options: Options, taker: Taker): void {
  const book = newBook(options, taker, path);
  const reader = linesOf(book);
  reader.start(path);
  reader.end();
  tellRest(book);
}

function linesOf(book: Book) {
  const { options, taker } = book;
  const ledger = options.dialect === 'ledger';
  const entry = newEntry();
  const another = (): Draft => nextDraft(book, entry);
  const assertions = noAssertions();
  const strict: Strict | null = options.strict ? strictChecks(book) : null;
  const rules: Rule[] = [];
  const open: string[] = [];
  let state: State = 'none';
  let owner: Below = { what: 'other' };
  let ending = 'end comment';
  let [bytes, total] = [0, 0];

  const close = (): void => {
    if (state === 'entry') commit();
  };

  const commit = (): void => {
    state = 'none';
    const { header: head, drafts } = entry;
    const at = book.line;
    if (entry.count > 0 && ledger) assertInOrder(book, drafts, entry.count);
    else if (entry.asserts) assign(head.day);
    if (ledger && book.bucket !== '' && entry.count === 1 && drafts[0]!.known && drafts[0]!.kind === 0) another().account = accountOf(book, book.bucket);
    const written = entry.count;
    balance(book, drafts, written, head.line, (like) => {
      const made = another();
      made.account = like.account;
      made.kind = like.kind;
      made.line = like.line;
      made.text = like.text;
      return made;
    });
    if (rules.length > 0 && applyRules(book, rules, head, drafts, entry.count, another)) stillBalances(book, drafts, entry.count, head.line);
    const postings: Posting[] = [];
    for (let n = 0; n < entry.count; n += 1) {
      const draft = drafts[n]!;
      postings.push(posted(draft));
      const day = ledger ? 0 : draft.day || head.day;
      count(book, draft, day, assertions);
      if (draft.assertion !== null && !ledger) assertOn(book, assertions, draft.account, draft.assertion, day, draft.line, draft.assigned);
    }
    strict?.entry(entry);
    const { tags } = book.scope;
    taker.transaction({
      day: dayText(head.day),
      status: head.status,
      code: head.code,
      payee: head.payee,
      narration: head.narration,
      tags: tags.length > 0 ? [...tags, ...head.tags] : head.tags,
      text: head.text,
      postings,
      file: book.file,
      line: head.line,
    });
    book.line = at;
  };

  /** hledger: amounts that follow from what an account should hold. */
  const assign = (day: number): void => {
    for (let n = 0; n < entry.count; n += 1) {
      const draft = entry.drafts[n]!;
      const { assertion } = draft;
      if (assertion === null || draft.known) continue;
      book.line = draft.line;
      const on = draft.day || day;
      let held = balanceOf(book, draft.account, assertion.amount.commodity, on, false, assertion.inclusive);
      for (let before = 0; before < n; before += 1) {
        const one = entry.drafts[before]!;
        const counts = one.account === draft.account || (assertion.inclusive && one.account.name.startsWith(`${draft.account.name}:`));
        if (counts && one.known && one.commodity === assertion.amount.commodity) held = plus(held, dec(one.units, one.scale));
      }
      if (assertion.sole) {
        for (const other of commoditiesIn(book, draft.account, assertion.inclusive)) {
          if (other !== assertion.amount.commodity && balanceOf(book, draft.account, other, on, false, assertion.inclusive).n !== 0n) refuse(book, 'an account with several commodities can not be set by one balance assignment here');
        }
      }
      set(book, draft, assertion.amount, held);
      draft.assigned = true;
    }
  };

  const include = (name: string): void => {
    const { file, line, scope } = book;
    for (const path of included(file, name, (problem) => refuse(book, problem))) {
      book.scope = ledger ? scope : copy(scope);
      within(open, path, { file, line }, (problem) => refuse(book, problem), (opened, size) => read(path, opened, size));
      book.file = file;
      book.line = line;
    }
    book.scope = scope;
  };

  const outside = (text: string, from: number, to: number): void => {
    const c = text.charCodeAt(from);
    if (c >= 48 && c <= 57) {
      header(book, entry, text, from, to);
      state = 'entry';
      return;
    }
    // ; # * are comments in both, % and | in ledger alone.
    if (c === 59 || c === 35 || c === 42 || (ledger && (c === 37 || c === 124))) return;
    const line = text.slice(from, to);
    if (c === 61) {
      state = 'skip';
      if (ledger) {
        rules.push(ruleOf(book, line.slice(1).replace(/\s+;.*$/u, '').trim()));
        state = 'rule';
      } else tell(book, 'rules', 'automated rules are not applied, as in hledger without --auto');
      return;
    }
    if (c === 126) {
      state = 'skip';
      return tell(book, 'periodic', 'periodic transactions are plans and are skipped');
    }
    other(line);
  };

  const other = (line: string): void => {
    if (clock.test(line)) refuse(book, 'time clock entries can not be read here');
    if (line.startsWith('--')) return tell(book, 'options', 'an option of the command line is skipped');
    const [, word = '', rest = ''] = /^[!@]?(Y(?=\d)|\S+)\s*(.*)$/su.exec(line) ?? [];
    if (word === 'comment' || (word === 'test' && ledger)) {
      state = 'comment';
      ending = `end ${word}`;
    } else if (word === 'include') include(unquoted(rest.trim()));
    else {
      owner = directive(book, word, rest, applied);
      state = 'below';
    }
  };

  let applied: Applied[] = [];

  const take = (text: string, from: number, to: number, line: number): void => {
    const first = text.charCodeAt(from);
    const indented = from < to && (first === 32 || first === 9);
    if (state === 'comment') {
      book.line = line;
      const found = text.slice(from, to).trim();
      if (found === ending || found === `!${ending}` || (ledger && found === 'end')) state = 'none';
      return;
    }
    if (indented && !isBlank(text, from, to)) {
      book.line = line;
      if (state === 'entry') posting(book, entry, text, from, to);
      else inner(text.slice(from, to).trim());
      return;
    }
    close();
    book.line = line;
    if (from < to && !indented) {
      state = 'none';
      outside(text, from, to);
    } else if (state !== 'below') state = 'none';
  };

  const inner = (text: string): void => {
    if (state === 'rule') {
      if (/^(?:check|assert|expr|eval)\s/.test(text)) tell(book, 'checks', `“${text.slice(0, 40)}” of an automated rule is not checked`);
      else if (!/^[;#]/.test(text)) rulePosting(book, rules.at(-1)!, text);
    } else if (state === 'below') below(book, owner, text);
    else if (state === 'none' && !/^[;#]/.test(text)) refuse(book, 'an indented line that belongs to nothing');
  };

  const read = (path: string, file: number, size: number): void => {
    const outer = applied;
    applied = ledger ? outer : [];
    taker.file?.(path);
    book.file = path;
    book.line = 0;
    state = 'none';
    total += size;
    const start = bytes;
    readLines(file, path, { lenient: ledger, onStrange: (line) => tell(book, 'encoding', strange, line), onBytes: (done) => taker.progress?.((bytes = start + done), total) }, take);
    close();
    state = 'none';
    applied = outer;
  };

  return {
    start: (path: string): void => within(open, path, { file: path, line: 1 }, (problem) => refuse(book, problem), (file, size) => read(path, file, size)),
    end: (): void => checkAll(assertions),
  };
}

const copy = (scope: Scope): Scope => ({ ...scope, names: new Map(scope.names) });

const unquoted = (text: string): string => (/^".*"$/.test(text) ? text.slice(1, -1) : text.replace(/\s+;.*$/u, ''));

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const c = text.charCodeAt(at);
    if (c !== 32 && c !== 9) return false;
  }
  return true;
}

function set(book: Book, draft: Draft, wanted: Amount, held: { readonly n: bigint; readonly s: number }): void {
  const found = quantity(plus(dec(wanted.units, wanted.scale), { n: -held.n, s: held.s }), '');
  if (found === null) refuse(book, 'the amount that this balance needs has too many digits to be exact');
  draft.units = found.units;
  draft.scale = found.scale;
  draft.commodity = wanted.commodity;
  draft.known = true;
}

/** ledger: assertions and assignments hold in the order of the file, posting by posting. */
function assertInOrder(book: Book, drafts: readonly Draft[], count: number): void {
  for (let n = 0; n < count; n += 1) {
    const draft = drafts[n]!;
    if (draft.assertion === null) continue;
    book.line = draft.line;
    const wanted = draft.assertion.amount;
    const all = wanted.commodity.name === '' && wanted.units === 0;
    const earlier = drafts.slice(0, draft.known ? n + 1 : n).filter((one) => one.account === draft.account && one.known && (draft.kind !== 0 || one.kind === 0));
    const kinds = all ? [...new Set([...commoditiesIn(book, draft.account, false), ...earlier.map((one) => one.commodity)])] : [wanted.commodity];
    const held = kinds.map((commodity) => {
      const now = earlier.filter((one) => one.commodity === commodity).reduce((sum, one) => plus(sum, dec(one.units, one.scale)), zero);
      return { commodity, sum: plus(balanceOf(book, draft.account, commodity, 0, draft.kind === 0), now) };
    });
    if (draft.known) {
      const off = held.find(({ commodity, sum }) => !holds({ ...wanted, commodity }, sum, commodity.decimals));
      if (off) refuse(book, assertionProblem(draft.account, { ...wanted, commodity: off.commodity }, off.sum));
      continue;
    }
    const open = held.filter(({ commodity, sum }) => !looksZero(sum, commodity.decimals));
    if (open.length > 1) refuse(book, 'an account with several commodities can not be set to zero at once');
    const one = open[0] ?? held[0];
    set(book, draft, { ...wanted, commodity: one?.commodity ?? wanted.commodity }, one?.sum ?? zero);
  }
}
