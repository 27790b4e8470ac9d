import { hash } from 'node:crypto';
import type { Journal } from '#contract/budgets/entry.ts';
import type { Moved } from '../accounts/tally.ts';

/** A posted entry as it is written, and what proves that it has not changed since. */

export interface PostedLine extends Moved {
  readonly text: string;
}

export interface ToPost {
  readonly day: string;
  readonly journal: Journal;
  readonly narration: string;
  readonly reference: string;
  readonly lines: readonly PostedLine[];
  readonly origin: string;
  readonly reverses_id?: number | null;
  /** A closing entry: statements of income leave its lines out. */
  readonly closing?: boolean;
  readonly source?: { readonly entity: string; readonly id: number };
}

/** Lines of one entry, at most: its id times this plus the line's number is the id of the line. */
export const lineSpan = 16_384;

/** Nothing but account and amount. */
export const isPlain = (line: PostedLine): boolean => line.currency === '' && line.text === '' && line.party_id === null && line.department_id === null && line.place_id === null && line.project_id === null && line.tax_code_id === null && line.tags === undefined;

/** A text and its length, so that no two rows of texts can read the same when they stand one behind the other. */
export const told = (text: string): string => `${text.length}:${text}`;

/** What a seal is taken of, tags only where a line has any, so that older seals stand: everything of the entry that may never change, in one unambiguous text (SHA-256, base64url). */
export function sealOf(number: string, entry: ToPost, at: number | null, by: string): string {
  const closing = entry.closing === true ? 1 : 0;
  let text = `${told(number)}${entry.day}${entry.journal} ${told(entry.narration)}${told(entry.reference)}${entry.reverses_id ?? ''} ${told(entry.origin)}${told(entry.source?.entity ?? '')}${entry.source?.id ?? ''} ${at ?? ''} ${told(by)}`;
  for (const line of entry.lines) {
    text += isPlain(line) ? `|${line.account_id} ${line.amount} ${closing}` : `|${line.account_id} ${line.amount} ${closing} ${told(line.currency)}${line.quantity} ${line.party_id} ${line.department_id} ${line.place_id} ${line.project_id} ${line.tax_code_id} ${told(line.text)}${line.tags === undefined ? '' : ` #${line.tags.join(',')}`}`;
  }
  return hash('sha256', text, 'base64url');
}
