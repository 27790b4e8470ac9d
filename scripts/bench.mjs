// `npm run bench -- [--scale 0.1] [--only import,window]`: all figures; those of the window come last.
import { join } from 'node:path';
import { foreground } from './child.mjs';
import { ROOT } from './paths.mjs';
import { runTypeScript } from './run.mjs';
import { run } from './say.mjs';

await run(async () => {
  const args = process.argv.slice(2);
  const only = args[args.indexOf('--only') + 1]?.split(',') ?? [];
  const all = !args.includes('--only');
  const first = all || only.some((one) => one !== 'window') ? await runTypeScript(join(ROOT, 'tests/perf/bench.ts'), args) : 0;
  const second = all || only.includes('window') ? await foreground(process.execPath, [join(ROOT, 'scripts/window.mjs'), join(ROOT, 'tests/perf/window.ts'), ...args]) : 0;
  return first || second;
});
