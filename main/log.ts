import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What may stand beside a message: short facts, never the input of a call. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** One log for both doors. A failing log never fails the work it tells about. */
export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  /** `id` is what the user is shown, so that a support call finds the line. */
  error(id: string, error: unknown, facts?: Facts): void;
}

const maxBytes = 1024 * 1024;
const maxFiles = 5;
const maxText = 8000;

/**
 * Writes `bureau.log` in `folder`, and keeps four older files of 1 MB. One JSON object a line, so that no text from
 * outside can forge a line. Each line is appended by itself: nothing is lost when the program dies, and the window and a
 * terminal may write to the same file.
 */
export function openLog(folder: string, also?: (line: string) => void): Log {
  const file = join(folder, 'bureau.log');
  const write = (level: 'info' | 'warn' | 'error', text: string, facts: Facts | undefined, error?: unknown): void => {
    const line = JSON.stringify({ at: new Date().toISOString(), pid: process.pid, level, text: cut(text), ...shorten(facts), ...(error === undefined ? {} : { error: describe(error) }) });
    also?.(line);
    try {
      turnOver(folder, file);
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not stop what the user is doing; the office tells about the disk itself.
    }
  };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    // As above: writing will fail in silence too.
  }
  return {
    info: (message, facts) => write('info', message, facts),
    warn: (message, facts) => write('warn', message, facts),
    error: (id, error, facts) => write('error', `error ${id}`, { ...facts, id }, error),
  };
}

/** For tests and tools that want no file. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

function turnOver(folder: string, file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < maxBytes) return;
  const name = (age: number): string => (age === 0 ? file : join(folder, `bureau.${age}.log`));
  rmSync(name(maxFiles - 1), { force: true });
  for (let age = maxFiles - 2; age >= 0; age--) {
    if (statSync(name(age), { throwIfNoEntry: false })) renameSync(name(age), name(age + 1));
  }
}

const cut = (text: string): string => (text.length > maxText ? `${text.slice(0, maxText)}…` : text);

function shorten(facts: Facts | undefined): Facts {
  return Object.fromEntries(Object.entries(facts ?? {}).map(([key, value]) => [key, typeof value === 'string' ? cut(value) : value]));
}

function asText(value: unknown): string {
  if (value instanceof Error) return value.stack ?? value.message;
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}

function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: cut(asText(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: cut(asText(error.cause)) };
  return { name: error.name, message: cut(error.message), stack: cut(error.stack ?? ''), ...code, ...cause };
}
