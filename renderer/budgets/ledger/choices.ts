import type { AccountMap, FileAccount } from '#contract/budgets/books.ts';
import { type Looked, nobody, resolved } from '../../parts/grid/LookupInput.tsx';
import type { Lookup } from '../../parts/grid/columns.ts';

/** What was chosen for accounts of a file, by their full names there. */
export type Choices = ReadonlyMap<string, Looked>;
/** Accounts of the file whose typed text names nothing, and what is said of it. */
export type Wrong = ReadonlyMap<string, string>;

/** A number and a name as lookups write them. */
export const textOf = (number: string, name: string): string => [number, name].filter((part) => part !== '').join(' ');

/** What stands for an account of the file: what was chosen, else what it becomes by itself. */
export function choiceOf(one: FileAccount, choices: Choices): Looked {
  return choices.get(one.name) ?? (one.account ? { text: textOf(one.account.number, one.account.name), id: one.account.id } : nobody);
}

/** The map that an import takes, with typed texts looked up; or which of them name nothing. */
export async function mapOf(accounts: readonly FileAccount[], choices: Choices, lookup: Lookup): Promise<{ readonly map: AccountMap; readonly wrong: Wrong }> {
  const map = new Map<string, { readonly id: number }>();
  const wrong = new Map<string, string>();
  for (const one of accounts) {
    const chosen = choices.get(one.name);
    if (!chosen || (chosen.id === null && chosen.text.trim() === '')) continue;
    const found = await resolved(chosen, lookup);
    if (found?.id == null) wrong.set(one.name, lookup.unknown(chosen.text.trim()));
    else if (found.id !== one.account?.id) map.set(one.name, { id: found.id });
  }
  return { map: Object.fromEntries(map), wrong };
}
