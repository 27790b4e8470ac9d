import { describe, expect, test } from 'vitest';
import { runKills } from './kills.ts';
import { runMigrationKills } from './migrations.ts';

/** Ten kills of each; `npm run crash -- --kills 200 --migrations 100` does as many as one likes. */

describe('An office killed at work', () => {
  test('has lost nothing that it acknowledged, and does nothing twice when it is asked again', { timeout: 300_000 }, async () => {
    const { lost, doubled, torn, refused, problems, acknowledged, retried } = await runKills({ kills: 10, seed: 5 });
    expect({ lost, doubled, torn, refused, problems }).toEqual({ lost: 0, doubled: 0, torn: 0, refused: [], problems: [] });
    expect(acknowledged).toBeGreaterThan(20);
    expect(retried).toBeGreaterThan(0);
  });

  test('would be caught if it acknowledged too early', { timeout: 300_000 }, async () => {
    const { lost, doubled } = await runKills({ kills: 6, seed: 6, unprotected: true });
    expect(lost + doubled).toBeGreaterThan(0);
  });
});

describe('A migration killed at any moment', () => {
  test('leaves the company as it was or as it will be, never half', { timeout: 300_000 }, async () => {
    const { half, old, done, problems } = await runMigrationKills({ kills: 6, people: 500, seed: 3 });
    expect({ half, problems }).toEqual({ half: 0, problems: [] });
    expect(old + done).toBe(6);
  });
});
