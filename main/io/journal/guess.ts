import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import type { JournalFormat } from '#contract/budgets/books.ts';

/** Guesses which program wrote a ledger: what its first lines show for certain, then the ending of its name, then what they look like. */

const looked = 65_536;

const certain: readonly (readonly [RegExp, JournalFormat])[] = [
  [/^SQLite format 3[^]*AccountingLedgerEntry/, 'frappe-books'],
  [/^(\u001f\u008b|SQLite format 3)|<gnc-v2/, 'gnucash'],
  [/^\s*!(Type|Account|Option)\b/im, 'qif'],
  [/^\d{4}[-/]\d\d[-/]\d\d\s+(open|close|balance|pad|commodity|txn)\s+\S|^option\s+"[^"]+"\s+"|^plugin\s+"/m, 'beancount'],
];

const endings: Readonly<Record<string, JournalFormat>> = {
  '.hledger': 'hledger', '.journal': 'hledger', '.j': 'hledger', '.ledger': 'ledger', '.lgr': 'ledger', '.beancount': 'beancount', '.bean': 'beancount', '.gnucash': 'gnucash', '.qif': 'qif', '.db': 'frappe-books', '.csv': 'ledger-csv', '.tsv': 'ledger-csv',
};

const likely: readonly (readonly [RegExp, JournalFormat])[] = [
  [/^(bucket|define|assert|check|expr|eval|python|A|C|N)\s+\S|^\s+assert\s/m, 'ledger'],
  [/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b.*\r?\n(\s+\S.*\r?\n?)/m, 'hledger'],
  [/^[^\r\n]*(date|datum)[^\r\n]*[,;\t][^\r\n]*[,;\t]/i, 'ledger-csv'],
];

/** '' when it cannot be told. */
export function guessOf(name: string, head: string): JournalFormat | '' {
  const found = (among: readonly (readonly [RegExp, JournalFormat])[]): JournalFormat | undefined => among.find(([form]) => form.test(head))?.[1];
  return found(certain) ?? endings[extname(name).toLowerCase()] ?? found(likely) ?? '';
}

/** '' also where there is no file to look into. */
export function guessFormat(path: string): JournalFormat | '' {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return '';
  const head = Buffer.alloc(looked);
  const file = openSync(path, 'r');
  try {
    return guessOf(path, head.toString('latin1', 0, readSync(file, head)));
  } finally {
    closeSync(file);
  }
}
