import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Test material that stands beside the checkout. Where it is absent, tests that need it skip and say so. */
export const corpora = fileURLToPath(new URL('../../../shared/corpora/', import.meta.url));

/** The path of a corpus folder or file, or null after a warning that names what is missing. */
export function corpus(path: string): string | null {
  const full = `${corpora}${path}`;
  if (existsSync(full)) return full;
  console.warn(`SKIPPED: the corpus ${path} is not beside this checkout`);
  return null;
}

/** Milliseconds of work of this thread so far: other than the time on the wall, it does not grow while others use the PC. */
export function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
