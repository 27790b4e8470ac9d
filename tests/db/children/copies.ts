// Does one piece of work on a company so that a test can kill it: `backup FOLDER`, `restore FOLDER FILE [STEP]`, `finish FOLDER`, `swap FOLDER TEMP [STEP]`.
// With STEP it kills itself there; without, it is killed from outside.
import { join } from 'node:path';
import { backupCompany } from '../../../main/db/backup.ts';
import { type AtStep, finishRestore, replaceDatabase, restoreBackup } from '../../../main/db/restore.ts';
import { proof } from './firm.ts';

const [work, folder = '', file = '', stopAt] = process.argv.slice(2);
const at: AtStep = (step) => {
  if (step === stopAt) process.kill(process.pid, 'SIGKILL');
};

console.log('ready');
if (work === 'backup') for (;;) console.log(backupCompany(join(folder, 'office.db'), folder, 'interval', proof).file);
if (work === 'restore') restoreBackup(folder, file, proof, Date.now(), at);
if (work === 'swap') replaceDatabase(folder, file, at);
if (work === 'finish') finishRestore(folder);
console.log('finished');
