import { w } from '#contract/kit/words.ts';
import { headOf, negated, openQif, opening, posting, type QifFile, transferTo } from './qifFile.ts';
import { investment } from './qifInvest.ts';
import { eachQif, type QifRecord, type QifSplit } from './qifRecords.ts';
import { transfers, type Transfers } from './qifTransfers.ts';
import { refusedAt } from './refusal.ts';
import type { Posting, Quantity, Taker } from './transaction.ts';

/** Files of Quicken and of all that export as it did: lists of accounts, categories and transactions. */

const words = { nothing: w('the file holds no transactions and no accounts', 'die Datei enthält weder Buchungen noch Konten') };

/**
 * Reads a QIF file: lists of bank, cash, card, asset, liability and investment accounts, with splits and transfers. Categories become
 * accounts; a transfer that stands in the lists of both its accounts comes once, and is the same from either file.
 * @throws Refused with file and line for what can not be read
 */
export function readQif(path: string, taker: Taker): void {
  const file = openQif(path, taker);
  let any = false;
  const moved = transfers(file);
  const invest = investment(file, moved);
  const passed = new Set<string>();
  eachQif(path, taker, (record) => {
    const { section } = record;
    if (section === 'bank') bank(file, moved, record);
    else if (section === 'invst') invest.take(record);
    else if (section === 'prices' || section === 'price') price(file, record);
    else if (!['account', 'cat', 'category', 'categories', 'security', 'class', 'tag'].includes(section) && !passed.has(section)) {
      passed.add(section);
      taker.warning({ file: path, line: record.line, message: `the list “${record.list}” is not carried over` });
    }
    any ||= section === 'bank' || section === 'invst' || section === 'account' || section.startsWith('cat');
  });
  moved.finish();
  if (!any) throw refusedAt(path, 1, words.nothing);
}

function bank(file: QifFile, moved: Transfers, record: QifRecord): void {
  const { fields, line } = record;
  const own = file.owner(record);
  const given = fields.get('T') ?? fields.get('U');
  const splits = record.splits.filter((split) => split.amount !== null || split.category !== '');
  if (given === undefined && splits.length === 0) {
    if (fields.has('D')) file.taker.warning({ file: file.path, line, message: 'this record has no amount and was passed over' });
    return;
  }
  const amounts = splits.map((split) => (split.amount === null ? null : file.amount(split.amount, split.line)));
  const said = amounts.filter((amount) => amount !== null);
  const whole = given === undefined ? file.total(said, line) : file.amount(given, line);
  const head = headOf(file, record);
  const legs: { readonly split: QifSplit; readonly amount: Quantity }[] = [];
  const rest = file.total([whole, ...said.map(negated)], line);
  let open = rest;
  splits.forEach((split, at) => {
    // One split may leave its amount to what is left.
    const amount = amounts[at] ?? open;
    if (amounts[at] === null) open = { ...open, units: 0 };
    legs.push({ split, amount });
  });
  if (splits.length === 0) legs.push({ split: { category: fields.get('L') ?? '', memo: '', amount: null, line }, amount: whole });
  else if (open.units !== 0) {
    file.taker.warning({ file: file.path, line, message: 'the splits of this record do not add up to its amount; the rest stands on “Uncategorised”' });
    legs.push({ split: { category: '', memo: '', amount: null, line }, amount: open });
  }

  const postings: Posting[] = [];
  const kept: Quantity[] = [];
  for (const { split, amount } of legs) {
    const other = transferTo(split.category);
    if (other === null) {
      if (amount.units === 0 && legs.length > 1) continue;
      kept.push(amount);
      postings.push(posting(file.category(split.category), negated(amount), split.line, split.memo));
    } else if (other === '' || other === own) {
      kept.push(amount);
      postings.push(posting(opening, negated(amount), split.line, split.memo));
    } else moved.move(own, other, amount, head, split.memo, legs.length > 1);
  }
  if (postings.length > 0) file.taker.transaction({ ...head, postings: [posting(file.account(own), file.total(kept, line), line), ...postings] });
}

function price(file: QifFile, record: QifRecord): void {
  const [, symbol = '', text = '', day = ''] = /^"?([^",]*)"?\s*,\s*"?([^",]*)"?\s*,\s*"?([^"]*)"?$/.exec(record.fields.get('price') ?? '') ?? [];
  if (symbol === '' || text === '') return;
  const [, whole = '0', over, under] = /^(?:(\d+) )?(\d+)\/(\d+)$/.exec(text.trim()) ?? [];
  const value = over === undefined || under === undefined ? file.amount(text, record.line) : { units: Math.round((Number(whole) + Number(over) / Number(under)) * 1e6), scale: 6, commodity: '' };
  file.taker.price?.({ day: file.day(day, record.line), commodity: file.security(file.symbols.get(symbol) ?? symbol), price: value });
}
