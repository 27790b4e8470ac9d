import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, parse, resolve } from 'node:path';

/** Names of other files inside a file: relative to it, with ~ and with * ? [a-z] {a,b} and ** in them. */

const most = 10_000;

/** The absolute paths that `name` means in a file of `folder`, sorted; a name without wildcards is returned whether or not the file is there. */
export function named(folder: string, name: string): string[] {
  const home = name === '~' || name.startsWith('~/') ? join(homedir(), name.slice(1)) : name;
  if (!/[*?[{]/.test(home)) return [resolve(folder, home)];
  const whole = isAbsolute(home) ? home : join(folder, home);
  const { root } = parse(whole);
  const found: string[] = [];
  walk(root === '' ? '.' : root, whole.slice(root.length).split(/[/\\]/).filter((part) => part !== ''), found);
  return [...new Set(found)].toSorted();
}

function walk(folder: string, parts: readonly string[], found: string[]): void {
  const [part, ...rest] = parts;
  if (part === undefined || found.length >= most) return;
  if (!/[*?[{]/.test(part)) {
    const path = join(folder, part);
    if (rest.length > 0) walk(path, rest, found);
    else if (isThere(path, false)) found.push(path);
    return;
  }
  const deep = part === '**';
  if (deep) walk(folder, rest.length === 0 ? ['*'] : rest, found);
  const pattern = deep ? /^/ : patternOf(part);
  for (const entry of entries(folder)) {
    // As in a shell, a wildcard does not find what is hidden.
    if ((entry.startsWith('.') && !part.startsWith('.')) || !pattern.test(entry)) continue;
    const path = join(folder, entry);
    if (deep) {
      if (isThere(path, true)) walk(path, parts, found);
    } else if (rest.length > 0) walk(path, rest, found);
    else if (isThere(path, false)) found.push(path);
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isThere(path: string, folder: boolean): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() === folder;
}

function patternOf(part: string): RegExp {
  const body = part.replace(/\[(!?)([^\]/]+)\]|\{([^{}]*)\}|[*?]|[^*?[{]+|./gu, (found: string, not: string | undefined, set: string | undefined, either: string | undefined) => {
    if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\^\]]/g, '\\$&')}]`;
    if (either !== undefined) return `(?:${either.split(',').map(escaped).join('|')})`;
    return found === '*' ? '[^/]*' : found === '?' ? '[^/]' : escaped(found);
  });
  try {
    return new RegExp(`^${body}$`, 'u');
  } catch {
    return /^(?!)/;
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
