import about from '../../../package.json' with { type: 'json' };
import type { engagementCalls } from '#contract/budgets/engagement.ts';
import type { Area } from '#contract/kit/access.ts';
import { reaches, sensitivities, sensitivityWords } from '#contract/kit/access.ts';
import type { InputOf } from '#contract/kit/call.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { say, w } from '#contract/kit/words.ts';
import { verify } from '../../company/backup.ts';
import { head } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { first, sql } from '../../db/sql.ts';
import { writeTarget } from '../../db/target.ts';
import type { Aid } from '../../handlers.ts';
import { type Packed, zipWriter } from '../../io/zipWrite.ts';
import { auditOf } from './engagement.ts';
import { attachedFiles, bookFiles, logFile, type Part, workFiles } from './evidenceParts.ts';
import { verifyLedger } from './ledgerCheck.ts';

/** Evidence of an audit as one archive with a manifest: whatever a reader needs to judge it without the program, each file with its size and SHA-256. */

const words = {
  sight: w('A pack of evidence holds the whole audit log, with all that is kept about people. Your role does not see: {what}.', 'Ein Nachweispaket enthält das ganze Prüfprotokoll, mit allem, was über Personen geführt wird. Die Rolle sieht nicht: {what}.'),
};

/** What the manifest says, as JSON in `manifest.json`. Times are ISO 8601 in UTC, money is in minor units. */
export interface Manifest {
  readonly format: 'bureau-evidence';
  readonly version: 1;
  readonly created_at: string;
  readonly created_by: string;
  readonly program: { readonly name: 'Bureau'; readonly version: string };
  readonly company: { readonly name: string; readonly id: string; readonly currency: string };
  readonly engagement: { readonly number: string; readonly name: string; readonly from: string; readonly until: string; readonly state: string };
  /** The last row of the audit log when the pack was written, and the head that this PC had noted outside the company folder. */
  readonly chain: { readonly seq: number; readonly hash: string; readonly kept_outside: { readonly seq: number; readonly hash: string } | null };
  readonly verified: boolean;
  readonly files: readonly Packed[];
}

export const manifestName = 'manifest.json';
const needed: readonly Area[] = ['entry', 'report', 'document', 'audit'];

interface Written {
  readonly bytes: number;
  readonly digest: string;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly files: number;
  readonly good: boolean;
  readonly path: string;
}

/** Writes the archive beside its target, which it replaces when it is whole. All of it is read at one state of the books. @throws Refused denied, missing, invalid (target) */
export function writeEvidence(ctx: Ctx, input: InputOf<(typeof engagementCalls)['engagement.evidence']>, aid: Aid): Written {
  if (needed.some((area) => !reaches(ctx.rights.access[area], 'read'))) throw new Refused('denied', refusals.denied);
  // The log is not redacted: its chain could not be reckoned again.
  const hidden = sensitivities.filter((kind) => !ctx.rights.sees.includes(kind));
  if (hidden.length > 0) throw new Refused('denied', words.sight, { what: hidden.map((kind) => say(sensitivityWords[kind], ctx.language)).join(', ') });
  ctx.db.exec('BEGIN');
  try {
    const { written, path } = writeTarget(input.target, (file) => archived(ctx, input.id, file, aid));
    return { ...written, path };
  } finally {
    ctx.db.exec('COMMIT');
  }
}

function archived(ctx: Ctx, id: number, temp: string, aid: Aid): Omit<Written, 'path'> {
  const job = aid.job!;
  const audit = auditOf(ctx, id);
  const company = first<{ uuid: string; name: string; currency: string }>(ctx.db, sql`SELECT uuid, name, currency FROM company`)!;
  const zip = zipWriter(temp);
  try {
    const checked = verify(ctx, aid.known ?? null, { check: () => job.check(), progress: (done, total) => job.progress(done, total * 2, 'verification') }, verifyLedger);
    const files: Packed[] = [];
    const lists = [() => bookFiles(ctx, audit, temp), () => [logFile(ctx)], () => workFiles(ctx, audit), () => attachedFiles(ctx, audit)] as const;
    files.push(zip.add('log/verification.json', [JSON.stringify(checked, null, 2)]));
    lists.forEach((list, at) => {
      for (const part of list()) {
        job.check();
        job.progress(lists.length + at, lists.length * 2, part.name);
        files.push(zip.add(part.name, watched(part, () => job.check()), part.stored));
      }
    });
    const chain = head(ctx.db);
    const manifest: Manifest = {
      format: 'bureau-evidence',
      version: 1,
      created_at: new Date(ctx.now).toISOString(),
      created_by: ctx.user?.name ?? '',
      program: { name: 'Bureau', version: about.version },
      company: { name: company.name, id: company.uuid, currency: company.currency },
      engagement: { number: audit.number, name: audit.name, from: audit.from, until: audit.until, state: audit.state },
      chain: { ...chain, kept_outside: aid.known ?? null },
      verified: checked.good,
      files,
    };
    zip.add(manifestName, [JSON.stringify(manifest, null, 2)]);
    const { bytes, sha256 } = zip.end();
    return { bytes, digest: sha256, head: chain, files: files.length, good: checked.good };
  } catch (error) {
    zip.drop();
    throw error;
  }
}

/** Pieces of a part, with a look at the cancel button now and then. */
function* watched(part: Part, check: () => void): Generator<string | Uint8Array> {
  let count = 0;
  for (const piece of part.pieces()) {
    if ((count += 1) % 1000 === 0) check();
    yield piece;
  }
}
