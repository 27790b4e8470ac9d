import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { PackChecked } from '#contract/budgets/engagement.ts';
import { Refused } from '#contract/kit/failure.ts';
import { say, w } from '#contract/kit/words.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { sha256 } from '../../db/disk.ts';
import { first, sql } from '../../db/sql.ts';
import { openZip, type Zip, type ZipLimits } from '../../io/zip.ts';
import { sealed } from '../../io/zipWrite.ts';
import { manifestName } from './evidence.ts';

/** Checks a pack of evidence: each file against the manifest, the manifest and the frame against the seal at the end of the archive. */

const words = {
  none: w('This is no pack of evidence that Bureau has written, or its frame is damaged: {reason}', 'Das ist kein von Bureau geschriebenes Nachweispaket, oder sein Rahmen ist beschädigt: {reason}'),
  altered: w('{name} was altered: it is not what the manifest says.', '{name} wurde verändert: Der Inhalt ist nicht der des Manifests.'),
  missing: w('{name} is missing.', '{name} fehlt.'),
  added: w('{name} stands in no manifest: it was added.', '{name} steht in keinem Manifest: Die Datei kam dazu.'),
  manifest: w('manifest.json was altered.', 'manifest.json wurde verändert.'),
  frame: w('The frame of the archive (names, directory or seal) was altered.', 'Der Rahmen des Archivs (Namen, Verzeichnis oder Siegel) wurde verändert.'),
  chain: w('The audit log of this company has another row {seq} than the pack says.', 'Das Prüfprotokoll dieser Firma hat eine andere Zeile {seq}, als das Paket sagt.'),
};

const limits: ZipLimits = { file: 2_000_000_000, inflated: 20_000_000_000, ratio: 1100, entries: 60_000, nested: true };
const manifestSchema = z.object({
  format: z.literal('bureau-evidence'),
  version: z.literal(1),
  created_at: z.string(),
  company: z.object({ name: z.string(), id: z.string() }),
  engagement: z.object({ number: z.string(), name: z.string() }),
  chain: z.object({ seq: z.int(), hash: z.string() }),
  files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});
type Read = z.infer<typeof manifestSchema>;

function manifestOf(zip: Zip): Read | null {
  try {
    const read = manifestSchema.safeParse(JSON.parse(zip.read(manifestName).toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Size and digest of a file in the archive; null when it cannot be unpacked. */
function digestOf(zip: Zip, name: string, check: () => void): { readonly bytes: number; readonly sha256: string } | null {
  const digest = createHash('sha256');
  let bytes = 0;
  try {
    zip.pieces(name, (piece) => {
      check();
      digest.update(piece);
      bytes += piece.length;
    });
  } catch (error) {
    if (error instanceof Refused && error.words.en.startsWith('Cancelled')) throw error;
    return null;
  }
  return { bytes, sha256: digest.digest('hex') };
}

/** Reads the whole pack and says what is wrong with it. @throws Refused when it is cancelled */
export function checkPack(ctx: Ctx, input: { readonly source: string }, job: Job): PackChecked {
  const total = statSync(input.source).size;
  if (total > limits.file) throw new Refused('invalid', words.none, { reason: `${total} B` }, 'source');
  const archive = readFileSync(input.source);
  const digest = sha256(archive);
  const told: string[] = [];
  const tell = (which: (typeof words)[keyof typeof words], params: Readonly<Record<string, unknown>> = {}): void => void told.push(say(which, ctx.language, params));
  const known = first(ctx.db, sql`SELECT 1 FROM audit_packs WHERE digest = ${digest} LIMIT 1`) !== undefined;
  const nothing = { good: false, files: 0, company: '', engagement: '', made_at: null, digest, known };
  let zip: Zip;
  try {
    zip = openZip(archive, limits);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tell(words.none, { reason: say(error.words, ctx.language, error.params) });
    return { ...nothing, problems: told };
  }
  const manifest = manifestOf(zip);
  if (manifest === null) {
    tell(zip.has(manifestName) ? words.manifest : words.missing, { name: manifestName });
    return { ...nothing, problems: told };
  }
  manifest.files.forEach((file, at) => {
    job.check();
    job.progress(at, manifest.files.length, file.name);
    const found = zip.has(file.name) ? digestOf(zip, file.name, () => job.check()) : undefined;
    if (found === undefined) tell(words.missing, { name: file.name });
    else if (found === null || found.bytes !== file.bytes || found.sha256 !== file.sha256) tell(words.altered, { name: file.name });
  });
  const named = new Set([...manifest.files.map((file) => file.name), manifestName]);
  for (const name of zip.names) if (!named.has(name)) tell(words.added, { name });
  // Everything the manifest names is right: then the manifest itself, or the frame around all of it, is what the seal does not know.
  if (sealed(archive) !== true && told.length === 0) tell(words.frame);
  checkChain(ctx, manifest, tell);
  return { good: told.length === 0, files: manifest.files.length, problems: told.slice(0, 1000), company: manifest.company.name, engagement: `${manifest.engagement.number} ${manifest.engagement.name}`.trim(), made_at: Date.parse(manifest.created_at), digest, known };
}

/** A pack of this company names a row of its log, which must still be that row. */
function checkChain(ctx: Ctx, manifest: Read, tell: (which: (typeof words)['chain'], params: Readonly<Record<string, unknown>>) => void): void {
  if (first<{ uuid: string }>(ctx.db, sql`SELECT uuid FROM company`)?.uuid !== manifest.company.id) return;
  const { seq, hash } = manifest.chain;
  if (seq > 0 && first<{ hash: string }>(ctx.db, sql`SELECT hash FROM audit WHERE seq = ${seq}`)?.hash !== hash) tell(words.chain, { seq });
}
