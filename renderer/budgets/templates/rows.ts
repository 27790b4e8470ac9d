import type { TemplateLine, TemplateLineDraft } from '#contract/budgets/template.ts';
import { plainScaled } from '../../parts/fields/number.ts';
import { type Cell, cellOf, isBlank, newRow, nothing, type Row, type Rows } from '../../parts/grid/sheet.ts';
import { between, idsOf, setOf } from '../entry/tagSets.ts';
import { figure, readAmount, type RefKey, refKeys, refs, settleLine, type Ways } from '../entry/model.ts';

/** Lines of a template as they are typed: an amount, a share of what is asked, or ? for one that is left open. */

/** What stands in debit or credit: minor units, a share, or ?. */
export function readRule(text: string, ways: Ways): Cell {
  const bare = text.replace(/\s/g, '');
  if (bare === '?') return { text: '?', value: '?' };
  if (/^\d{1,4}([.,]\d{1,6})?%$/.test(bare)) return share(bare.replace(',', '.'), ways);
  if (/^\d{1,15}\/[1-9]\d{0,14}$/.test(bare)) return { text: bare, value: bare };
  return readAmount(text, ways);
}

const share = (value: string, ways: Ways): Cell => ({ text: value.replace('.', ways.point), value });

/** Only one side of a line says something. */
export function settleRule(row: Row, key: string, ways: Ways): Row {
  if (key !== 'debit' && key !== 'credit') return settleLine(row, key, ways);
  const { value } = cellOf(row, key);
  if (typeof value !== 'string') return settleLine(row, key, ways);
  return { ...row, cells: { ...row.cells, [key === 'debit' ? 'credit' : 'debit']: nothing } };
}

const idOf = (row: Row, key: string): number | null => {
  const { value } = cellOf(row, key);
  return typeof value === 'number' ? value : null;
};

/** The lines as the office takes them; blank ones are left out. */
export function toTemplateLines(rows: Rows): TemplateLineDraft[] {
  return rows.filter((row) => !isBlank(row)).map((row) => {
    const side = (['debit', 'credit'] as const).find((one) => cellOf(row, one).text !== '') ?? '';
    const { value } = side === '' ? nothing : cellOf(row, side);
    const quantity = idOf(row, 'quantity');
    const currency = cellOf(row, 'currency').text.trim();
    const text = cellOf(row, 'text').text.trim();
    return {
      account_id: idOf(row, 'account'),
      side,
      ...(typeof value === 'number' ? { amount: value } : {}),
      ...(typeof value === 'string' && value !== '?' ? { share: value } : {}),
      ...(currency === '' ? {} : { currency, ...(quantity === null ? {} : { quantity: Math.abs(quantity) }) }),
      ...Object.fromEntries(refKeys.flatMap((key) => (idOf(row, key) === null ? [] : [[`${refs[key]}_id`, idOf(row, key)]]))),
      ...(idOf(row, 'tags') === null ? {} : { tags: idsOf(idOf(row, 'tags') ?? 0) }),
      ...(text === '' ? {} : { text }),
    };
  });
}

/** Lines of the office as rows; `name` tells how what they point to is called, and `tag` their tags. */
export function fromTemplateLines(lines: readonly TemplateLine[], ways: Ways, name: (key: RefKey, id: number) => string, tag: (id: number) => string): Rows {
  return lines.map((line) => {
    const rule: Cell = line.amount !== null ? figure(line.amount, ways) : line.share === '' ? { text: '?', value: '?' } : line.share.endsWith('%') ? share(line.share, ways) : { text: line.share, value: line.share };
    return newRow({
      ...(line.account_id === null ? {} : { account: { text: [line.number, line.account].filter((text) => text !== '').join(' '), value: line.account_id } }),
      ...(line.side === '' ? {} : { [line.side]: rule }),
      ...(line.text === '' ? {} : { text: { text: line.text, value: line.text } }),
      ...Object.fromEntries(refKeys.flatMap((key) => {
        const id = line[`${refs[key]}_id`];
        return id === null ? [] : [[key, { text: name(key, id), value: id }]];
      })),
      ...(line.tags.length === 0 ? {} : { tags: { text: line.tags.map(tag).join(between), value: setOf(line.tags) } }),
      ...(line.currency === '' ? {} : { currency: { text: line.currency, value: line.currency } }),
      ...(line.quantity === null ? {} : { quantity: { text: plainScaled(line.quantity, ways.digits(line.currency), ways.point), value: line.quantity } }),
    });
  });
}

/** What a side comes to: fixed amounts in minor units, and its shares in hundredths of a percent. */
export function ruled(rows: Rows, side: 'debit' | 'credit'): { readonly fixed: number; readonly shares: number } {
  let [fixed, shares] = [0, 0];
  for (const row of rows) {
    const { value } = cellOf(row, side);
    if (typeof value === 'number') fixed += value;
    else if (typeof value === 'string' && value !== '?') {
      const [over, under] = value.endsWith('%') ? [value.slice(0, -1), '100'] : value.split('/');
      shares += (Number(over) / Number(under)) * 10_000;
    }
  }
  return { fixed, shares: Math.round(shares) };
}
