// `npm run build`: main, preload and renderer into out/.
import { pathToFileURL } from 'node:url';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { foreground } from './child.mjs';
import { MODULES, ROOT } from './paths.mjs';
import { run, say } from './say.mjs';
import { setup } from './setup.mjs';
import { digest, rememberBuild, sourcesChanged } from './sources.mjs';

export const VITE = join(MODULES, 'electron-vite', 'bin', 'electron-vite.js');

/** Builds and resolves to the exit code. Messages go to stderr. */
export async function build(node) {
  const at = digest();
  rmSync(join(ROOT, 'out'), { recursive: true, force: true });
  const code = await foreground(node, [VITE, 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (code === 0) rememberBuild(at);
  return code;
}

export async function buildIfChanged(node) {
  if (!sourcesChanged()) return 0;
  say('building …');
  return build(node);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await run(async () => build((await setup()).node));
