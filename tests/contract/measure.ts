import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Section 6 of the design, measured: prints the figures and ends with 1 when a law is broken. `npm run measure`; a step of `npm test`.
 * BUREAU_HOUSE measures another checkout, which is how these laws were seen to break.
 */

const house = resolve(process.env['BUREAU_HOUSE'] ?? join(import.meta.dirname, '..', '..'));
const read = (file: string): string => readFileSync(join(house, file), 'utf8');
const broken: string[] = [];
const law = (holds: boolean, words: string): string => {
  if (!holds) broken.push(words);
  return holds ? 'ok' : 'BROKEN';
};

function sources(folder: string, endings = /\.(tsx?|mjs|cjs|css|html)$/): string[] {
  const full = join(house, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.test(entry.name))
    .map((entry) => relative(house, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

const lines = (file: string): number => read(file).split('\n').length - 1;
/** Lines that hold code: neither empty nor a comment. */
const codeLines = (file: string): number => read(file).replace(/\/\*[\s\S]*?\*\//g, '').split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;

/** Hops: each stop is a file (stop 4 the gate and what it hands to), and must hold the words that hand the call to the next one. */
const probe = 'party.merge';
const screens = sources('renderer', /\.tsx?$/).filter((file) => read(file).includes(`'${probe}'`));
const stops: readonly { readonly stop: string; readonly files: readonly (readonly [string, RegExp])[] }[] = [
  { stop: 'screen', files: [[screens[0] ?? 'renderer (no screen asks it)', new RegExp(`'${probe.replace('.', '\\.')}'`)]] },
  { stop: 'client', files: [['renderer/office.ts', /window\.bureau\.call\(name, input, requestId\)/]] },
  { stop: 'bridge', files: [['preload/bridge.ts', /ipcRenderer\.invoke\('call'/]] },
  {
    stop: 'gate and router',
    files: [
      ['main/ipc.ts', /ipcMain\.handle\('call'[\s\S]*\.call\(name, input, request\)/],
      ['main/desk.ts', /office\.call\(door, name, input, request\)/],
      ['main/office.ts', /serveWrite\(seat, asked/],
      ['main/router.ts', /handlerOf\(asked\.name\)\(ctx, asked\.input/],
    ],
  },
  { stop: 'area', files: [['main/modules.ts', new RegExp(`'${probe.replace('.', '\\.')}': merge`)], ['main/records/merge.ts', /return update\(/]] },
  { stop: 'table', files: [['main/db/table.ts', /UPDATE \$\{name\(of\.table\)\}/]] },
];
const passed = stops.flatMap(({ stop, files }) => files.map(([file, hands]) => ({ stop, file, good: existsSync(join(house, file)) && hands.test(read(file)) })));
const gaps = passed.filter(({ good }) => !good);
console.log(`Hops from click to SQL (${probe}): ${stops.length} stops, ${passed.length} files; at most 6 stops: ${law(stops.length <= 6 && gaps.length === 0, `the road of ${probe} is not the one of section 2: ${gaps.map(({ file }) => file).join(', ')}`)}`);
for (const { stop, files } of stops) console.log(`    ${stop}: ${files.map(([file]) => file).join(' > ')}`);

/** Files of a plain entity: those that hold it, and the lists in which it has a line. */
const plain = { name: 'assignment', table: 'assignments' };
const word = new RegExp(`\\b(${plain.name}|${plain.table})\\b`);
const naming = ['main', 'preload', 'renderer'].flatMap((folder) => sources(folder, /\.(tsx?|sql)$/)).filter((file) => !file.endsWith('schema.sql') && word.test(read(file)));
const holds = naming.filter((file) => new RegExp(`name: '${plain.name}'|CREATE TABLE ${plain.table}\\b`).test(read(file)));
const lists = naming.filter((file) => !holds.includes(file) && /(^|\/)(calls|modules|index)\.tsx?$/.test(file));
const others = naming.filter((file) => !holds.includes(file) && !lists.includes(file));
console.log(`Files for a plain entity (${plain.name}): ${holds.length} to write, a line in ${lists.length} lists; at most 2 and 3: ${law(holds.length === 2 && lists.length <= 3, `a plain entity needs ${holds.join(', ')} and ${lists.join(', ')}`)}`);
console.log(`    ${holds.join(', ')}; ${lists.join(', ')}${others.length > 0 ? `; of their own accord: ${others.join(', ')}` : ''}`);

/** Largest files. Migrations and data are what they are. */
const all = ['main', 'preload', 'renderer', 'tests', 'scripts'].flatMap((folder) => sources(folder)).filter((file) => !/\/(migrations|data)\//.test(file));
const largest = all.map((file) => ({ file, lines: lines(file) })).toSorted((a, b) => b.lines - a.lines);
const long = largest.filter((one) => one.lines > 400);
console.log(`Largest file: ${largest[0]!.file}, ${largest[0]!.lines} lines; at most 400: ${law(long.length === 0, `too long: ${long.map((one) => `${one.file} (${one.lines})`).join(', ')}`)}`);

/**
 * Generic machinery: what stands between a definition and its rows, for every kind of record. The treaty's grammar, both ends of the gate,
 * the router and its directory, and the part of db/ that knows definitions. Not counted: what keeps any SQLite file safe (lease, backup,
 * restore, disks), search, and the generic parts of the windows, whose sum is printed below.
 */
const machinery = [
  ...sources('preload/contract/kit', /\.ts$/),
  'preload/bridge.ts',
  'renderer/office.ts',
  'main/ipc.ts',
  'main/router.ts',
  'main/modules.ts', 'main/handlers.ts',
  ...['open', 'sql', 'context', 'entities', 'values', 'table', 'list', 'room', 'bulk', 'sequence', 'audit'].map((name) => `main/db/${name}.ts`),
];
const sum = (files: readonly string[]): number => files.reduce((total, file) => total + codeLines(file), 0);
console.log(`Generic machinery: ${sum(machinery)} lines of code in ${machinery.length} files (${machinery.reduce((total, file) => total + lines(file), 0)} with comments); under 1,500: ${law(sum(machinery) < 1500, `the generic machinery has ${sum(machinery)} lines`)}`);
console.log(`    ${machinery.map((file) => `${file} ${codeLines(file)}`).join(', ')}`);
const safe = sources('main/db', /\.ts$/).filter((file) => !machinery.includes(file));
console.log(`    beside it: the rest of main/db ${sum(safe)}, main/io ${sum(sources('main/io', /\.ts$/))}, renderer/parts ${sum(sources('renderer/parts', /\.tsx?$/))}`);

/** Import circles, types included. */
const modules = ['main', 'preload', 'renderer'].flatMap((folder) => sources(folder, /\.tsx?$/));
const known = new Set(modules);
const imports = new Map(
  modules.map((file) => [
    file,
    [...read(file).matchAll(/(?:from|import)\s*\(?\s*['"]([.#][^'"]+)['"]/g)]
      .map(([, path]) => (path!.startsWith('#contract/') ? `preload/contract/${path!.slice('#contract/'.length)}` : join(dirname(file), path!).replaceAll('\\', '/')))
      .flatMap((path) => [path, `${path}.ts`, `${path}.tsx`].filter((one) => known.has(one)).slice(0, 1)),
  ]),
);
const circles: string[] = [];
const done = new Set<string>();
function walk(file: string, path: readonly string[]): void {
  if (path.includes(file)) return void circles.push([...path.slice(path.indexOf(file)), file].join(' > '));
  if (done.has(file)) return;
  for (const next of imports.get(file) ?? []) walk(next, [...path, file]);
  done.add(file);
}
for (const file of modules) walk(file, []);
const arrows = [...imports.values()].reduce((total, one) => total + one.length, 0);
if (arrows < modules.length) broken.push(`only ${arrows} imports were seen in ${modules.length} files: the measure is broken`);
console.log(`Import circles: ${circles.length} (${modules.length} files, ${arrows} imports); none: ${law(circles.length === 0, `circles: ${circles.slice(0, 5).join('; ')}`)}`);

/** `any` anywhere, and `as` outside the border, where types are given by a schema at run time. */
const anys = modules.filter((file) => /:\s*any\b|\bas any\b|<any>/.test(read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
console.log(`Files with any: ${anys.length}; none: ${law(anys.length === 0, `any in ${anys.join(', ')}`)}`);

for (const words of broken) console.log(`BROKEN: ${words}`);
process.exitCode = broken.length === 0 ? 0 : 1;
