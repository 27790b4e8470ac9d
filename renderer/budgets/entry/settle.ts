import type { Settled } from '#contract/budgets/exchange.ts';
import { isDay } from '#contract/kit/day.ts';
import { office } from '../../office.ts';
import { plainScaled } from '../../parts/fields/number.ts';
import { money } from '../../parts/format.ts';
import { isBlank, newRow, nothing, type Rows } from '../../parts/grid/sheet.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { namesById } from '../../parts/record/asked.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t } from '../../t.ts';
import { figure, toLines, type Ways } from './model.ts';
import type { EntryWork } from './useEntry.ts';

/** Realised exchange differences of an entry that is being typed. */

/** The rows with what clearing lines are carried at, and one more for the difference. */
export function settledRows(rows: Rows, keys: readonly number[], found: Settled, ways: Ways, account: string): Rows {
  const by = new Map(found.settled.map((one) => [keys[one.line - 1], one.carried]));
  const lines = rows.map((row) => {
    const carried = by.get(row.key);
    if (carried === undefined) return row;
    if (carried !== 0) return { ...row, cells: { ...row.cells, debit: carried > 0 ? figure(carried, ways) : nothing, credit: carried < 0 ? figure(-carried, ways) : nothing } };
    // Carried at nothing: a zero that is said, as without one the rate of the day would serve; its side is that of the quantity.
    const { currency = '', quantity = 0 } = found.lines[keys.indexOf(row.key)] ?? {};
    const zero = { text: ways.show(0), value: 0 };
    return { ...row, cells: { ...row.cells, debit: quantity > 0 ? zero : nothing, credit: quantity < 0 ? zero : nothing, quantity: { text: plainScaled(quantity, ways.digits(currency), ways.point), value: quantity } } };
  });
  const more = found.lines.at(-1);
  if (found.gain === 0 || !more || more.account_id === null) return lines;
  const text = more.text ?? '';
  const line = newRow({ account: { text: account, value: more.account_id }, [found.gain > 0 ? 'credit' : 'debit']: figure(Math.abs(found.gain), ways), text: { text, value: text } });
  const end = lines.findLastIndex((row) => !isBlank(row)) + 1;
  return [...lines.slice(0, end), line, ...lines.slice(end)];
}

/** Asks what clears foreign balances, writes it into the lines, and says what came of it. */
export async function settle(work: EntryWork, ways: Ways): Promise<void> {
  const { kept } = work;
  if (!kept || !isDay(kept.head.day)) return;
  try {
    const { lines, keys } = toLines(kept.rows);
    const found = await office['exchange.settle']({ day: kept.head.day, lines: [...lines] });
    if (found.settled.length === 0) {
      tell(t('budgets.exchange.settledNone'), undefined, 'attention');
      return;
    }
    const id = found.gain === 0 ? null : (found.lines.at(-1)?.account_id ?? null);
    const [named] = id === null ? [] : await namesById('account', [id]);
    if (JSON.stringify(toLines(work.sheet.now()).lines) !== JSON.stringify(lines)) return tell(t('budgets.entry.lineChanged'), undefined, 'attention');
    work.sheet.set(settledRows(work.sheet.now(), keys, found, ways, named ? `${named.subtitle} ${named.title}`.trim() : ''));
    tell(found.gain === 0 ? t('budgets.exchange.settledEven') : t(found.gain > 0 ? 'budgets.exchange.settledGain' : 'budgets.exchange.settledLoss', { amount: money(Math.abs(found.gain), ways.base) }));
  } catch (thrown) {
    tellWrong(failureOf(thrown).message);
  }
}
