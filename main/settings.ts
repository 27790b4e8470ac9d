import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, languages } from '#contract/kit/words.ts';
import type { Log } from './log.ts';

/** What this PC remembers between starts. Nothing here belongs to a company or is worth protecting. */
export interface Settings {
  readonly recent: readonly { readonly folder: string; readonly name: string; readonly opened_at: number }[];
  /** The company to open at the next start; null after it was closed by hand. */
  readonly last: string | null;
  readonly reopen: boolean;
  /** Null until chosen: then the system's language counts. */
  readonly language: Language | null;
  readonly theme: 'system' | 'light' | 'dark' | 'contrast';
  readonly bounds: Bounds | null;
  readonly zoom: number;
}

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export interface SettingsFile {
  get<K extends keyof Settings>(key: K): Settings[K];
  /** Never fails: a PC whose settings cannot be written still works, it only forgets. */
  set(change: Partial<Settings>): void;
}

const maxRecent = 12;
const themes = ['system', 'light', 'dark', 'contrast'] as const;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPath = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 4096;
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** Takes what is good in a file that anyone may have edited or a crash may have cut, and the usual for the rest. */
export function readSettings(found: unknown): Settings {
  const raw = isRecord(found) ? found : {};
  const recent = Array.isArray(raw['recent']) ? raw['recent'].flatMap(readRecent) : [];
  const zoom = raw['zoom'];
  return {
    recent: recent.slice(0, maxRecent),
    last: isPath(raw['last']) ? raw['last'] : null,
    reopen: raw['reopen'] !== false,
    language: languages.find((language) => language === raw['language']) ?? null,
    theme: themes.find((theme) => theme === raw['theme']) ?? 'system',
    bounds: readBounds(raw['bounds']),
    zoom: typeof zoom === 'number' && zoom >= 0.5 && zoom <= 2 ? zoom : 1,
  };
}

function readRecent(value: unknown): Settings['recent'][number][] {
  if (!isRecord(value) || !isPath(value['folder'])) return [];
  const { folder, name, opened_at: at } = value;
  return [{ folder, name: typeof name === 'string' ? name.slice(0, 200) : '', opened_at: isWhole(at) ? at : 0 }];
}

function readBounds(value: unknown): Bounds | null {
  if (!isRecord(value)) return null;
  const { x, y, width, height, maximized } = value;
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height)) return null;
  return { x, y, width, height, maximized: maximized === true };
}

/** Opens the settings in `folder`; `write` keeps them. A damaged file is set to the usual, not a reason to stop. */
export function openSettings(folder: string, log: Log, write: (settings: Settings) => void): SettingsFile {
  const file = join(folder, 'settings.json');
  let known = readSettings(parse(file, log));
  return {
    get: (key) => known[key],
    set: (change) => {
      known = { ...known, ...change };
      write(known);
    },
  };
}

function parse(file: string, log: Log): unknown {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : {};
  } catch (error) {
    log.warn('settings could not be read', { reason: String(error) });
    return {};
  }
}

/** The list of companies after one was opened: it stands first, and only once. */
export function withRecent(recent: Settings['recent'], opened: Settings['recent'][number]): Settings['recent'] {
  return [opened, ...recent.filter((one) => one.folder !== opened.folder)].slice(0, maxRecent);
}
