import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hire } from '../main/backroom.ts';
import { type Company, makeCompany } from './helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

test('whoever asks a thread that has ended is told so, instead of waiting for ever', async () => {
  const hand = hire({ folder: company.folder, headsDir: company.surroundings.headsDir });
  const order = { id: 'one', kind: 'errand', errand: { what: 'hash', password: 'long enough' } } as const;
  await expect(hand.ask(order)).resolves.toMatchObject({ value: expect.stringContaining('argon2id') as unknown });
  const unanswered = hand.ask({ ...order, id: 'two' });
  await Promise.all([hand.end(), expect(unanswered).rejects.toThrow('the worker thread ended')]);
  expect(hand.alive()).toBe(false);
  await expect(hand.ask({ ...order, id: 'three' })).rejects.toThrow('the worker thread ended');
});

test('a company whose newest head cannot be noted on this PC is closed and given free all the same, and the log tells why', async () => {
  const { headsDir } = company.surroundings;
  await company.value('place.create', { name: 'Before', kind: 'room' });
  rmSync(headsDir, { recursive: true, force: true });
  writeFileSync(headsDir, 'no folder');
  try {
    await company.reopen(() => rmSync(headsDir));
  } finally {
    rmSync(headsDir, { recursive: true, force: true });
  }
  expect(company.bugs.splice(0)).toEqual([expect.objectContaining({ code: 'ENOTDIR' })]);
  expect((await company.value('place.list', {})).rows.map((row) => row.name)).toEqual(['Before']);
});
