import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { JournalFormat } from '#contract/budgets/books.ts';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { readBeancount } from '../../io/journal/beancount.ts';
import { readFrappeBooks } from '../../io/journal/frappeBooks.ts';
import { readGnucash } from '../../io/journal/gnucash.ts';
import { readHledger } from '../../io/journal/hledger.ts';
import { readLedger } from '../../io/journal/ledger.ts';
import { readLedgerCsv } from '../../io/journal/ledgerCsv.ts';
import { readQif } from '../../io/journal/qif.ts';
import type { Taker } from '../../io/journal/transaction.ts';

/** Who reads the ledger of which program. */

const words = {
  gone: w('The file “{path}” cannot be read.', 'Die Datei „{path}“ lässt sich nicht lesen.'),
  format: w('Bureau cannot read {format} yet.', 'Bureau kann {format} noch nicht lesen.'),
};

const readers: Readonly<Partial<Record<JournalFormat, (path: string, taker: Taker) => void>>> = { hledger: readHledger, ledger: readLedger, beancount: readBeancount, 'ledger-csv': readLedgerCsv, gnucash: readGnucash, qif: readQif, 'frappe-books': readFrappeBooks };

/** Reads the file to whoever takes what is found. @throws Refused where there is no such file or reader */
export function readerOf({ format, source }: { readonly format: JournalFormat; readonly source: string }): (taker: Taker) => void {
  const read = readers[format];
  if (!read) throw new Refused('invalid', words.format, { format }, 'format');
  if (statSync(source, { throwIfNoEntry: false })?.isFile() !== true) throw new Refused('invalid', words.gone, { path: basename(source) }, 'source');
  return (taker) => read(source, taker);
}
