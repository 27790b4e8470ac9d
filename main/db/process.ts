import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';

/** Which process has something, told so that another process can find out whether it still runs. */
export interface Process {
  readonly pid: number;
  readonly host: string;
  /** The run of the operating system (and on Linux the process namespace) in which `pid` means something. */
  readonly boot: string;
  /** When the process started, in a form that only this operating system compares. A number that is used again differs here. */
  readonly started: string;
}

let own: Process | undefined;

export function thisProcess(): Process {
  return (own ??= { pid: process.pid, host: hostname(), boot: bootNow(), started: startedOf(process.pid, true) ?? '' });
}

/** Whether a process is gone: proved by the system it ran on, or unknown because it ran elsewhere or before a restart. */
export function isGone(other: Process): 'yes' | 'no' | 'unknown' {
  const me = thisProcess();
  if (other.host !== me.host || !sameBoot(other.boot, me.boot)) return 'unknown';
  if (!isAlive(other.pid)) return 'yes';
  if (other.pid === me.pid && other.started === me.started) return 'no';
  const started = startedOf(other.pid, false);
  if (started === null) return process.platform === 'linux' ? 'yes' : 'no';
  return other.started === '' || sameStart(started, other.started) ? 'no' : 'yes';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Linux: the id of this boot and of the process namespace. Elsewhere: the second of the start, as the clock tells it now. */
function bootNow(): string {
  try {
    if (process.platform === 'linux') return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return 'unknown';
  }
  return String(Math.round(Date.now() / 1000 - uptime()));
}

/** A boot that could not be read proves nothing. Elsewhere than on Linux a minute of difference is the clock being set. */
function sameBoot(a: string, b: string): boolean {
  if (a === 'unknown') return false;
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && Math.abs(Number(a) - Number(b)) < 60);
}

/** When a process started: Linux clock ticks since the boot, elsewhere milliseconds of the clock; null: it has ended. */
function startedOf(pid: number, self: boolean): string | null {
  if (process.platform === 'linux') return linuxStart(pid);
  if (self) return String(Math.round(performance.timeOrigin));
  try {
    const told =
      process.platform === 'win32'
        ? execFileSync('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`], { encoding: 'utf8', timeout: 5_000, windowsHide: true })
        : execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000, env: { ...process.env, LC_ALL: 'C' } });
    const ms = Date.parse(told.trim());
    return Number.isNaN(ms) ? '' : String(ms);
  } catch {
    return '';
  }
}

/** Elsewhere than on Linux both are times of the clock, taken in two ways: 10 seconds apart is the same. Unknown counts as same. */
function sameStart(seen: string, noted: string): boolean {
  if (seen === '' || seen === noted) return true;
  return process.platform !== 'linux' && Math.abs(Number(seen) - Number(noted)) < 10_000;
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold anything, so counting starts after its last bracket. */
function linuxStart(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ended = fields[0] === 'Z' || fields[0] === 'X';
  return ended ? null : (fields[19] ?? '');
}
