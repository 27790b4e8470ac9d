// The layer check: imports only go down, no circles, no long files. It first proves that it can go red.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ask } from './child.mjs';
import { MODULES, ROOT } from './paths.mjs';
import { run, Stop } from './say.mjs';
import { setup } from './setup.mjs';

const CRUISER = join(MODULES, 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
const RULES = join(ROOT, 'scripts', 'layers.rules.cjs');
const WORLDS = ['main', 'preload', 'renderer'];
const MAX_LINES = 400;

/** One wrong import a rule; each must be reported when they are planted in an empty house. */
const PLANTS = [
  ['contract-alone', 'preload/contract/a.ts', "import '../../main/db/open.ts';"],
  ['contract-alone', 'preload/contract/b.ts', "import 'node:fs';"],
  ['bridge-thin', 'preload/bridge.ts', "import 'zod';"],
  ['renderer-border', 'renderer/a.tsx', "import type { open } from '../main/db/open.ts'; export type O = typeof open;"],
  ['renderer-no-node', 'renderer/b.tsx', "import 'node:path';"],
  ['renderer-no-office-packages', 'renderer/c.tsx', "import 'electron';"],
  ['main-border', 'main/a.ts', "import '../renderer/b.tsx';"],
  ['main-no-react', 'main/b.ts', "import 'react';"],
  ['company-floor', 'main/company/a.ts', "import '../insight/x.ts';"],
  ['records-floor', 'main/records/a.ts', "import '../budgets/a.ts';"],
  ['budgets-floor', 'main/budgets/a.ts', "import '../security/a.ts';"],
  ['security-floor', 'main/security/a.ts', "import '../insight/x.ts';"],
  ['logistics-floor', 'main/logistics/a.ts', "import '../security/a.ts';"],
  ['base-floor', 'main/db/a.ts', "import '../company/a.ts';"],
  ['one-opener', 'main/c.ts', "import D from 'better-sqlite3'; export const d = new D('');"],
  ['no-circle', 'main/d.ts', "import './e.ts';"],
  ['resolvable', 'main/f.ts', "import '#contract/nowhere.ts';"],
  ['listed', 'main/g.ts', "import 'semver';"],
];
/** What must not be reported: the opener itself, types of it elsewhere, a contract import by its alias. */
const GOOD = [
  ['main/db/open.ts', "import D from 'better-sqlite3'; export const open = () => new D('');"],
  ['main/h.ts', "import type D from 'better-sqlite3'; export type T = D.Database;"],
  ['main/i.ts', "import { ok } from '#contract/ok.ts'; export const x = ok;"],
  ['preload/contract/ok.ts', "import { z } from 'zod'; export const ok = z.string();"],
  ['main/e.ts', "import './d.ts';"],
  ['main/insight/x.ts', "import '../logistics/b.ts';"],
  ['main/logistics/b.ts', "import '../budgets/b.ts';"],
  ['main/budgets/b.ts', 'export const y = 1;'],
];

/** Violations and the number of modules seen. */
function cruise(node, dir) {
  const worlds = WORLDS.filter((name) => existsSync(join(dir, name)));
  const done = ask(node, [CRUISER, '--config', RULES, '--output-type', 'json', ...worlds], { cwd: dir });
  let answer;
  try {
    answer = JSON.parse(done.out).summary;
  } catch {
    throw new Stop(`dependency-cruiser failed: ${done.err || done.out}`);
  }
  // Without a TypeScript it understands, it sees nothing and calls that a success.
  if (!answer.totalCruised) throw new Stop('dependency-cruiser saw 0 modules; a silent pass is a failure.');
  return { seen: answer.totalCruised, violations: answer.violations };
}

/** Plants every wrong import in a house of its own inside the checkout and compares what is reported. */
function selfCheck(node) {
  const house = join(ROOT, '.cache', `layers-${process.pid}`);
  try {
    for (const [path, text] of [...PLANTS.map((plant) => plant.slice(1)), ...GOOD]) put(house, path, text);
    copyFileSync(join(ROOT, 'package.json'), join(house, 'package.json'));
    const reported = cruise(node, house).violations.map((one) => `${one.rule.name} ${one.from}`);
    const missed = PLANTS.map(([rule, path]) => `${rule} ${path}`).filter((one) => !reported.includes(one));
    const innocent = GOOD.map(([path]) => path).filter((path) => path !== 'main/e.ts' && reported.some((one) => one.endsWith(` ${path}`)));
    return [
      ...missed.map((one) => `self check: the planted wrong import was not reported: ${one}`),
      ...innocent.map((path) => `self check: a right import was reported: ${path}`),
    ];
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}

function put(house, path, text) {
  const file = join(house, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}

function longFiles() {
  const files = [...WORLDS, 'tests', 'scripts'].flatMap((name) => sources(join(ROOT, name)));
  return files
    .map((file) => ({ file: relative(ROOT, file), lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ file, lines }) => `${file} has ${lines} lines; ${MAX_LINES} is the limit`);
}

function sources(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ['.ts', '.tsx', '.mjs', '.cjs', '.css', '.html'].includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/[\\/](migrations|data)[\\/]/.test(relative(ROOT, file)));
}

/** Every complaint as a line; empty means that the house stands. */
export function checkLayers(node) {
  const { seen, violations } = cruise(node, ROOT);
  const imports = violations.map(({ rule, from, to, cycle }) =>
    `${rule.name}: ${from} -> ${cycle ? cycle.map((step) => step.name).join(' -> ') : to}`,
  );
  return { seen, problems: [...selfCheck(node), ...imports, ...longFiles()] };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await run(async () => {
    const { seen, problems } = checkLayers((await setup()).node);
    for (const line of problems) console.log(line);
    console.log(`${seen} modules, ${problems.length} problems`);
    return problems.length ? 1 : 0;
  });
}
