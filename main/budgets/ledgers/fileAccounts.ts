import type { FileAccount, FileAccounts, JournalFormat } from '#contract/budgets/books.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { chartOf } from '../accounts/balances.ts';
import { knownIn } from './intake.ts';
import { readerOf } from './readers.ts';

/** The accounts of a ledger of another program, before anything of it comes in. */

const most = 1000;

/** Which accounts the entries of a file name, and which of the books each becomes unless told otherwise. Reads the whole file and writes nothing. */
export function fileAccounts(ctx: Ctx, input: { format: JournalFormat; source: string }, job: Job): FileAccounts {
  const known = knownIn(chartOf(ctx.db));
  const numbers = new Map<string, string>();
  const found = new Map<string, FileAccount & { lines: number }>();
  let entries = 0;
  readerOf(input)({
    transaction: ({ postings }) => {
      if (postings.length > 0) entries += 1;
      for (const { account: name } of postings) {
        const before = found.get(name);
        if (before) before.lines += 1;
        else {
          // As the import does: what the file says of an account after its first line comes too late.
          const number = numbers.get(name) ?? '';
          const own = known.at(name) ?? known.meant(name, number);
          found.set(name, { name, number, lines: 1, account: own ? { id: own.id, number: own.number, name: own.name } : null });
        }
      }
    },
    account: ({ name, number }) => {
      if (number !== undefined && number !== '') numbers.set(name, number.slice(0, 20));
    },
    warning: () => undefined,
    progress: (bytes, total) => {
      job.progress(bytes, total);
      job.check();
    },
  });
  const accounts = [...found.values()].toSorted((one, other) => one.number.localeCompare(other.number, ctx.language, { numeric: true }) || one.name.localeCompare(other.name, ctx.language));
  return { entries, accounts: accounts.slice(0, most), more: Math.max(0, accounts.length - most) };
}
