// `node scripts/run.mjs FILE args…`: runs a TypeScript file under the project's Node 24, which strips the types itself.
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { foreground } from './child.mjs';
import { run, Stop } from './say.mjs';
import { setup } from './setup.mjs';

/** Runs the file with stdin, stdout and stderr of our own and resolves to its exit code. */
export async function runTypeScript(file, args, options) {
  const { node } = await setup();
  return foreground(node, ['--disable-warning=ExperimentalWarning', resolve(file), ...args], options);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await run(() => {
    const [file, ...args] = process.argv.slice(2);
    if (!file) throw new Stop('which file? node scripts/run.mjs FILE args…');
    return runTypeScript(file, args);
  });
}
