import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { presets } from '#contract/records/presets.ts';
import { fileAccounts } from '../../main/budgets/ledgers/fileAccounts.ts';
import { importJournal } from '../../main/budgets/ledgers/journalImport.ts';
import type { Ctx, Job } from '../../main/db/context.ts';
import { type Connection, openDatabase } from '../../main/db/open.ts';
import { type Company, makeCompany } from '../helpers/company.ts';
import { imprint } from '../helpers/imprint.ts';

/** How an import runs: when it hears that it is cancelled, how often it reads, what it says of a disk that failed. */

let company: Company;
let db: Connection;
beforeEach(async () => {
  company = await makeCompany();
  db = openDatabase(join(company.folder, 'office.db'), 'write');
});
afterEach(async () => {
  db.close();
  await company.close();
});

const write = (text: string): string => {
  const file = join(company.desk, 'books.journal');
  writeFileSync(file, text);
  return file;
};

/** An import as the worker runs it, with somebody beside it. */
async function run(source: string, job: Job): Promise<unknown> {
  const ctx: Ctx = { db, folder: company.folder, now: Date.now(), user: { id: 1, name: 'Owner' }, rights: presets[0]!.rights, language: 'en', call: 'journal.import', request: 'test', touched: new Set() };
  db.exec('BEGIN IMMEDIATE');
  try {
    const done = await importJournal(ctx, { format: 'hledger', source }, job);
    db.exec('COMMIT');
    return done;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

describe('An import that brings nothing new', () => {
  // 4 MB are read on one thread, 9 MB on another.
  test.each([[40_000], [90_000]])('of %d transactions can be cancelled while it reads the books, and while it reads the file', async (count) => {
    const source = write(Array.from({ length: count }, (_, at) => `2020-01-01 * invoice ${at} ${'for many things '.repeat(3)}\n  assets:bank  1 GBP\n  income:sales\n\n`).join(''));
    await company.value('journal.import', { format: 'hledger', source });
    const before = company.look(imprint);
    for (const whileReading of [false, true]) {
      let [bytes, checks] = [0, 0];
      const job: Job = {
        progress: (done) => {
          bytes = done;
        },
        check: () => {
          checks += 1;
          if (whileReading ? bytes > 200_000 : checks > 3) throw new Refused('invalid', refusals.cancelled);
        },
      };
      await expect(run(source, job)).rejects.toMatchObject({ words: refusals.cancelled });
      expect(bytes).toBeLessThan(2_000_000);
      if (!whileReading) expect(bytes).toBe(0);
    }
    expect(company.look(imprint)).toEqual(before);
  });
});

test('An import reads its file once more for all decimal places that several commodities turn out to need', async () => {
  const plain = '2020-01-01 * pens\n  expenses:pens  1 GBP\n  assets:bank\n\n'.repeat(1500);
  const days = [1, 2, 3, 4, 5].flatMap((digits) => ['AAA', 'BBB', 'CCC'].map((code) => `${plain}2020-01-0${digits} buy\n  assets:funds  1.${'1'.repeat(digits)} ${code} @@ 1 GBP\n  assets:bank\n\n`));
  let [readings, last] = [0, Infinity];
  const progress = (done: number): void => {
    if (done < last) readings += 1;
    last = done;
  };
  await run(write(days.join('')), { progress, check: () => undefined });
  expect(readings).toBe(2);
  expect(company.look((books) => books.prepare('SELECT code, digits FROM commodities ORDER BY code').raw().all())).toEqual([['AAA', 5], ['BBB', 5], ['CCC', 5]]);
  expect((await company.value('ledger.verify', {})).problems).toEqual([]);
});

test('An import whose transaction a failing disk has ended says what failed', async () => {
  const source = write('2020-01-01 one\n  assets:bank  1 GBP\n  income:sales\n');
  const before = company.look(imprint);
  const job: Job = {
    progress: () => undefined,
    check: () => {
      // As SQLite does when a page cannot be written.
      db.exec('ROLLBACK');
      throw new Error('database or disk is full');
    },
  };
  await expect(run(source, job)).rejects.toThrow('database or disk is full');
  expect(company.look(imprint)).toEqual(before);
});

describe('What is kept of the files of an import', () => {
  const digest = (): unknown => company.look((books) => books.prepare('SELECT digest FROM ledger_imports ORDER BY id DESC').pluck().get());
  const sha = (...paths: string[]): string => createHash('sha256').update(Buffer.concat(paths.map((path) => readFileSync(path)))).digest('hex');
  const entry = (name: string): string => `2020-01-01 ${name}\n  assets:bank  1 GBP\n  income:sales\n\n`;

  test('is the digest of all that were read, those that others include as well', async () => {
    const [inner, again] = [join(company.desk, 'inner.journal'), join(company.desk, 'again.journal')];
    writeFileSync(inner, entry('inner'));
    const source = write(entry('outer'));
    await company.value('journal.import', { format: 'hledger', source });
    expect(digest()).toBe(sha(source));
    writeFileSync(again, `${entry('again')}include inner.journal\n`);
    write(`${entry('first')}include again.journal\n${entry('last')}include inner.journal\n`);
    await company.value('journal.import', { format: 'hledger', source });
    expect(digest()).toBe(sha(source, again, inner));
    writeFileSync(join(company.desk, 'inner.beancount'), '2020-01-01 open Assets:A\n');
    const bean = join(company.desk, 'books.beancount');
    writeFileSync(bean, 'include "inner.beancount"\n2020-01-01 open Assets:B\n2020-01-02 * "x"\n  Assets:A  1 GBP\n  Assets:B\n');
    await company.value('journal.import', { format: 'beancount', source: bean });
    expect(digest()).toBe(sha(bean, join(company.desk, 'inner.beancount')));
  });

  test.each(['books.journal', 'inner.journal'])('is no digest of another state: an import whose %s changes meanwhile is refused', async (name) => {
    writeFileSync(join(company.desk, 'inner.journal'), entry('inner'));
    const source = write(`include inner.journal\n${entry('outer')}`);
    const before = company.look(imprint);
    let changed = false;
    const progress = (): void => {
      if (!changed) appendFileSync(join(company.desk, name), '; more\n');
      changed = true;
    };
    await expect(run(source, { progress, check: () => undefined })).rejects.toMatchObject({ code: 'invalid', words: { en: expect.stringContaining('was changed while it was read') as string } });
    expect(company.look(imprint)).toEqual(before);
  });

  test('and what is refused names a file without its folders, one that is included as well', async () => {
    mkdirSync(join(company.desk, 'folder.journal'));
    for (const [format, text] of [['hledger', 'include none.journal\n'], ['hledger', 'include folder.journal\n'], ['hledger', 'include books.journal\n'], ['beancount', 'include "none.journal"\n'], ['beancount', 'include "books.journal"\n']] as const) {
      const failure = await company.refusal('journal.import', { format, source: write(text) });
      expect(failure.message).toMatch(/^books\.journal, line 1: .*(none|folder|books)\.journal/);
      expect(failure.message).not.toContain('/');
    }
  });
});

test('The list of the accounts of a file can be cancelled too, whatever the file holds', async () => {
  const source = write('; nothing but remarks\n'.repeat(50_000));
  const ctx: Ctx = { db, folder: company.folder, now: Date.now(), user: { id: 1, name: 'Owner' }, rights: presets[0]!.rights, language: 'en', call: 'journal.accounts', request: 'test', touched: new Set() };
  let bytes = 0;
  const job: Job = {
    progress: (done) => {
      bytes = done;
    },
    check: () => {
      if (bytes > 100_000) throw new Refused('invalid', refusals.cancelled);
    },
  };
  expect(() => fileAccounts(ctx, { format: 'hledger', source }, job)).toThrow();
  expect(bytes).toBeLessThan(500_000);
});
