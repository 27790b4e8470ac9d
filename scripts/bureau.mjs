#!/usr/bin/env node
// The command line door: the same office from a terminal. No build, no Electron; stdout belongs to the command.
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { runTypeScript } from './run.mjs';
import { run } from './say.mjs';

// npm changes to the checkout; relative paths are meant from where the person stands.
const cwd = process.env.npm_lifecycle_event ? process.env.INIT_CWD : undefined;

await run(() => runTypeScript(join(ROOT, 'main', 'cli.ts'), process.argv.slice(2), { cwd }));
