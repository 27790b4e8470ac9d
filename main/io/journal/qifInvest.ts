import { dec, quantity, times } from './exact.ts';
import { headOf, negated, opening, posting, type QifFile, transferTo } from './qifFile.ts';
import type { QifRecord } from './qifRecords.ts';
import type { Transfers } from './qifTransfers.ts';
import type { Posting, Quantity } from './transaction.ts';

/** What happens in lists of investments: shares and money on one account, at what they were exchanged for. */

export interface Investment {
  take(record: QifRecord): void;
}

/** Categories of income as Quicken names them. */
const incomes: Readonly<Record<string, string>> = {
  div: '_DivInc', reinvdiv: '_DivInc', int: '_IntInc', intinc: '_IntInc', reinvint: '_IntInc',
  cglong: '_LT CapGnDst', reinvlg: '_LT CapGnDst', cgshort: '_ST CapGnDst', reinvsh: '_ST CapGnDst', cgmid: '_MT CapGnDst', reinvmd: '_MT CapGnDst', rtrncap: '_RtrnCap',
};

/** Without an own list of what it is worth, money of one action goes to the other account if its name ends with X. */
export function investment(file: QifFile, moved: Transfers): Investment {
  const told = new Set<string>();
  /** Shares held, for splits of shares. */
  const held = new Map<string, Quantity>();
  const tell = (key: string, line: number, message: string): void => {
    if (!told.has(key)) file.taker.warning({ file: file.path, line, message });
    told.add(key);
  };

  return {
    take: (record) => {
      const { fields, line } = record;
      const written = fields.get('N') ?? '';
      if (written === '' && !fields.has('T')) return;
      const own = file.owner(record);
      const account = file.account(own);
      const head = { ...headOf(file, record), code: '' };
      const other = transferTo(fields.get('L') ?? '');
      const action = written.toLowerCase();
      const bare = action.replace(/x$/, '');
      const word = incomes[bare] !== undefined || bare === 'buy' || bare === 'sell' || bare === 'miscinc' || bare === 'miscexp' || bare === 'margint' || bare === 'shtsell' || bare === 'cvrshrt' ? bare : action;
      const security = fields.get('Y') ?? '';
      const commodity = security === '' ? '' : file.security(security);
      const number = (letter: string): Quantity | null => (fields.has(letter) && fields.get(letter) !== '' ? file.amount(fields.get(letter)!, line) : null);
      const shares = (): Quantity => ({ ...(number('Q') ?? { units: 0, scale: 0 }), commodity });
      const fee = number('O');
      /** What the record moved: as it says, or shares times price. */
      const sum = (): Quantity => {
        const said = number('T') ?? number('U') ?? number('$');
        if (said) return said;
        const [count, price] = [number('Q'), number('I')];
        if (!count || !price) return { units: 0, scale: 0, commodity: '' };
        return quantity(times(dec(count.units, count.scale), dec(price.units, price.scale)), '') ?? { units: 0, scale: 0, commodity: '' };
      };
      const hand = (...postings: Posting[]): void => {
        const kept = postings.filter(({ amount, cost }) => amount.units !== 0 || (cost !== null && cost.units !== 0));
        if (kept.length > 0) file.taker.transaction({ ...head, narration: [written, security, head.narration].filter((text) => text !== '').join(' '), postings: kept });
        else tell(`nothing ${line}`, line, 'this record moves nothing and was passed over');
      };
      const hold = (count: Quantity): void => {
        const before = held.get(`${own}\0${commodity}`);
        held.set(`${own}\0${commodity}`, { ...file.total(before ? [before, count] : [count], line), commodity });
      };
      /** Shares at their worth; without a number of shares the worth alone. */
      const at = (count: Quantity, worth: Quantity): Posting => {
        hold(count);
        return count.units === 0 || commodity === '' ? posting(account, worth, line) : posting(account, count, line, '', worth);
      };
      /** Money that comes to the account from what is not a transfer; what goes on to another account is a transfer of its own. */
      const money = (amount: Quantity): Posting => {
        if (other !== null && other !== '' && other !== own && action.endsWith('x')) {
          const part = number('$') ?? amount;
          moved.move(own, other, { ...part, units: amount.units > 0 ? 0 - Math.abs(part.units) : Math.abs(part.units) }, head, written, true);
        }
        return posting(account, amount, line);
      };
      const category = (fallback: string): string => file.category(other === null ? fields.get('L') || fallback : fallback);

      switch (word) {
        case 'buy':
        case 'cvrshrt':
          return hand(at(shares(), sum()), money(negated(sum())));
        case 'sell':
        case 'shtsell':
          tell('sell', line, 'shares that are sold are carried at what they brought; gains are not computed');
          return hand(at(negated(shares()), negated(sum())), money(sum()));
        case 'reinvdiv':
        case 'reinvint':
        case 'reinvlg':
        case 'reinvsh':
        case 'reinvmd':
          return hand(at(shares(), sum()), posting(file.category(incomes[word]!), negated(sum()), line));
        case 'div':
        case 'int':
        case 'intinc':
        case 'cglong':
        case 'cgshort':
        case 'cgmid':
        case 'rtrncap':
          return hand(money(sum()), posting(file.category(incomes[word]!), negated(sum()), line));
        case 'miscinc':
          return hand(money(sum()), posting(category('_MiscInc'), negated(sum()), line));
        case 'miscexp':
        case 'margint':
          return hand(money(negated(sum())), posting(category(word === 'margint' ? '_IntExp' : '_MiscExp'), sum(), line));
        case 'shrsin':
          return hand(at(shares(), sum()), posting(opening, negated(sum()), line));
        case 'shrsout':
          return hand(at(negated(shares()), negated(sum())), posting(opening, sum(), line));
        case 'xin':
        case 'contribx':
        case 'cash':
        case 'xout':
        case 'withdrwx':
        case '': {
          const out = word === 'xout' || word === 'withdrwx';
          const amount = out ? negated(sum()) : sum();
          if (other !== null && other !== '' && other !== own) return moved.move(own, other, amount, head, '', false);
          return hand(posting(account, amount, line), posting(other === null && (fields.get('L') ?? '') !== '' ? file.category(fields.get('L')!) : opening, negated(amount), line));
        }
        case 'stksplit': {
          const [ratio, before] = [number('Q'), held.get(`${own}\0${commodity}`)];
          // Ten new shares for ten old ones are written as 10.
          const after = ratio && before ? quantity(times(dec(before.units, before.scale), dec(ratio.units, ratio.scale + 1)), commodity) : null;
          if (!after || !before) return tell(`split ${line}`, line, `the split of “${security}” is not carried over: how many shares there were is not known`);
          const more = { ...file.total([after, negated(before)], line), commodity };
          return hand(at(more, { units: 0, scale: 0, commodity: '' }));
        }
        default:
          if (fee || number('T') || number('Q')) file.taker.warning({ file: file.path, line, message: `the action “${written}” is not carried over` });
          else tell(word, line, `the action “${written}” is not carried over`);
      }
    },
  };
}
