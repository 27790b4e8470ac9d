import { basename } from 'node:path';
import { Refused, refusals } from '#contract/kit/failure.ts';
import type { Words } from '#contract/kit/words.ts';

/** A file that can not be read as it is: what is wrong in both languages, with the file and the line it stands in. */
export function refusedAt(file: string, line: number, problem: Words, params: Readonly<Record<string, unknown>> = {}): Refused {
  const words = { en: `{file}, line {line}: ${problem.en}`, de: `{file}, Zeile {line}: ${problem.de}` };
  return new Refused('invalid', words, { ...params, file, line }, 'source');
}

/** What something of a file is refused for by whoever takes it, with the file and the line it stands in. Anything else stays as it is. */
export const placed = (error: unknown, file: string, line: number): unknown =>
  error instanceof Refused && error.code === 'invalid' && error.words !== refusals.cancelled && error.params['file'] === undefined ? refusedAt(file, line, error.words, error.params) : error;

/** Runs `work`; what it refuses names its file without the folders above, which the window is not told. */
export async function withoutFolders<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused) || typeof error.params['file'] !== 'string') throw error;
    throw new Refused(error.code, error.words, { ...error.params, file: basename(error.params['file']) }, error.field);
  }
}
