import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf, sha256, writeWhole } from './disk.ts';

/**
 * The newest audit head of each company, kept outside its folder: who changes the whole folder, or puts an old one back,
 * cannot change this too. One file a company, so that two open companies never write the same one.
 */

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

const kept = z.object({ company: z.string(), seq: z.int().min(0), hash: z.string() });

const fileOf = (dir: string, companyId: string): string => join(dir, `head-${sha256(companyId).slice(0, 32)}.json`);

/**
 * Notes the newest head. An older one than the known is not taken, so that a folder put back by hand stays noticed;
 * only a restore through Bureau (`after: 'restore'`) may go back. Returns what is known now.
 */
export function rememberHead(dir: string, companyId: string, head: Head, after: 'write' | 'restore' = 'write'): Head {
  const known = knownHead(dir, companyId);
  if (known && after === 'write' && head.seq <= known.seq) return known;
  mkdirSync(dir, { recursive: true });
  writeWhole(fileOf(dir, companyId), JSON.stringify({ company: companyId, seq: head.seq, hash: head.hash }));
  return head;
}

/** The newest head that was noted here, or null when this PC has never seen the company (or the note is unreadable). */
export function knownHead(dir: string, companyId: string): Head | null {
  let text: string;
  try {
    text = readFileSync(fileOf(dir, companyId), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  const note = kept.safeParse(parsed(text));
  return note.success && note.data.company === companyId ? { seq: note.data.seq, hash: note.data.hash } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
