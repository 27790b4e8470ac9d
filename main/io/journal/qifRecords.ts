import { basename } from 'node:path';
import { w } from '#contract/kit/words.ts';
import { refusedAt } from './refusal.ts';
import { eachLine } from './textLines.ts';
import type { Taker } from './transaction.ts';

/** Records of a QIF file: letters with their values, up to a line with '^', under the heading they stand below. */

export interface QifSplit {
  category: string;
  memo: string;
  amount: string | null;
  line: number;
}

export interface QifRecord {
  /** 'bank' for every list of plain transactions, 'invst' for one of investments; other headings as they are written, in small letters. */
  readonly section: string;
  /** The account the list belongs to. */
  readonly account: string;
  /** Kind of the list as written, such as 'Bank' or 'Oth L'. */
  readonly list: string;
  /** First value of each letter. */
  readonly fields: ReadonlyMap<string, string>;
  readonly splits: readonly QifSplit[];
  readonly line: number;
}

const words = {
  none: w('this is no QIF file: it does not begin with a heading such as Type:Bank behind an exclamation mark', 'das ist keine QIF-Datei: Sie beginnt nicht mit einer Überschrift wie Type:Bank hinter einem Ausrufezeichen'),
  heading: w('the heading “{text}” is not known', 'die Überschrift „{text}“ ist nicht bekannt'),
  open: w('the record that begins here never ends with ^', 'der Satz, der hier beginnt, endet nie mit ^'),
};

const banks = /^(bank|cash|ccard|oth ?[al]|credit ?card|checking|savings|asset|liability|giro|karte)$/i;
const investments = /^(invst|port|mutual|401\(?k\)?.*|investment|brokerage)$/i;
const others = /^(cat|class|memorized|security|prices?|budget|template|tag|invitem|tax|bill|invoice|prop|emp|payitem|unprinted.*|category|categories)$/i;

/** What a list is called inside: '' for one that is not known. */
export const sectionOf = (list: string): string => (banks.test(list) ? 'bank' : investments.test(list) ? 'invst' : others.test(list) ? list.toLowerCase() : '');

/** A name for lists that name no account: that of the file. */
const fileAccount = (path: string): string => basename(path).replace(/\.[^.]*$/, '').replaceAll(':', '-').trim() || 'QIF';

/**
 * Hands out every record of a file in its order. Lists of accounts come as records of section 'account'.
 * @throws Refused when it is no QIF file
 */
export function eachQif(path: string, taker: Pick<Taker, 'warning' | 'progress'>, onRecord: (record: QifRecord) => void): void {
  let [section, list, account] = ['', '', ''];
  let switching = false;
  let headed = false;
  let fields = new Map<string, string>();
  let splits: QifSplit[] = [];
  let began = 0;
  const fresh = (): void => {
    fields = new Map();
    splits = [];
    began = 0;
  };
  const end = (): void => {
    if (began === 0) return;
    if (section === 'account' && !switching) account = fields.get('N') ?? '';
    onRecord({ section, account: account === '' ? fileAccount(path) : account, list, fields, splits, line: began });
    fresh();
  };
  const heading = (text: string, line: number): void => {
    // What was left open under the last heading belongs there.
    end();
    headed = true;
    const found = /^!\s*(type|account|option|clear)\s*:?\s*(.*?)\s*$/i.exec(text);
    const [, word = '', rest = ''] = found ?? [];
    switch (word.toLowerCase()) {
      case 'option':
        if (/^autoswitch$/i.test(rest)) switching = true;
        return;
      case 'clear':
        if (/^autoswitch$/i.test(rest)) switching = false;
        return;
      case 'account':
        section = 'account';
        return;
      case 'type':
        section = sectionOf(rest);
        list = rest;
        if (section === '') throw refusedAt(path, line, words.heading, { text });
        return;
      default:
        throw refusedAt(path, line, words.heading, { text });
    }
  };
  eachLine(path, taker, (text, from, to, line) => {
    const whole = text.slice(from, to).trim();
    if (whole === '') return;
    if (whole.startsWith('!')) return heading(whole, line);
    if (!headed) throw refusedAt(path, line, words.none);
    if (whole.startsWith('^')) return end();
    if (began === 0) began = line;
    field(whole[0]!, whole.slice(1).trim(), line);
  });
  if (!headed) throw refusedAt(path, 1, words.none);
  if (began !== 0) {
    // Cut off in the middle: what is missing can not be known.
    if (section === 'bank' || section === 'invst') throw refusedAt(path, began, words.open);
    end();
  }

  function field(letter: string, value: string, line: number): void {
    const plain = section === 'bank';
    if (plain && letter === 'S') splits.push({ category: value, memo: '', amount: null, line });
    else if (plain && (letter === 'E' || letter === '$' || letter === '%')) {
      let last = splits.at(-1);
      // A split without a category has no S line in some programs.
      if (!last || (letter === '$' && last.amount !== null) || (letter === 'E' && (last.memo !== '' || last.amount !== null))) splits.push((last = { category: '', memo: '', amount: null, line }));
      if (letter === 'E') last.memo = value;
      else if (letter === '$') last.amount = value;
    } else if (section === 'prices' || section === 'price') fields.set('price', letter + value);
    else if (!fields.has(letter)) fields.set(letter, value);
  }
}
