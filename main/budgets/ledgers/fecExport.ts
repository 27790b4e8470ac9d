import type { Journal } from '#contract/budgets/entry.ts';
import { reaches } from '#contract/kit/access.ts';
import { addDays } from '#contract/kit/day.ts';
import { decimalText, plain } from '#contract/kit/money.ts';
import type { Ctx } from '../../db/context.ts';
import { all, sql } from '../../db/sql.ts';
import { chartOf, upTo } from '../accounts/balances.ts';
import { dayOfInstant, type ExportForm, type ExportRange, type ExportRow, oneLine } from './exportForm.ts';
import { baseOf } from '../journal/lines.ts';
import { digitsOf } from '../accounts/rates.ts';

/** The French fichier des écritures comptables (article A47 A-1 of the Livre des procédures fiscales): 18 columns, one line a posting. */

const columns = ['JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef', 'PieceDate', 'EcritureLib', 'Debit', 'Credit', 'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise'];

/** The file is French whatever the language of the user. */
const journals: Readonly<Record<Journal, readonly [code: string, name: string]>> = {
  general: ['OD', 'Opérations diverses'], sales: ['VE', 'Ventes'], purchase: ['AC', 'Achats'], bank: ['BQ', 'Banque'], cash: ['CA', 'Caisse'], payroll: ['PA', 'Paie'], stock: ['ST', 'Stocks'], assets: ['IM', 'Immobilisations'],
  exchange: ['CH', 'Écarts de change'], opening: ['AN', 'À-nouveaux'], closing: ['CL', 'Clôture'],
};

const cell = (text: string): string => oneLine(text).replaceAll('\t', ' ');
const date = (day: string): string => day.replaceAll('-', '');

/**
 * Entries by day, their numbers without a gap from 1. An export that begins later than the books begins with what the accounts stood at.
 * Accounts without a number bear one made of their id, for the column must not be empty.
 */
export function fecForm(ctx: Ctx, range: ExportRange): ExportForm {
  const base = baseOf(ctx);
  const chart = chartOf(ctx.db);
  const accounts = new Map(chart.map((one) => [one.id, { number: cell(one.number) || `ID${one.id}`, name: cell(one.name) }]));
  // Who may not read parties learns their codes alone.
  const mayRead = reaches(ctx.rights.access.party, 'read');
  const parties = new Map(all<{ id: number; number: string; name: string }>(ctx.db, sql`SELECT id, number, name FROM parties WHERE id IN (SELECT party_id FROM entry_lines WHERE party_id IS NOT NULL)`).map((one) => {
    const number = cell(one.number) || `T${one.id}`;
    return [one.id, { number, name: (mayRead && cell(one.name)) || (mayRead ? `T${one.id}` : number) }];
  }));
  const digits = new Map<string, number>();
  const places = (code: string): number => {
    if (!digits.has(code)) digits.set(code, digitsOf(ctx.db, code));
    return digits.get(code)!;
  };
  const money = (minor: number): string => plain(minor, base).replace('.', ',');
  let written = 0;

  function line(row: ExportRow): string {
    const [code, name] = journals[row.journal];
    const account = accounts.get(row.account_id)!;
    const party = row.party_id === null ? undefined : parties.get(row.party_id);
    const cells = [
      code, name, String(written), date(row.day), account.number, account.name, party?.number ?? '', party?.name ?? '', cell(row.reference) || row.number, date(row.day), cell(row.text) || cell(row.narration) || row.number,
      money(Math.max(row.amount, 0)), money(Math.max(-row.amount, 0)), '', '', date(dayOfInstant(row.posted_at) || row.day), row.currency === '' ? '' : decimalText(row.quantity, places(row.currency)).replace('.', ','), row.currency,
    ];
    return `${cells.join('\t')}\r\n`;
  }

  /** What the accounts stood at before the first day; income and expense of before are in the result that was carried forward. */
  function carried(): string {
    if (range.from === undefined) return '';
    const { from } = range;
    const kinds = new Map(chart.map((one) => [one.id, one.kind]));
    const sums = new Map<number, number>();
    const result = chart.find((one) => one.role === 'retained_earnings')?.id;
    let profit = 0;
    // Empty where the books begin on that day: entries that open them are lines of the export itself.
    for (const one of upTo(ctx.db, addDays(from, -1))) {
      const kind = kinds.get(one.account_id);
      const amount = one.debit - one.credit;
      if (kind === 'income' || kind === 'expense') profit += amount;
      else sums.set(one.account_id, (sums.get(one.account_id) ?? 0) + amount);
    }
    if (profit !== 0 && result !== undefined) sums.set(result, (sums.get(result) ?? 0) + profit);
    else if (profit !== 0) accounts.set(0, { number: profit < 0 ? '120' : '129', name: 'Résultat de l’exercice' });
    if (profit !== 0 && result === undefined) sums.set(0, profit);
    const open = [...sums].filter(([, amount]) => amount !== 0);
    if (open.length === 0) return '';
    written += 1;
    const bare = { entry_id: 0, number: 'AN', day: from, narration: 'À-nouveaux', reference: '', journal: 'opening', period_id: null, posted_at: null, posted_by: '', currency: '', quantity: 0, party_id: null, tax_code_id: null, text: '' } as const;
    return open.map(([account_id, amount], at) => line({ ...bare, line: at + 1, account_id, amount })).join('');
  }

  return {
    begin: () => `${columns.join('\t')}\r\n${carried()}`,
    row: (row, fresh) => {
      if (fresh) written += 1;
      return line(row);
    },
    end: () => '',
  };
}
