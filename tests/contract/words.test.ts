import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { calls } from '#contract/calls.ts';
import { areas, areaWords, sensitivities, sensitivityWords } from '#contract/kit/access.ts';
import type { Words } from '#contract/kit/words.ts';
import { presets } from '#contract/records/presets.ts';
import { everyEntity } from '../helpers/drafts.ts';

const house = join(import.meta.dirname, '..', '..');

/** Words that both languages write the same. */
const same = new Set([
  'Name', 'Person', 'Organisation', 'Fax', 'Website', 'Region', 'IBAN', 'BIC', 'Code', 'Normal', 'Zone', 'Compliance', '{field}: {problem}', 'Tags', 'Post', 'Text', 'Import', 'Export', 'Status', 'Version', 'OK', 'PDF', 'CSV', 'XLSX', 'Excel', 'vCard', 'iCalendar',
  'Alt', 'Esc', 'Tab', '←', '→', '↑', '↓', '.', ',',
]);

/** What may stand empty: the piece behind a number in "page 3 of 7". */
const mayBeEmpty = ['pageAfter'];

interface Found extends Words {
  readonly at: string;
}

/** Every text in two languages that stands in the source: `w('…', '…')` and `{ en: '…', de: '…' }`. */
function wordsIn(file: string, source: string): Found[] {
  const found: Found[] = [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2024, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const literal = (node: ts.Node | undefined): string | null => (node && ts.isStringLiteralLike(node) ? node.text : null);
  const note = (node: ts.Node, en: string | null, de: string | null): void => {
    if (en !== null && de !== null) found.push({ at: `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, en, de });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'w') note(node, literal(node.arguments[0]), literal(node.arguments[1]));
    if (ts.isObjectLiteralExpression(node)) {
      const of = (key: string): string | null => literal(node.properties.filter(ts.isPropertyAssignment).find((one) => ts.isIdentifier(one.name) && one.name.text === key)?.initializer);
      note(node, of('en'), of('de'));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function sources(folder: string): Found[] {
  return readdirSync(join(house, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => wordsIn(relative(house, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')));
}

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((one) => one[1]!).toSorted();

/** What is wrong with a text. */
function flaws({ at, en, de }: Found): string[] {
  const wrong: string[] = [];
  if (en.trim() === '' || de.trim() === '') wrong.push(`${at}: a language is empty: ${en}${de}`);
  if (/!/.test(en + de)) wrong.push(`${at}: an exclamation mark: ${en} / ${de}`);
  if (en === de && !same.has(en)) wrong.push(`${at}: the same in both languages: ${en}`);
  if (places(en).join() !== places(de).join()) wrong.push(`${at}: other places in the two languages: ${en} / ${de}`);
  if (/[ä-üß]/i.test(en.replace(/“[^”]*”/g, ''))) wrong.push(`${at}: English with German letters: ${en}`);
  if (/ {2}|^\s|\s$/.test(en + de)) wrong.push(`${at}: spaces at an end, or two together: ${en} / ${de}`);
  return wrong;
}

const contract = sources('preload');
const main = sources('main');
const renderer = sources('renderer');

describe('Every text', () => {
  test('in the treaty, labels, options, sections, hints and refusals, is there in English and in German', () => {
    expect(contract.length).toBeGreaterThan(200);
    expect(contract.flatMap(flaws)).toEqual([]);
  });

  test('that the office says, refusals and reasons, is there in English and in German', () => {
    expect(main.length).toBeGreaterThan(100);
    expect(main.flatMap(flaws)).toEqual([]);
  });

  test('that stands beside a part of the windows is there in English and in German', () => {
    expect(renderer.flatMap(flaws)).toEqual([]);
  });

  test('of a definition has been seen by the tests above', () => {
    const seen = new Set(contract.map((one) => `${one.en}|${one.de}`));
    const used: Words[] = [
      ...everyEntity.flatMap((of) => [of.label, of.plural, of.purpose, ...Object.values(of.sections ?? {}), ...Object.values(of.fields).flatMap((field) => [field.label, ...(field.hint ? [field.hint] : []), ...(field.options ?? []).map((option) => option.label)])]),
      ...areas.map((area) => areaWords[area]),
      ...sensitivities.map((one) => sensitivityWords[one]),
      ...presets.flatMap((one) => [one.name, one.about]),
      ...Object.values(calls).flatMap((call) => ('label' in call && call.label ? [call.label as Words] : [])),
    ];
    expect(used.filter((one) => !seen.has(`${one.en}|${one.de}`))).toEqual([]);
    expect(used.length).toBeGreaterThan(200);
  });

  test('of a job names it in both languages, and every call says in one sentence what it does', () => {
    for (const [name, call] of Object.entries(calls)) {
      expect(call.about, name).toMatch(/^[A-Z].*\.$/s);
      if (call.kind === 'job') expect('label' in call && call.label, name).toBeTruthy();
    }
  });

  test('that is missing, shouts or says the same twice would be noticed', () => {
    const planted = wordsIn('x.ts', "const a = w('Save', ''); const b = { en: 'Done!', de: 'Fertig' }; const c = w('Save', 'Save'); const d = w('{n} rows', 'Zeilen'); const e = w('Größe', 'Größe');");
    expect(planted).toHaveLength(5);
    expect(planted.flatMap(flaws).map((one) => one.split(': ')[1])).toEqual(['a language is empty', 'an exclamation mark', 'the same in both languages', 'other places in the two languages', 'the same in both languages', 'English with German letters']);
  });
});

describe('The texts of the windows', () => {
  const languages = readdirSync(join(house, 'renderer/words')).filter((file) => file.endsWith('.ts'));

  test('shout in neither language', () => {
    const shouting: string[] = [];
    for (const file of languages) {
      const tree = ts.createSourceFile(file, readFileSync(join(house, 'renderer/words', file), 'utf8'), ts.ScriptTarget.ES2024, true);
      const visit = (node: ts.Node): void => {
        if (ts.isPropertyAssignment(node) && ts.isStringLiteralLike(node.initializer)) {
          if (node.initializer.text.includes('!')) shouting.push(`${file}: ${node.initializer.text}`);
          if (node.initializer.text.trim() === '' && !mayBeEmpty.includes(node.name.getText())) shouting.push(`${file}: ${node.name.getText()} is empty`);
        }
        ts.forEachChild(node, visit);
      };
      visit(tree);
    }
    expect(languages.length).toBeGreaterThan(3);
    expect(shouting).toEqual([]);
  });

  test('have the same keys and the same places in both languages', async () => {
    const wrong: string[] = [];
    let counted = 0;
    for (const file of languages) {
      const module = (await import(join(house, 'renderer/words', file))) as Record<string, unknown>;
      for (const [name, found] of Object.entries(module)) {
        if (typeof found !== 'object' || found === null || !('en' in found) || !('de' in found)) continue;
        const [en, de] = [flat(found.en), flat(found.de)];
        counted += en.size;
        // German and English both have one and other; a key in only one of them is a forgotten text.
        for (const key of new Set([...en.keys(), ...de.keys()])) {
          if (!en.has(key) || !de.has(key)) wrong.push(`${file} ${name}.${key} is missing in ${en.has(key) ? 'German' : 'English'}`);
          else if (places(en.get(key)!).join() !== places(de.get(key)!).join() && !/_(one|zero)$/.test(key)) wrong.push(`${file} ${name}.${key} has other places: ${en.get(key)} / ${de.get(key)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(counted).toBeGreaterThan(200);
  });
});

function flat(of: unknown, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(of as Record<string, unknown>)) {
    if (typeof value === 'string') found.set(`${path}${key}`, value);
    else for (const [inner, text] of flat(value, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}
