import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import type { Register, RegisterRow } from '#contract/budgets/report.ts';
import { type CallFailed, office } from '../../office.ts';
import { keyOf } from '../../query.ts';
import type { Lines } from './place.ts';

type Cursor = readonly [string, number] | null;

/** Lines of one page of a register. */
const pageSize = 200;

const inputOf = ({ account, from, to, basis, only }: Lines) => ({ account_id: account, basis, ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }), ...(only ? { only } : {}) });

export const pageOf = (lines: Lines, after: Cursor, limit = pageSize): Promise<Register> => office['report.register']({ ...inputOf(lines), limit, ...(after ? { after: [after[0], after[1]] } : {}) });

/** The register page by page; further pages come when they are asked for. */
export function useLines(lines: Lines | null) {
  return useInfiniteQuery<Register, CallFailed, InfiniteData<Register, Cursor>, readonly unknown[], Cursor>({
    queryKey: keyOf('report.register', { ...lines, paged: true }),
    queryFn: ({ pageParam }) => (lines ? pageOf(lines, pageParam) : Promise.reject(new Error('no account is chosen'))),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    enabled: lines !== null,
  });
}

/** Every line up to `most`, for a file or for paper, and whether there are more. */
export async function allLines(lines: Lines, most: number): Promise<{ readonly rows: readonly RegisterRow[]; readonly more: boolean }> {
  const rows: RegisterRow[] = [];
  let after: Cursor = null;
  do {
    const page: Register = await pageOf(lines, after, Math.min(1000, most - rows.length));
    rows.push(...page.rows);
    after = page.next;
  } while (after && rows.length < most);
  return { rows, more: after !== null };
}
