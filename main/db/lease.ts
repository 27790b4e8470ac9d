import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { beside, codeOf, moveOver, placeNew, sha256, syncFolder, writeNew } from './disk.ts';
import { type Process, isGone, thisProcess } from './process.ts';

/**
 * One owner per company folder. `owner.lease` is taken before anything opens the database and names who has it.
 *
 * A lease is stale when its process is proved dead, or when its heartbeat is old and its process cannot be seen alive.
 * Who wants to succeed the stale lease X must first create the claim `owner.lease.X.claim` (one process can), then look
 * again that the lease is still X, then rename its own over it. A claim whose maker died is succeeded in the same way
 * by a claim on the claim, so there is one successor at every moment and no lock that could stay behind.
 */

export interface Lease {
  readonly id: string;
  /** Gives the folder free. Harmless when it was lost. */
  release(): void;
  /** Called once, synchronously at a heartbeat, when the folder belongs to somebody else or is gone. Stop writing at once. */
  lost(callback: () => void): void;
  /** Looks at the file now. */
  held(): boolean;
}

export interface LeaseTimes {
  /** Milliseconds between heartbeats. */
  readonly beat: number;
  /** Milliseconds without a heartbeat after which a process that cannot be seen counts as gone. */
  readonly stale: number;
}

const name = 'owner.lease';
const usual: LeaseTimes = { beat: 5_000, stale: 30_000 };

const words = {
  held: w('This company is already open: by {user} on {host}, since {since}. Close it there first.', 'Diese Firma ist schon geöffnet: von {user} auf {host}, seit {since}. Schließen Sie sie zuerst dort.'),
  starting: w('This company is just being opened by somebody else. Please try again in half a minute.', 'Diese Firma wird gerade von jemand anderem geöffnet. Bitte in einer halben Minute noch einmal versuchen.'),
  noFolder: w('The folder “{folder}” does not exist. It may have been moved or renamed, or its disk is not connected.', 'Den Ordner „{folder}“ gibt es nicht. Vielleicht wurde er verschoben oder umbenannt, oder sein Laufwerk ist nicht verbunden.'),
  readOnly: w('Bureau may not write in the folder “{folder}”. Ask for the right to write there, or unlock the disk.', 'Bureau darf im Ordner „{folder}“ nicht schreiben. Lassen Sie sich das Recht dazu geben, oder heben Sie den Schreibschutz auf.'),
} as const;

interface LeaseRecord {
  readonly id: string;
  readonly user: string;
  readonly since: number;
  readonly process: Process;
}

/** A lease file as found: `record` is null while it is being written, or when it is damaged. */
interface Found {
  readonly id: string;
  readonly record: LeaseRecord | null;
  readonly age: number;
}

/**
 * Takes the company folder for this process. Of any number that try at once, exactly one gets it.
 * @throws Refused busy, naming who has it and since when.
 */
export function takeLease(folder: string, who: string, times: LeaseTimes = usual): Lease {
  const file = join(folder, name);
  const mine: LeaseRecord = { id: randomUUID(), user: who, since: Date.now(), process: thisProcess() };
  const temp = beside(file);
  writeFirst(temp, JSON.stringify(mine), folder);
  try {
    while (!placeNew(temp, file)) if (succeed(file, temp, mine, times)) break;
  } finally {
    rmSync(temp, { force: true });
  }
  syncFolder(folder);
  sweep(folder, mine.id);
  return keep(file, mine.id, times);
}

/** The first thing that is ever written in a folder; it tells a wrong or locked folder from a good one. */
function writeFirst(file: string, text: string, folder: string): void {
  try {
    writeNew(file, text);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) throw new Refused('missing', words.noFolder, { folder });
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) throw new Refused('invalid', words.readOnly, { folder });
    throw error;
  }
}

/** Replaces a stale lease by `temp`. False: look again, the file changed meanwhile. @throws Refused when it is not stale. */
function succeed(file: string, temp: string, mine: LeaseRecord, times: LeaseTimes): boolean {
  const old = find(file);
  if (!old) return false;
  refuseUnlessStale(old, times);
  // Every link from the lease to the claim that is ours: each must still be what it was when the claim is made.
  const chain: { readonly file: string; readonly id: string }[] = [{ file, id: old.id }];
  for (;;) {
    const claim = `${file}.${chain.at(-1)!.id}.claim`;
    if (makeClaim(claim, mine)) {
      try {
        if (!chain.every((link) => find(link.file)?.id === link.id)) return false;
        moveOver(temp, file);
        return true;
      } finally {
        rmSync(claim, { force: true });
      }
    }
    const other = find(claim);
    if (!other) return false;
    refuseUnlessStale(other, times);
    chain.push({ file: claim, id: other.id });
  }
}

function makeClaim(claim: string, mine: LeaseRecord): boolean {
  const temp = beside(claim);
  writeNew(temp, JSON.stringify({ ...mine, id: randomUUID() }));
  try {
    return placeNew(temp, claim);
  } finally {
    rmSync(temp, { force: true });
  }
}

function refuseUnlessStale(found: Found, times: LeaseTimes): void {
  const silent = Math.abs(found.age) > times.stale;
  if (!found.record) {
    if (silent) return;
    throw new Refused('busy', words.starting);
  }
  const gone = isGone(found.record.process);
  if (gone === 'yes' || (gone === 'unknown' && silent)) return;
  throw new Refused('busy', words.held, { user: found.record.user, host: found.record.process.host, since: new Date(found.record.since).toISOString().slice(0, 16).replace('T', ' ') + ' UTC' });
}

function find(file: string): Found | null {
  try {
    const { mtimeMs, ino } = statSync(file);
    const age = Date.now() - mtimeMs;
    const text = readFileSync(file, 'utf8');
    const read = recordIn(text);
    if (read) return { id: read.id, record: read, age };
    return { id: sha256(`${text} ${mtimeMs} ${ino}`).slice(0, 36), record: null, age };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Keeps a lease alive until it is released or lost. The timer does not keep the process alive. */
function keep(file: string, id: string, times: LeaseTimes): Lease {
  const callbacks: (() => void)[] = [];
  let over: 'no' | 'released' | 'lost' = 'no';
  let lastGood = Date.now();
  const held = (): boolean => find(file)?.id === id;
  const beat = (): void => {
    try {
      if (!held()) return lose();
      const now = new Date();
      utimesSync(file, now, now);
      lastGood = Date.now();
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || Date.now() - lastGood > times.stale) lose();
    }
  };
  const timer = setInterval(beat, times.beat);
  timer.unref();
  const lose = (): void => {
    clearInterval(timer);
    if (over !== 'no') return;
    over = 'lost';
    for (const callback of callbacks) callback();
  };
  return {
    id,
    held: () => over === 'no' && held(),
    lost(callback) {
      if (over === 'lost') callback();
      else callbacks.push(callback);
    },
    release() {
      clearInterval(timer);
      if (over !== 'no') return;
      over = 'released';
      try {
        if (held()) rmSync(file, { force: true });
      } catch {
        // The disk is gone. The lease will be found stale.
      }
    },
  };
}

/** Removes what killed takers left: claims on leases that are no more, and unfinished files. Only the owner does this. */
function sweep(folder: string, id: string): void {
  for (const entry of readdirSync(folder)) {
    if (!entry.startsWith(`${name}.`) || entry.includes(id)) continue;
    const old = entry.endsWith('.new') ? (find(join(folder, entry))?.age ?? 0) > 60_000 : entry.endsWith('.claim');
    if (old) rmSync(join(folder, entry), { force: true });
  }
}

/** Who has a folder, for a status line; null when nobody does, or when it cannot be read. */
export function leaseHolder(folder: string): { readonly user: string; readonly host: string; readonly since: number; readonly pid: number } | null {
  const held = find(join(folder, name))?.record;
  return held ? { user: held.user, host: held.process.host, since: held.since, pid: held.process.pid } : null;
}

/** By hand and not by a schema, because this is read at every heartbeat and before anything else at a start. */
function recordIn(text: string): LeaseRecord | null {
  try {
    const found: unknown = JSON.parse(text);
    return isRecord(found) ? found : null;
  } catch {
    return null;
  }
}

function isRecord(found: unknown): found is LeaseRecord {
  if (!isObject(found) || !isObject(found['process'])) return false;
  const { pid, host, boot, started } = found['process'];
  const texts = [found['user'], host, boot, started].every((text) => typeof text === 'string');
  return texts && typeof found['since'] === 'number' && Number.isInteger(pid) && /^[0-9a-f-]{36}$/.test(String(found['id']));
}

const isObject = (found: unknown): found is Readonly<Record<string, unknown>> => typeof found === 'object' && found !== null;
