// `npm run pack`: the program as a folder, then as Linux packages, as far as that goes on this machine. For Windows
// and macOS the configuration is in electron-builder.yml; they are packed there with `npm run pack`.
// `npm run pack -- --folder` stops after the folder.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ask, foreground, which } from './child.mjs';
import { findElectron, REPACK_WARNING, wantedVersion } from './electron.mjs';
import { cacheDir, MODULES, ROOT } from './paths.mjs';
import { run, say, Stop } from './say.mjs';
import { setup } from './setup.mjs';

const BUILDER = join(MODULES, 'electron-builder', 'cli.js');
const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const PLATFORM = { linux: '--linux', win32: '--win', darwin: '--mac' }[process.platform];
const UNPACKED = { linux: 'linux-unpacked', win32: 'win-unpacked', darwin: 'mac' }[process.platform];

await run(async () => {
  const { node } = await setup();
  const electron = await findElectron(node);
  // Only the official download was checked against Electron's own checksums.
  const shipping = electron.source === 'official' && electron.version === wantedVersion();
  const output = join('dist', shipping ? 'release' : 'TEST-BUILD-not-for-shipping');
  if (!shipping) say(`this will be a TEST BUILD, not for shipping: ${whyNot(electron)}`);
  if ((await build(node)) !== 0) throw new Stop('the build failed; its words are above.');
  rmSync(join(ROOT, output), { recursive: true, force: true });
  const job = { node, electron, output, label: shipping ? '' : '-TESTBUILD' };
  const done = [await folder(job)];
  const failed = [];
  const packers = process.argv.includes('--folder') ? {} : process.platform === 'linux' ? { 'tar.gz': tarball, deb } : { installer };
  for (const [kind, packer] of Object.entries(packers)) {
    try {
      done.push(await packer(job));
    } catch (error) {
      failed.push(`${kind}: ${error.message}`);
    }
  }
  if (!shipping) writeFileSync(join(ROOT, output, 'NOT-FOR-SHIPPING.txt'), `A test build: ${whyNot(electron)}.\n`);
  for (const file of done) console.log(`made      ${file}${shipping ? '' : '   (test build)'}`);
  for (const line of failed) console.log(`NOT made  ${line}`);
  return failed.length ? 1 : 0;
});

function whyNot({ source, version: found }) {
  if (source === 'repack') return `Electron ${found} in it: ${REPACK_WARNING}`;
  return `its Electron ${found} (${source}) is not the official, checked ${wantedVersion()}`;
}

async function builder({ node, electron, output, label }, args, env = {}) {
  const common = [
    '--publish=never',
    `-c.electronVersion=${electron.version}`,
    `-c.electronDist=${electron.dist}`,
    `-c.directories.output=${output}`,
    `-c.artifactName=${name}-${version}${label}-\${arch}.\${ext}`,
  ];
  const code = await foreground(node, [BUILDER, ...args, ...common], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
  });
  if (code !== 0) throw new Stop(`electron-builder ended with exit code ${code}`);
}

async function folder(job) {
  await builder(job, [PLATFORM, 'dir']);
  const made = join(job.output, UNPACKED);
  const binary = { linux: name, win32: 'Bureau.exe', darwin: 'Bureau.app' }[process.platform];
  // Loaded late: before setup there may be no packages.
  const { wrongFuses } = await import('./fuses.mjs');
  const wrong = await wrongFuses(join(ROOT, made, binary));
  if (wrong.length) throw new Stop(`fuses are not as wanted: ${wrong.join(', ')}`);
  say('fuses read back from the packaged program: as wanted');
  return made;
}

function tarball({ output, label }) {
  const base = `${name}-${version}${label}-linux-${process.arch}`;
  const dir = join(ROOT, output);
  renameSync(join(dir, UNPACKED), join(dir, base));
  const done = ask('tar', ['czf', `${base}.tar.gz`, '--owner=0', '--group=0', base], { cwd: dir });
  renameSync(join(dir, base), join(dir, UNPACKED));
  if (!done.ok) throw new Stop(done.err);
  return join(output, `${base}.tar.gz`);
}

async function deb(job) {
  const env = {};
  if (!which('fpm')) {
    if (!which('dpkg-deb')) throw new Stop('there is neither fpm nor dpkg-deb here');
    env.CUSTOM_FPM_PATH = standIn(job.node);
  } else env.CUSTOM_FPM_PATH = which('fpm');
  await builder(job, ['--linux', 'deb', '--prepackaged', join(job.output, UNPACKED)], env);
  const file = join(job.output, `${name}-${version}${job.label}-amd64.deb`);
  return existsSync(join(ROOT, file)) ? file : join(job.output, '*.deb');
}

/** electron-builder wants one program; ours is a script that must run under our Node. */
function standIn(node) {
  const file = join(cacheDir(), 'fpm');
  mkdirSync(cacheDir(), { recursive: true });
  writeFileSync(file, `#!/bin/sh\nexec '${node}' '${join(ROOT, 'scripts', 'fpm.mjs')}' "$@"\n`, { mode: 0o755 });
  return file;
}

/** NSIS on Windows, DMG on macOS: electron-builder fetches its tools for them. */
async function installer(job) {
  await builder(job, [PLATFORM]);
  return job.output;
}
