import { closeSync, fstatSync, readSync } from 'node:fs';
import { Gunzip } from 'fflate';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { decoder } from '../text.ts';
import { xmlReader } from '../xml.ts';
import { openBook } from './gnucashBook.ts';
import { refusedAt } from './refusal.ts';
import { openPlain } from './source.ts';
import type { Taker } from './transaction.ts';

/** Books of GnuCash in XML, plain or compressed, element by element in flat memory. */

const words = {
  none: w('this is no book of GnuCash', 'das ist kein Buch von GnuCash'),
  packed: w('the compressed file is damaged or cut off', 'die komprimierte Datei ist beschädigt oder abgeschnitten'),
};

const piece = 1 << 16;
/** Texts of GnuCash are descriptions and notes; a longer one is something else. */
const longestText = 1 << 20;

/** @throws Refused with file and line */
export function readGnucashXml(path: string, taker: Taker): void {
  const file = openPlain(path, { file: path, line: 1 });
  try {
    readOpen(file, path, taker);
  } finally {
    closeSync(file);
  }
}

type Fields = Record<string, string>;

function readOpen(file: number, path: string, taker: Taker): void {
  const book = openBook(path, taker);
  const stack: string[] = [];
  let [line, text, began, splitBegan] = [1, '', 0, 0];
  let [inside, key]: ['' | 'account' | 'transaction' | 'price', string] = ['', ''];
  let fields: Fields = {};
  let split: Fields | null = null;
  let splits: { fields: Fields; line: number }[] = [];
  let root = '';
  const told = new Set<string>();

  const open = (name: string): void => {
    const parent = stack.at(-1);
    if (parent === undefined) root = name;
    if (inside === '' && (parent === 'book' || parent === 'pricedb') && (name === 'account' || name === 'transaction' || name === 'price')) {
      inside = name;
      fields = {};
      splits = [];
      began = line;
      if (name === 'transaction') book.accountsDone();
    } else if (inside === 'transaction' && name === 'split' && parent === 'splits') {
      split = {};
      splitBegan = line;
    } else if (parent === 'book' && notCarried[name] !== undefined && !told.has(name)) {
      told.add(name);
      taker.warning({ file: path, line, message: `${notCarried[name]} are not carried over` });
    }
    stack.push(name);
    text = '';
  };

  const close = (name: string): void => {
    // Some writer left an element open: the file is not what it seems.
    if (stack.pop() !== name) throw refusedAt(path, line, words.none);
    const parent = stack.at(-1);
    if (inside !== '') {
      if (split !== null) {
        if (parent === 'split') split[name] = text;
        else if (name === 'split' && parent === 'splits') {
          splits.push({ fields: split, line: splitBegan });
          split = null;
        }
      } else if (parent === inside) fields[name] = text;
      else if (parent === 'slot') {
        if (name === 'key') key = text;
        else if (name === 'value' && key === 'notes') fields['notes'] = text;
      } else if (parent !== undefined && (name === 'id' || name === 'space' || name === 'date')) fields[`${parent}/${name}`] = text;
      if (name === inside && (parent === 'book' || parent === 'pricedb')) {
        finish();
        inside = '';
      }
    }
    text = '';
  };

  const of = (name: string): string => fields[name]?.trim() ?? '';
  function finish(): void {
    if (inside === 'account') {
      book.account({ id: of('id'), name: of('name'), type: of('type'), space: of('commodity/space'), commodity: of('commodity/id'), parent: of('parent'), code: of('code'), line: began });
    } else if (inside === 'price') {
      book.price({ day: of('time/date'), space: of('commodity/space'), commodity: of('commodity/id'), currencySpace: of('currency/space'), currency: of('currency/id'), value: of('value'), line: began });
    } else {
      book.transaction({
        day: of('date-posted/date'),
        number: of('num'),
        description: of('description'),
        notes: of('notes'),
        space: of('currency/space'),
        currency: of('currency/id'),
        splits: splits.map(({ fields: one, line: at }) => ({ account: (one['account'] ?? '').trim(), value: one['value'] ?? '', quantity: one['quantity'] ?? '', memo: (one['memo'] ?? '').trim(), state: one['reconciled-state'] ?? '', line: at })),
        line: began,
      });
    }
  }

  const reader = xmlReader({
    open,
    close,
    text: (more) => {
      text = text === '' ? more : text + more;
      if (text.length > longestText) throw refusedAt(path, line, words.none);
    },
  });

  /** Feeds whole lines, so that what is found has one. */
  let kept = '';
  const feed = (found: string): void => {
    const all = kept === '' ? found : kept + found;
    let from = 0;
    for (let end = all.indexOf('\n'); end !== -1; end = all.indexOf('\n', from)) {
      reader.push(all.slice(from, end + 1));
      line += 1;
      from = end + 1;
    }
    kept = all.slice(from);
    if (kept.length > 1 << 22) {
      // Everything in one line: as it comes.
      reader.push(kept);
      kept = '';
    }
  };
  try {
    eachPiece(file, path, taker, feed);
    if (kept !== '') reader.push(kept);
    reader.end();
  } catch (error) {
    if (error instanceof Refused && error.params['line'] === undefined) throw refusedAt(path, line, error.words);
    throw error;
  }
  if (root !== 'gnc-v2') throw refusedAt(path, 1, words.none);
  book.accountsDone();
}

const notCarried: Readonly<Record<string, string>> = {
  GncInvoice: 'invoices and bills (their posted transactions are)', GncCustomer: 'customers', GncVendor: 'suppliers', GncEmployee: 'employees', GncJob: 'jobs', GncOrder: 'orders', GncTaxTable: 'tax tables', GncBillTerm: 'terms of payment',
  schedxaction: 'scheduled transactions', budget: 'budgets',
};

/** The text of a file piece by piece, unpacked where it is compressed. */
function eachPiece(file: number, path: string, taker: Taker, onText: (text: string) => void): void {
  const total = fstatSync(file).size;
  const decode = decoder('utf-8');
  const buffer = Buffer.allocUnsafe(piece);
  let [read, begun, ended] = [0, false, false];
  let gunzip: Gunzip | null = null;
  const waiting: Uint8Array[] = [];
  const take = (bytes: Uint8Array, last: boolean): void => {
    const text = decode.decode(bytes, last);
    if (decode.damaged()) throw refusedAt(path, 1, words.none);
    if (!begun && text !== '') {
      begun = true;
      if (!/^\s*</.test(text)) throw refusedAt(path, 1, words.none);
    }
    onText(text);
  };
  for (;;) {
    const size = readSync(file, buffer, 0, piece, read);
    if (read === 0 && size > 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) {
      gunzip = new Gunzip((bytes, last) => {
        waiting.push(bytes);
        ended ||= last;
      });
    }
    read += size;
    if (!gunzip) take(buffer.subarray(0, size), size === 0);
    else {
      try {
        // The unpacker keeps what it is given.
        gunzip.push(Uint8Array.from(buffer.subarray(0, size)), read >= total);
      } catch {
        throw refusedAt(path, 1, words.packed);
      }
      for (const bytes of waiting.splice(0)) take(bytes, false);
    }
    taker.progress?.(read, total);
    if (size === 0 || (gunzip && read >= total)) break;
  }
  if (gunzip) {
    if (!ended) throw refusedAt(path, 1, words.packed);
    take(new Uint8Array(0), true);
  }
}
