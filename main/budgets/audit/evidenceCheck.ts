import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PackChecked } from '#contract/budgets/engagement.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { say, w } from '#contract/kit/words.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { first, sql } from '../../db/sql.ts';
import { openZip, withZipFile, type Zip, type ZipBytes, type ZipLimits } from '../../io/zip.ts';
import { digestsOf } from '../../io/zipWrite.ts';
import { manifestName } from './evidence.ts';

/** Checks a pack of evidence: each file against the manifest, the manifest and the frame against the seal at the end of the archive. */

const words = {
  none: w('This is no pack of evidence that Bureau has written, or its frame is damaged: {reason}', 'Das ist kein von Bureau geschriebenes Nachweispaket, oder sein Rahmen ist beschädigt: {reason}'),
  altered: w('{name} was altered: it is not what the manifest says.', '{name} wurde verändert: Der Inhalt ist nicht der des Manifests.'),
  damaged: w('{name} cannot be unpacked: it was altered or damaged.', '{name} lässt sich nicht entpacken: Die Datei wurde verändert oder beschädigt.'),
  large: w('This file has {megabytes} MB. A pack of evidence has at most {limit} MB.', 'Diese Datei hat {megabytes} MB. Ein Nachweispaket hat höchstens {limit} MB.'),
  missing: w('{name} is missing.', '{name} fehlt.'),
  added: w('{name} stands in no manifest: it was added.', '{name} steht in keinem Manifest: Die Datei kam dazu.'),
  manifest: w('manifest.json was altered.', 'manifest.json wurde verändert.'),
  frame: w('The frame of the archive (names, directory or seal) was altered.', 'Der Rahmen des Archivs (Namen, Verzeichnis oder Siegel) wurde verändert.'),
  chain: w('The audit log of this company has another row {seq} than the pack says.', 'Das Prüfprotokoll dieser Firma hat eine andere Zeile {seq}, als das Paket sagt.'),
};

const limits: ZipLimits = { file: 2 ** 32 - 1, inflated: 20_000_000_000, ratio: 1100, entries: 60_000, nested: true };
const manifestSchema = z.object({
  format: z.literal('bureau-evidence'),
  version: z.literal(1),
  created_at: z.string(),
  company: z.object({ name: z.string(), id: z.string() }),
  engagement: z.object({ number: z.string(), name: z.string() }),
  chain: z.object({ seq: z.int(), hash: z.string() }),
  files: z.array(z.object({ name: z.string(), bytes: z.int().min(0), sha256: z.string() })),
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

type Judgement = 'good' | 'altered' | 'damaged';

/** Compares a file in the archive with the manifest, and reads no further than it differs. @throws Refused when it is cancelled */
function judge(zip: Zip, file: Read['files'][number], passed: (bytes: number) => void): Judgement {
  const digest = createHash('sha256');
  let bytes = 0;
  try {
    zip.pieces(file.name, (piece) => {
      bytes += piece.length;
      if (bytes > file.bytes) throw new Longer();
      digest.update(piece);
      passed(bytes);
    });
  } catch (error) {
    if (error instanceof Longer) return 'altered';
    if (error instanceof Refused && error.words !== refusals.cancelled) return 'damaged';
    throw error;
  }
  return bytes === file.bytes && digest.digest('hex') === file.sha256 ? 'good' : 'altered';
}

/** A file unpacks to more than the manifest says: reading on proves nothing, and it may be made to never end. */
class Longer extends Error {}

/** Reads a whole pack piece by piece and says what is wrong with it. @throws Refused when it is cancelled or larger than a pack can be */
export function checkPack(ctx: Ctx, input: { readonly source: string }, job: Job): PackChecked {
  return withZipFile(input.source, (archive) => checked(ctx, archive, job));
}

function checked(ctx: Ctx, archive: ZipBytes, job: Job): PackChecked {
  if (archive.size > limits.file) throw new Refused('invalid', words.large, { megabytes: Math.ceil(archive.size / 1e6), limit: Math.floor(limits.file / 1e6) }, 'source');
  const { sha256: digest, sealed } = digestsOf(archive, (bytes) => {
    job.check();
    job.progress(bytes, archive.size * 2);
  });
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
  const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  let before = 0;
  for (const file of manifest.files) {
    const passed = (bytes: number): void => {
      job.check();
      // The second half of the bar: what is unpacked, as a share of what there is to unpack.
      job.progress(Math.round(archive.size * (1 + Math.min(1, (before + bytes) / Math.max(1, total)))), archive.size * 2, file.name);
    };
    passed(0);
    const found = zip.has(file.name) ? judge(zip, file, passed) : 'missing';
    before += file.bytes;
    if (found !== 'good') tell(words[found], { name: file.name });
  }
  const named = new Set([...manifest.files.map((file) => file.name), manifestName]);
  for (const name of zip.names) if (!named.has(name)) tell(words.added, { name });
  // Everything the manifest names is right: then the manifest itself, or the frame around all of it, is what the seal does not know.
  if (!sealed && told.length === 0) tell(words.frame);
  checkChain(ctx, manifest, tell);
  return { good: told.length === 0, files: manifest.files.length, problems: told.slice(0, 1000), company: manifest.company.name, engagement: `${manifest.engagement.number} ${manifest.engagement.name}`.trim(), made_at: Date.parse(manifest.created_at), digest, known };
}

/** A pack of this company names a row of its log, which must still be that row. */
function checkChain(ctx: Ctx, manifest: Read, tell: (which: (typeof words)['chain'], params: Readonly<Record<string, unknown>>) => void): void {
  if (first<{ uuid: string }>(ctx.db, sql`SELECT uuid FROM company`)?.uuid !== manifest.company.id) return;
  const { seq, hash } = manifest.chain;
  if (seq > 0 && first<{ hash: string }>(ctx.db, sql`SELECT hash FROM audit WHERE seq = ${seq}`)?.hash !== hash) tell(words.chain, { seq });
}
