import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { w } from '#contract/kit/words.ts';
import { Refused } from '#contract/kit/failure.ts';

/** Files that the user chose. The window holds tokens; the paths stay here, so that a page can name no file of its own. */
export interface Tokens {
  /** A file to read begins with `in.`, one to write with `out.`. */
  readonly give: (path: string, use: 'in' | 'out') => string;
  /** @throws Refused when the token was not given, or long ago. */
  readonly path: (token: string) => string;
  readonly clear: () => void;
}

const gone = w('This file is no longer chosen. Please choose it again.', 'Diese Datei ist nicht mehr ausgewählt. Bitte wählen Sie sie noch einmal.');
const maxTokens = 500;

export function makeTokens(): Tokens {
  const paths = new Map<string, string>();
  return {
    give: (path, use) => {
      const token = `${use}.${randomBytes(18).toString('base64url')}`;
      paths.set(token, path);
      if (paths.size > maxTokens) paths.delete(paths.keys().next().value!);
      return token;
    },
    path: (token) => {
      const path = paths.get(token);
      if (path === undefined) throw new Refused('missing', gone, {}, 'token');
      return path;
    },
    clear: () => paths.clear(),
  };
}

/** What a page may suggest as the name of a file: no folders, nothing that a system reads as something else. */
export function plainName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'))
    .replace(/[\u0000-\u001f\u007f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ')
    .replace(/[. ]+$/, '')
    .trim();
  const safe = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain;
  return safe.replace(/^\.+/, '').slice(0, 150) || 'Bureau';
}
