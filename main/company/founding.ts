import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { entities } from '#contract/calls.ts';
import type { createSchema } from '#contract/company/desk.ts';
import { presets } from '#contract/records/presets.ts';
import { Refused } from '#contract/kit/failure.ts';
import type { Language } from '#contract/kit/words.ts';
import type { z } from 'zod';
import { append } from '../db/audit.ts';
import type { Ctx } from '../db/context.ts';
import { apply } from '../db/migrate.ts';
import { openDatabase, transaction } from '../db/open.ts';
import { ensureSequence } from '../db/sequence.ts';
import { run as runSql, sql } from '../db/sql.ts';
import { run as errand } from '../errands.ts';
import { foundUsers, isCommon } from '../records/user.ts';
import { fillDemo } from './demo.ts';

const common = { en: 'This password is one of the most used ones and would be guessed at once.', de: 'Dieses Passwort gehört zu den häufigsten und wäre sofort erraten.' };

type Founding = z.infer<typeof createSchema>;

/**
 * Makes the database of a new company: tables, roles, owner, number series, the books when asked for (`setUp` is handed down by those
 * who know books), and the demo. When anything fails, only the file made here is taken away again.
 */
export async function found(input: Founding, language: Language, setUp: (ctx: Ctx, books: NonNullable<Founding['books']>) => unknown): Promise<void> {
  const owner = input.owner ?? { name: language === 'de' ? 'Inhaber' : 'Owner', sign_in: 'owner', password: '' };
  if (owner.password !== '' && isCommon(owner.password)) throw new Refused('invalid', common, {}, 'password');
  const hash = owner.password === '' ? null : ((await errand({ what: 'hash', password: owner.password })) as string);
  const file = join(input.folder, 'office.db');
  const db = openDatabase(file, 'create');
  try {
    apply(db);
    const now = Date.now();
    const spoken = input.language ?? language;
    const ctx = { db, folder: input.folder, now, user: null, rights: presets.find((preset) => preset.key === 'owner')!.rights, language: spoken, call: 'desk.create', request: randomUUID(), touched: new Set<string>() };
    transaction(db, () => {
      runSql(db, sql`INSERT INTO company (id, uuid, name, currency, country, language, demo, created_at) VALUES (1, ${randomUUID()}, ${input.name}, ${input.currency}, ${input.country ?? ''}, ${spoken}, ${input.demo ? 1 : 0}, ${now})`);
      append(ctx, { action: 'created', entity: 'company', id: 1, title: input.name, changes: { name: [null, input.name], currency: [null, input.currency] } });
      for (const of of Object.values(entities)) if (of.numbered) ensureSequence(db, of.name, of.numbered.prefix);
      foundUsers(ctx, { name: owner.name, sign_in: owner.sign_in, hash }, spoken);
      if (input.books) setUp(ctx, input.books);
    });
    if (input.demo) fillDemo(ctx, input.demo);
  } catch (error) {
    db.close();
    for (const made of [file, `${file}-wal`, `${file}-shm`]) rmSync(made, { force: true });
    throw error;
  }
  db.close();
}
