#!/usr/bin/env node
// Stands in for fpm where it cannot be had: takes the arguments electron-builder gives it and calls dpkg-deb.
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const FLAGS = new Set(['--force', '--debug']);

/** {name: [values]} of the options, and the from=to pairs that are left. */
function parse(words) {
  const options = {};
  const pairs = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (FLAGS.has(word)) continue;
    if (word.startsWith('-')) (options[word.replace(/^-+/, '')] ??= []).push(words[(at += 1)]);
    else pairs.push(word.split('='));
  }
  return { options, pairs };
}

function control({ options, size }) {
  const get = (name) => options[name]?.[0];
  const description = get('description').trim().split('\n').map((line) => line.trim()).filter(Boolean);
  const fields = {
    Package: get('name'),
    Version: get('version'),
    Architecture: get('architecture'),
    Maintainer: get('maintainer'),
    'Installed-Size': Math.ceil(size / 1024),
    Depends: options.d?.join(', '),
    Recommends: options['deb-recommends']?.join(', '),
    Section: get('category') ?? 'default',
    Priority: get('deb-priority') ?? 'optional',
    Homepage: get('url'),
    Description: [description[0], ...description.slice(1).map((line) => ` ${line}`)].join('\n'),
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return `${lines.map(([key, value]) => `${key}: ${value}`).join('\n')}\n`;
}

function place(stage, [from, to]) {
  const target = join(stage, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(from, target, { recursive: true, verbatimSymlinks: true });
}

/** Sizes summed; modes made the same for everybody: what can be run can be run by all. */
function tidy(path) {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return 0;
  chmodSync(path, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + tidy(join(path, name)), 0);
}

function main() {
  const { options, pairs } = parse(process.argv.slice(2));
  const stage = mkdtempSync(join(tmpdir(), 'bureau-deb-'));
  try {
    for (const pair of pairs) place(stage, pair);
    const size = tidy(stage);
    const meta = join(stage, 'DEBIAN');
    mkdirSync(meta);
    writeFileSync(join(meta, 'control'), control({ options, size }));
    for (const [option, name] of [['after-install', 'postinst'], ['after-remove', 'postrm']]) {
      if (!options[option]) continue;
      cpSync(options[option][0], join(meta, name));
      chmodSync(join(meta, name), 0o755);
    }
    const args = ['--root-owner-group', '-Zxz', '-z1', '--build', stage, options.package[0]];
    process.exitCode = spawnSync('dpkg-deb', args, { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

main();
