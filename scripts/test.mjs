// `npm test`: everything that must hold, step by step; the last line counts. `npm test -- unit e2e` runs only those
// steps; other words are handed to the test runners as filters.
import { steps } from './teststeps.mjs';
import { say, Stop } from './say.mjs';
import { setup } from './setup.mjs';

const total = { passed: 0, failed: 0, skipped: [] };

try {
  await runSteps(process.argv.slice(2));
} catch (error) {
  total.failed += 1;
  if (error instanceof Stop) say(error.message);
  else console.log(error);
}
report();

async function runSteps(words) {
  const { node } = await setup();
  const named = words.filter((word) => Object.hasOwn(steps, word));
  const filters = words.filter((word) => !named.includes(word));
  for (const [name, step] of Object.entries(steps)) {
    if (named.length === 0 || named.includes(name)) await runStep(name, step, { node, filters });
  }
  if (total.passed + total.failed === 0) fail('nothing ran; that is a failure');
}

async function runStep(name, step, context) {
  const start = Date.now();
  console.log(`\n== ${name}`);
  let result;
  try {
    result = await step(context);
  } catch (error) {
    console.log(error instanceof Stop ? error.message : error);
    result = { passed: 0, failed: 1, skipped: [] };
  }
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped.push(...result.skipped.map((title) => `${name}: ${title}`));
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`== ${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped.length} skipped, ${seconds} s`);
}

function fail(why) {
  console.log(why);
  total.failed += 1;
}

function report() {
  if (total.skipped.length) {
    console.log(`\n!! SKIPPED, not tested (${total.skipped.length}):`);
    for (const title of total.skipped) console.log(`!!   ${title}`);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}
