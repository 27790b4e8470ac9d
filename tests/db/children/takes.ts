// Takes company folders as told, one a line: `{"folder", "at"}`; waits until `at` so that several try at the same moment.
import { createInterface } from 'node:readline';
import { Refused } from '#contract/kit/failure.ts';
import { takeLease } from '../../../main/db/lease.ts';

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const { folder, at } = JSON.parse(line) as { folder: string; at: number };
  while (Date.now() < at) continue;
  try {
    console.log(`won ${takeLease(folder, `child ${process.pid}`).id}`);
  } catch (error) {
    console.log(error instanceof Refused && error.code === 'busy' ? 'busy' : `failed ${String(error)}`);
  }
}
