// The steps of `npm test`. Each gives {passed, failed, skipped}; a static check counts as one test.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, buildIfChanged } from './build.mjs';
import { ask, foreground } from './child.mjs';
import { checkLayers } from './layers.mjs';
import { electronCommand, runBeside } from './launch.mjs';
import { MODULES, ROOT } from './paths.mjs';
import { Stop } from './say.mjs';

const WORLDS = ['preload/contract', 'preload', 'main', 'renderer', 'tests'];
const MINUTES = 60_000;

export const steps = { types, lint, layers, measure, unit, build: builds, e2e };

const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] });
const sum = (results) => ({
  passed: results.reduce((total, result) => total + result.passed, 0),
  failed: results.reduce((total, result) => total + result.failed, 0),
  skipped: results.flatMap((result) => result.skipped),
});

async function types({ node }) {
  const tsc = join(MODULES, 'typescript-native', 'bin', 'tsc');
  const results = [];
  for (const world of WORLDS) {
    const code = await foreground(node, [tsc, '-p', world, '--pretty', 'false'], { cwd: ROOT });
    if (code !== 0) console.log(`types: ${world} has errors`);
    results.push(one(code === 0));
  }
  return sum(results);
}

function oxlint(node, dir, env = {}) {
  const program = join(MODULES, 'oxlint', 'bin', 'oxlint');
  const config = join(ROOT, '.oxlintrc.json');
  const args = [program, '-c', config, '--type-aware', '--deny-warnings', '--format=json', '.'];
  const done = ask(node, args, { cwd: dir, env: { ...process.env, ...env } });
  try {
    return { ok: done.ok, report: JSON.parse(done.out) };
  } catch {
    throw new Stop(`oxlint failed: ${done.err || done.out}`);
  }
}

/** A forgotten promise is only seen when the type-aware rules really run. */
function lintGoesRed(node) {
  if (process.platform === 'win32') return true; // the path below must be a program, and there it is a script
  return withFolder((dir) => {
    writeFileSync(join(dir, 'tsconfig.json'), '{"compilerOptions":{"strict":true},"include":["."]}');
    writeFileSync(join(dir, 'planted.ts'), 'async function f(): Promise<void> {}\nf();\n');
    const env = { OXLINT_TSGOLINT_PATH: join(MODULES, 'oxlint-tsgolint', 'bin', 'tsgolint.js') };
    return oxlint(node, dir, env).report.diagnostics.some(({ code }) => code?.includes('no-floating-promises'));
  });
}

async function lint({ node }) {
  const red = await lintGoesRed(node);
  if (!red) console.log('lint: a planted forgotten promise was not found; the type-aware rules do not run');
  const { ok, report } = oxlint(node, ROOT);
  for (const { filename, labels, message, code } of report.diagnostics) {
    const at = labels[0]?.span;
    console.log(`${filename}:${at?.line ?? 1}:${at?.column ?? 1}: ${message} [${code}]`);
  }
  if (!report.number_of_files) console.log('lint: no file was read');
  return one(red && ok && report.number_of_files > 0 && report.diagnostics.length === 0);
}

function layers({ node }) {
  const { seen, problems } = checkLayers(node);
  for (const line of problems) console.log(line);
  console.log(`${seen} modules`);
  return one(problems.length === 0);
}

async function measure({ node }) {
  const file = join('tests', 'contract', 'measure.ts');
  if (!existsSync(join(ROOT, file))) return { passed: 0, failed: 0, skipped: [`${file} does not exist yet`] };
  return one((await foreground(node, ['--disable-warning=ExperimentalWarning', file], { cwd: ROOT })) === 0);
}

/** A private folder for one run, removed at the end; its reports are the source of the counts. */
async function withFolder(work) {
  const dir = mkdtempSync(join(tmpdir(), 'bureau-test-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function readReport(file) {
  if (!existsSync(file)) throw new Stop('the test runner left no report; its words are above.');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** A runner that ends badly without a failed test, or that ran nothing, has failed. */
function judge(result, code, name) {
  const ran = result.passed + result.failed;
  if (ran === 0) console.log(`${name}: no test ran; that is a failure`);
  else if (code !== 0 && result.failed === 0) console.log(`${name}: ended with exit code ${code} without a failed test`);
  else return result;
  return { ...result, failed: result.failed + 1 };
}

function unit({ node, filters }) {
  return withFolder(async (dir) => {
    const file = join(dir, 'report.json');
    const vitest = join(MODULES, 'vitest', 'vitest.mjs');
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...filters];
    const code = await foreground(node, [vitest, ...args], { cwd: ROOT, limitMs: 10 * MINUTES });
    return judge(countVitest(readReport(file)), code, 'unit');
  });
}

function countVitest(report) {
  const files = report.testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  const having = (...states) => tests.filter((test) => states.includes(test.status));
  // A file that could not even be loaded has no tests of its own.
  const broken = files.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  return {
    passed: having('passed').length,
    failed: having('failed').length + broken.length,
    skipped: having('skipped', 'pending', 'todo', 'disabled').map((test) => test.fullName.trim()),
  };
}

async function builds({ node }) {
  return one((await build(node)) === 0);
}

async function e2e({ node, filters }) {
  if ((await buildIfChanged(node)) !== 0) throw new Stop('the build failed');
  const electron = await electronCommand(node, { ownDisplay: true });
  try {
    console.log(`Electron ${electron.version} (${electron.source})${electron.user ? ` as user ${electron.user.name}` : ''}`);
    return await withFolder((dir) => playwright(node, electron, dir, filters));
  } finally {
    electron.stop();
  }
}

async function playwright(node, electron, dir, filters) {
  const file = join(dir, 'report.json');
  const results = join(dir, 'results');
  mkdirSync(join(dir, 'tmp'));
  if (electron.user) ask('chown', ['-R', `${electron.user.uid}:${electron.user.gid}`, dir]);
  const packaged = filters.length === 0 || filters.some((word) => 'packaged'.startsWith(word)) ? await packagedIn(node, electron, dir) : {};
  const set = { TMPDIR: join(dir, 'tmp'), PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_JSON_OUTPUT_NAME: file, BUREAU_PICTURES: join(dir, 'pictures'), ...packaged };
  const cli = join(electron.app, 'node_modules', '@playwright', 'test', 'cli.js');
  const args = [cli, 'test', '--workers=1', '--reporter=list,json', `--output=${results}`, ...filters];
  const code = await runBeside(electron, node, args, { set, limitMs: 15 * MINUTES });
  keepTraces(results, code);
  keepPictures(join(dir, 'pictures'));
  return judge(countPlaywright(readReport(file)), code, 'e2e');
}

/** The packaged program, in a place that the one who runs Electron may read. Linux only: elsewhere its test says that it was skipped. */
async function packagedIn(node, electron, dir) {
  if (process.platform !== 'linux') return {};
  const code = await foreground(node, [join(ROOT, 'scripts', 'pack.mjs'), '--folder'], { cwd: ROOT, stdio: ['ignore', 2, 2], limitMs: 5 * MINUTES });
  if (code !== 0) throw new Stop('the program could not be packed; its words are above.');
  const made = readdirSync(join(ROOT, 'dist')).map((name) => join(ROOT, 'dist', name, 'linux-unpacked')).find((path) => existsSync(path));
  const place = join(dir, 'packaged');
  ask('mv', [made, place]);
  if (electron.user) ask('chown', ['-R', `${electron.user.uid}:${electron.user.gid}`, place]);
  return { BUREAU_PACKAGED: join(place, 'bureau') };
}

/** The handbook's pictures come from the run: who runs Electron may not write in the checkout, so they are brought there. */
function keepPictures(pictures) {
  if (existsSync(pictures)) ask('cp', ['-r', `${pictures}/.`, join(ROOT, 'docs', 'screenshots')]);
}

/** What a failed run left (screenshots, traces) is kept in the checkout. */
function keepTraces(results, code) {
  const kept = join(ROOT, 'test-results');
  rmSync(kept, { recursive: true, force: true });
  if (code !== 0 && existsSync(results)) ask('cp', ['-r', results, kept]);
}

function countPlaywright(report) {
  const specs = report.suites.flatMap(function all(suite) {
    return [...suite.specs, ...(suite.suites ?? []).flatMap(all)];
  });
  const tests = specs.flatMap((spec) => spec.tests.map((test) => ({ title: `${spec.file}: ${spec.title}`, status: test.status })));
  return {
    passed: tests.filter((test) => test.status === 'expected').length,
    failed: tests.filter((test) => ['unexpected', 'flaky'].includes(test.status)).length + report.errors.length,
    skipped: tests.filter((test) => test.status === 'skipped').map((test) => test.title),
  };
}
