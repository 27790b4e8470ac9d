import { z } from 'zod';
import { call, crud, needs } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, flag, longtext, ref, text } from '../kit/field.ts';
import { w } from '../kit/words.ts';

/** The five kinds of account of double-entry bookkeeping; accounts of imported books may be unclassified until somebody decides. */
export const accountKinds = [
  { value: 'asset', label: w('Asset', 'Aktiva') },
  { value: 'liability', label: w('Liability', 'Verbindlichkeiten') },
  { value: 'equity', label: w('Equity', 'Eigenkapital') },
  { value: 'income', label: w('Income', 'Ertrag') },
  { value: 'expense', label: w('Expense', 'Aufwand') },
  { value: 'unclassified', label: w('Not classified', 'Nicht zugeordnet') },
] as const;
export type AccountKind = (typeof accountKinds)[number]['value'];

/** What an account is for, where Bureau itself needs to find it. */
export const accountRoles = [
  { value: 'bank', label: w('Bank', 'Bankkonto') },
  { value: 'cash', label: w('Cash', 'Kasse') },
  { value: 'receivable', label: w('Receivables', 'Forderungen') },
  { value: 'payable', label: w('Payables', 'Verbindlichkeiten aus Lieferungen') },
  { value: 'tax_input', label: w('Input tax', 'Vorsteuer') },
  { value: 'tax_output', label: w('Output tax', 'Umsatzsteuer') },
  { value: 'stock', label: w('Stock', 'Vorräte') },
  { value: 'prepayment', label: w('Prepayments', 'Rechnungsabgrenzung') },
  { value: 'accrual', label: w('Accruals', 'Rückstellungen') },
  { value: 'fixed_asset', label: w('Fixed assets', 'Sachanlagen') },
  { value: 'accumulated_depreciation', label: w('Accumulated depreciation', 'Kumulierte Abschreibung') },
  { value: 'intangible', label: w('Intangible assets', 'Immaterielle Anlagen') },
  { value: 'loan', label: w('Loans', 'Darlehen') },
  { value: 'share_capital', label: w('Share capital', 'Gezeichnetes Kapital') },
  { value: 'retained_earnings', label: w('Retained earnings', 'Gewinnvortrag') },
  { value: 'drawings', label: w('Drawings', 'Privatentnahmen') },
  { value: 'revenue', label: w('Revenue', 'Umsatzerlöse') },
  { value: 'other_income', label: w('Other income', 'Sonstige Erträge') },
  { value: 'cost_of_sales', label: w('Cost of sales', 'Wareneinsatz') },
  { value: 'payroll', label: w('Wages and salaries', 'Löhne und Gehälter') },
  { value: 'depreciation', label: w('Depreciation', 'Abschreibung') },
  { value: 'interest', label: w('Interest', 'Zinsen') },
  { value: 'tax_expense', label: w('Taxes on income', 'Ertragsteuern') },
  { value: 'exchange', label: w('Exchange differences', 'Kursdifferenzen') },
  { value: 'rounding', label: w('Rounding', 'Rundung') },
  { value: 'suspense', label: w('Suspense', 'Durchlaufende Posten') },
  { value: 'opening', label: w('Opening balances', 'Saldenvorträge') },
] as const;

export const cashFlows = [
  { value: 'cash', label: w('Cash itself', 'Zahlungsmittel') },
  { value: 'operating', label: w('Operating', 'Laufende Geschäftstätigkeit') },
  { value: 'investing', label: w('Investing', 'Investitionstätigkeit') },
  { value: 'financing', label: w('Financing', 'Finanzierungstätigkeit') },
  { value: 'noncash', label: w('No cash moves', 'Zahlungsunwirksam') },
] as const;

/** One account of the chart. Headings only gather others; every other account takes lines. */
export const account = entity({
  name: 'account',
  table: 'accounts',
  label: w('Account', 'Konto'),
  plural: w('Accounts', 'Konten'),
  area: 'account',
  filing: { module: 'budgets', icon: 'BookNumber' },
  title: 'name',
  subtitle: 'number',
  order: 'number',
  list: ['number', 'name', 'kind', 'role', 'currency', 'parent_id'],
  search: ['name', 'number'],
  tree: 'parent_id',
  keys: ['number'],
  purpose: w('The accounts that entries are posted to, as a tree under headings.', 'Die Konten, auf die gebucht wird, als Baum unter Überschriften.'),
  fields: {
    number: text(w('Number', 'Nummer'), { max: 20, unique: true, sortable: true, width: 100, aliases: ['code', 'accountcode', 'accountnumber', 'kontonummer', 'nr', 'compte', 'accountid'] }),
    name: text(w('Name', 'Bezeichnung'), { required: true, sortable: true, width: 280, aliases: ['account', 'accountname', 'description', 'bezeichnung', 'konto'] }),
    parent_id: ref(w('Under', 'Unter'), 'account', { width: 200, aliases: ['parent', 'parentaccount'] }),
    kind: choice(w('Kind', 'Art'), accountKinds, { required: true, sortable: true, width: 130, aliases: ['type', 'accounttype', 'roottype'] }),
    role: choice(w('Used for', 'Verwendung'), accountRoles, { width: 170, hint: w('Where Bureau looks for it', 'Wo Bureau es sucht') }),
    heading: flag(w('Heading', 'Überschrift'), { width: 90, hint: w('Takes no lines', 'Nimmt keine Buchungen auf'), aliases: ['isgroup', 'group'] }),
    currency: text(w('Currency', 'Währung'), { max: 24, width: 90, hint: w('Only lines in this currency', 'Nur Zeilen in dieser Währung') }),
    cash_flow: choice(w('In the cash-flow statement', 'In der Kapitalflussrechnung'), cashFlows, { width: 170 }),
    revalued: choice(w('At the closing rate', 'Zum Stichtagskurs'), [{ value: 'yes', label: w('Always', 'Immer') }, { value: 'no', label: w('Never', 'Nie') }], {
      width: 150,
      hint: w('Left empty: banks, cash, receivables, payables, loans and other debts are', 'Leer: Bank, Kasse, Forderungen, Verbindlichkeiten, Darlehen und andere Schulden schon'),
    }),
    cost_formula: choice(w('Foreign amounts leave at', 'Fremdwährung geht ab zum'), [{ value: 'average', label: w('Average rate', 'Durchschnittskurs') }, { value: 'fifo', label: w('Rates first in, first out', 'Kurs des ältesten Zugangs') }], {
      width: 190,
      hint: w('Left empty: average rate', 'Leer: Durchschnittskurs'),
    }),
    remarks: longtext(w('Remarks', 'Bemerkungen')),
  },
});

/** An account that takes lines, as a lookup shows it. */
export interface Postable {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  /** '' for any. */
  readonly currency: string;
}

export const accountCalls = {
  ...crud(account),
  'account.find': call<readonly Postable[]>()({
    kind: 'read',
    input: z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(100).optional() }),
    needs: needs('account', 'read'),
    of: 'account',
    about: 'Accounts that take lines, the likeliest first: by number, by how the name begins, by words in it. No headings, none archived.',
  }),
  'account.match': call<readonly (Postable | null)[]>()({
    kind: 'read',
    input: z.strictObject({ texts: z.array(z.string().max(200)).max(1000) }),
    needs: needs('account', 'read'),
    of: 'account',
    about: 'For each text the one account that takes lines and has exactly this number or name; null where there is none or more than one.',
  }),
};
