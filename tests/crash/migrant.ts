// Migrates a company as opening it does: `migrant.ts FOLDER STEPS`. Begins when it is sent a line, and is killed meanwhile.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { migrateFile, steps } from '../../main/db/migrate.ts';
import { finishRestore } from '../../main/db/restore.ts';
import type { Line } from './words.ts';

const [folder = '', from = ''] = process.argv.slice(2);
const tell = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`);

tell({ what: 'loaded' });
createInterface({ input: process.stdin }).once('line', () => {
  tell({ what: 'ready' });
  finishRestore(folder);
  migrateFile(folder, steps(from));
  process.exit(0);
});
