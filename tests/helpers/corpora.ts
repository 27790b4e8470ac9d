import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Test material beside the checkout, that nobody here wrote: `../shared/corpora`, or where BUREAU_CORPORA says. */
const corpora = process.env['BUREAU_CORPORA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpora');

/** Whether a corpus is there. Tests that need it are skipped without it, which the last line of `npm test` counts. */
export const has = (path: string): boolean => existsSync(join(corpora, path));

export const corpus = (path: string): string => join(corpora, path);
