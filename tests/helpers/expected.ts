import { readFileSync } from 'node:fs';
import { readCsvText } from '../../main/io/csv.ts';
import { byKey, normal } from '../io/journalSums.ts';

/** Balances out of reports that hledger, Ledger and Beancount printed: `account` TAB `commodity` to a plain decimal. */

/** Balances of hledger's own CSV: an account and “12.00 EUR, 5” beside it. */
export function hledgerBalances(path: string): Record<string, string> {
  const balances: [string, string][] = [];
  readCsvText(readFileSync(path, 'utf8'), { delimiter: ',' }, (row, [account = '', amounts = '']) => {
    if (row === 1) return;
    for (const amount of amounts.split(', ')) {
      const [, left = '', sign = '', digits = '', right = ''] = /^([^\d\s-]*)\s*(-?)([\d.]+)\s*(.*)$/u.exec(amount) ?? [];
      const number = normal(sign + digits);
      if (number !== '0') balances.push([`${account}\t${left}${right}`, number]);
    }
  });
  return Object.fromEntries(balances.toSorted(byKey));
}

/** Balances of ledger's own report: amounts one under the other, the last with its account. */
export function ledgerBalances(path: string): Record<string, string> {
  const balances: [string, string][] = [];
  let open: string[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.startsWith('---')) break;
    const [, amount = '', account = ''] = /^\s*(.+?)(?: {2}(\S.*))?$/u.exec(line) ?? [];
    open.push(amount.replaceAll(',', ''));
    if (account === '') continue;
    for (const one of open) {
      const [, left = '', number = '', right = ''] = /^([^\d\s-]*)\s*(-?[\d.]+)\s*(.*)$/u.exec(one) ?? [];
      balances.push([`${account}\t${left}${right}`, normal(number)]);
    }
    open = [];
  }
  return Object.fromEntries(balances.toSorted(byKey));
}

/** Balances of beancount's own report: account, number and currency on one line. */
export function beanBalances(path: string): Record<string, string> {
  const balances: [string, string][] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const found = /^(\S+)\s+(-?[\d.]+)\s+(\S+)\s*$/u.exec(line);
    if (found && Number(found[2]) !== 0) balances.push([`${found[1]}\t${found[3]}`, normal(found[2]!)]);
  }
  return Object.fromEntries(balances.toSorted(byKey));
}
