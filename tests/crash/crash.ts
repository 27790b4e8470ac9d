// `npm run crash -- --kills 200 [--seed 1] [--unprotected]` kills a writing office; `--migrations 100` kills migrations.
import { parseArgs } from 'node:util';
import { isGood, type KillFigures, runKills } from './kills.ts';
import { type MigrationFigures, runMigrationKills } from './migrations.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string' }, migrations: { type: 'string' }, seed: { type: 'string' }, unprotected: { type: 'boolean' } },
});
const seed = Number(values.seed ?? Date.now() % 100_000);
const kills = Number(values.kills ?? (values.migrations === undefined ? 200 : 0));
const migrations = Number(values.migrations ?? 0);

function tellKills(one: KillFigures): boolean {
  const calls = Object.entries(one.byCall).map(([name, count]) => `${name} ${count}`).join(', ');
  console.log(`
${one.kills} kills in ${Math.round(one.seconds)} s, seed ${seed}${values.unprotected ? ', WITHOUT the protection' : ''}
  writes acknowledged       ${one.acknowledged}   (${calls})
  committed, not yet told   ${one.inDoubt}
  sent again, same id       ${one.retried}
  acknowledged and lost     ${one.lost}
  done twice                ${one.doubled}
  imported by half          ${one.torn}
  refused                   ${one.refused.length}
  other broken promises     ${one.problems.length}`);
  for (const text of [...new Set([...one.refused, ...one.problems])].slice(0, 10)) console.log(`    ${text}`);
  return isGood(one);
}

function tellMigrations(one: MigrationFigures): boolean {
  console.log(`
${one.kills} kills during a migration, seed ${seed}
  found as before           ${one.old}
  found as after            ${one.done}   (${one.late} had ended before the kill)
  half                      ${one.half}
  other broken promises     ${one.problems.length}`);
  for (const text of one.problems.slice(0, 10)) console.log(`    ${text}`);
  return one.half + one.problems.length === 0;
}

const good: boolean[] = [];
if (kills > 0) good.push(tellKills(await runKills({ kills, seed, unprotected: values.unprotected === true, tell: (text) => console.log(text) })));
if (migrations > 0) good.push(tellMigrations(await runMigrationKills({ kills: migrations, seed })));
const kept = good.every(Boolean);
console.log(kept ? '\nEvery promise was kept.' : '\nA promise was broken.');
process.exitCode = kept ? 0 : 1;
