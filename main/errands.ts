import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { backUp } from './company/keeping.ts';
import { putFile } from './db/files.ts';
import { fileText } from './io/fileText.ts';
import type { StoredFile } from './records/document.ts';

/**
 * Work that a write needs done beforehand and that would hold up the window: it runs in the worker thread, knows no database, and
 * hands its result to the write.
 */

/** argon2id (RFC 9106): 64 MiB, 3 passes; the parameters stand in the encoded hash and may be raised later. */
const strength = { memorySize: 64 * 1024, iterations: 3, parallelism: 1, hashLength: 32 };

/** Fresh hash of a password, encoded with salt and parameters. */
const hashPassword = (password: string): Promise<string> => argon2id({ ...strength, password: password.normalize('NFC'), salt: randomBytes(16), outputType: 'encoded' });

/** Stands in for the hash of users that do not exist, so that both answers take the same time. */
let nobody: Promise<string> | null = null;

async function checkPassword(password: string, hash: string | null): Promise<boolean> {
  if (password === '') return false;
  nobody ??= hash === null ? hashPassword('nobody') : null;
  const good = await argon2Verify({ password: password.normalize('NFC'), hash: hash ?? (await nobody!) });
  return good && hash !== null;
}

const notBase64 = w('The file did not arrive whole; please add it again.', 'Die Datei kam nicht vollständig an; bitte noch einmal hinzufügen.');
const maxText = 2_000_000;

async function storeFile(folder: string, fileName: string, base64: string): Promise<StoredFile> {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) throw new Refused('invalid', notBase64, {}, 'base64');
  const bytes = Buffer.from(base64, 'base64');
  const { media_type, text } = await fileText(bytes, fileName);
  return { hash: putFile(folder, bytes), bytes: bytes.length, media_type, text: text.slice(0, maxText) };
}

export type Errand =
  | { readonly what: 'hash'; readonly password: string }
  | { readonly what: 'check'; readonly password: string; readonly hash: string | null }
  | { readonly what: 'backup'; readonly folder: string; readonly reason: 'interval' | 'close' }
  | { readonly what: 'store'; readonly folder: string; readonly file_name: string; readonly base64: string };

/** Runs an errand. */
export function run(errand: Errand): Promise<unknown> {
  switch (errand.what) {
    case 'hash':
      return hashPassword(errand.password);
    case 'check':
      return checkPassword(errand.password, errand.hash);
    case 'backup':
      return Promise.resolve(backUp(errand.folder, errand.reason));
    case 'store':
      return storeFile(errand.folder, errand.file_name, errand.base64);
  }
}
