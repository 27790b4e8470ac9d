import { closeSync, fstatSync, realpathSync } from 'node:fs';
import { named } from './glob.ts';
import { openPlain } from './source.ts';
import { basename, dirname } from 'node:path';

/** Files that name other files. */

/** No books are spread over files nested deeper than this. */
const deepest = 50;

/** The files that an include directive means. @throws Refused when there is none */
export function included(file: string, name: string, refused: (problem: string) => never): string[] {
  const found = named(dirname(file), name);
  if (found.length === 0) refused(`no file is found for “${name}”`);
  return found;
}

/** Opens a file for `read`, once at a time: a file that includes itself, directly or not, is refused. @throws Refused */
export function within(open: string[], path: string, at: { readonly file: string; readonly line: number }, refused: (problem: string) => never, read: (file: number, size: number) => void): void {
  const file = openPlain(path, at);
  try {
    const real = realpathSync(path);
    if (open.includes(real)) refused(`“${basename(path)}” includes itself`);
    if (open.length >= deepest) refused('files include each other too deep');
    open.push(real);
    read(file, fstatSync(file).size);
    open.pop();
  } finally {
    closeSync(file);
  }
}

