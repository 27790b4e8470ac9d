import { Refused } from '#contract/kit/failure.ts';
import { restore } from './company/keeping.ts';
import { allowedFolder } from './db/folder.ts';
import { takeLease } from './db/lease.ts';
import { finishRestore } from './db/restore.ts';
import { type Office, OpenFailed, openOffice, type Surroundings } from './office.ts';
import { noteRestored } from './restored.ts';

const healthy = { en: 'The company opens, so there is nothing to rescue and nothing was changed. Whoever may restore a backup does so in Settings, Backups.', de: 'Die Firma lässt sich öffnen; es gibt nichts zu retten, und es wurde nichts geändert. Wer eine Sicherung zurückspielen darf, tut das in Einstellungen, Sicherungen.' };

/** At the door nobody is signed in: a company that opens is not rolled back there. @throws Refused when it opens, OpenFailed when another thing than the database is in the way */
async function refuseUnlessBroken(folder: string, surroundings: Surroundings): Promise<void> {
  let opened: Office;
  try {
    opened = await openOffice(folder, surroundings);
  } catch (error) {
    if (error instanceof OpenFailed && ['damaged', 'migration'].includes(error.problem.kind)) return;
    throw error;
  }
  await opened.close();
  throw new Refused('conflict', healthy);
}

/** Opens a company that does not open from a backup; what is damaged is set aside, not deleted. @throws Refused, OpenFailed */
export async function rescueOffice(folder: string, backup: string, surroundings: Surroundings): Promise<Office> {
  allowedFolder(folder);
  await refuseUnlessBroken(folder, surroundings);
  const lease = takeLease(folder, surroundings.who);
  try {
    finishRestore(folder);
    const { lost_files: lost } = restore(folder, backup, () => lease.held());
    if (lost.length > 0) surroundings.log.warn('attachments could not be brought back', { lost: lost.join(' ') });
    noteRestored(folder, backup, surroundings.headsDir, surroundings.language);
  } finally {
    lease.release();
  }
  return openOffice(folder, surroundings);
}
