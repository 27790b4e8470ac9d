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
