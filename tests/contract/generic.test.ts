import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { everyEntity } from '../helpers/drafts.ts';

const house = join(import.meta.dirname, '..', '..');

/** Machinery that serves every kind of record and must know none of them. */
const generic = ['main/db', 'main/router.ts', 'renderer/parts', 'preload/contract/kit'];

/** The areas in which rights are given are called after the records in them; their one list stands in the kit. A lease names who holds it. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'preload/contract/kit/access.ts': ['party', 'department', 'place', 'document', 'task', 'event', 'user', 'account', 'entry', 'period', 'engagement'],
  'main/db/lease.ts': ['user'],
};

const names = new Set(everyEntity.flatMap((of) => [of.name, of.table]));

function files(path: string): string[] {
  const full = join(house, path);
  if (!existsSync(full)) return [];
  if (/\.tsx?$/.test(path)) return [full];
  return readdirSync(full, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
}

/** Where a source names a kind of record: as a text, within SQL, or as a property of a list of kinds. */
function namesIn(file: string, source: string): string[] {
  const found: string[] = [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2024, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const note = (node: ts.Node, name: string): void => {
    if (!allowed[file]?.includes(name)) found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} names ${name}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent) && !ts.isLiteralTypeNode(node.parent) && names.has(node.text)) note(node, node.text);
    if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isStringLiteral(node)) {
      for (const [, table] of node.text.matchAll(/\b(?:FROM|INTO|UPDATE|JOIN|TABLE)\s+"?(\w+)"?/g)) if (names.has(table!)) note(node, table!);
    }
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) && /contract\/(records|budgets|security|logistics)\//.test(node.moduleSpecifier.text) && !node.importClause?.isTypeOnly) {
      const bound = node.importClause?.namedBindings;
      if (bound && ts.isNamedImports(bound)) for (const one of bound.elements) if (!one.isTypeOnly && names.has(one.name.text)) note(node, one.name.text);
    }
    if (ts.isPropertyAccessExpression(node) && names.has(node.name.text) && /entities|rooms|roomOf|records|kinds/i.test(node.expression.getText())) note(node, node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const tidy = (file: string): string => relative(house, file).replaceAll('\\', '/');

describe('Generic code', () => {
  test('never names a kind of record', () => {
    const looked = generic.flatMap(files);
    expect(looked.length).toBeGreaterThan(30);
    expect(looked.flatMap((file) => namesIn(tidy(file), readFileSync(file, 'utf8')))).toEqual([]);
  });

  test('that named one would be found, however it did', () => {
    const planted = ["if (of.name === 'party') x();", 'sql`SELECT 1 FROM parties`;', "db.prepare('UPDATE tasks SET a = 1');", 'entities.department.fields;', "import { place } from '#contract/records/place.ts';", "const all = ['contact'];"];
    expect(planted.map((text) => namesIn('main/db/x.ts', text).length)).toEqual([1, 1, 1, 1, 1, 1]);
    const innocent = ["import type { Session } from '#contract/records/user.ts';", 'const party = 1;', "say('department store');", 'sql`SELECT 1 FROM audit`;'];
    expect(innocent.flatMap((text) => namesIn('main/db/x.ts', text))).toEqual([]);
  });
});

/** Files of the office that open a database themselves. */
function openers(sources: readonly (readonly [string, string])[]): string[] {
  return sources.filter(([, text]) => /from ['"](better-sqlite3|node:sqlite|sqlite3|libsql|@libsql\/[^'"]+)['"]|require\(['"](better-sqlite3|node:sqlite)['"]\)|import\(['"](better-sqlite3|node:sqlite)['"]\)/.test(text.replace(/import type [^;]+;/g, ''))).map(([file]) => file);
}

describe('A database', () => {
  const all = ['main', 'preload', 'renderer'].flatMap((folder) => files(folder)).map((file) => [tidy(file), readFileSync(file, 'utf8')] as const);

  test('is opened by main/db/open.ts and by no other file', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(openers(all)).toEqual(['main/db/open.ts']);
  });

  test('that another file opened would be noticed', () => {
    expect(openers([['a.ts', "import Database from 'better-sqlite3';"], ['b.ts', "import type { Database } from 'better-sqlite3';"], ['c.ts', "const { DatabaseSync } = await import('node:sqlite');"]])).toEqual(['a.ts', 'c.ts']);
  });
});
