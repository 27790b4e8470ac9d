import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Desk } from '#contract/company/desk.ts';
import { createCompany, freshFolder, handOver, start, stopAll } from './launch.ts';
import { textOf } from './walking.ts';

// The desktop around a company: starting, leaving, coming back, choosing files, paper.

test.afterEach(stopAll);
// Some start the program three times, and the machine may be busy.
test.describe.configure({ timeout: 120_000 });

test('starts without a company, and says so', async () => {
  const bureau = await start();
  const state = await bureau.ask<Desk>('desk.state');
  expect(state).toMatchObject({ open: null, problem: null, recent: [], language: 'en', theme: 'system' });
  // How fast is measured on a quiet machine, in tests/perf; here only that it is measured at all.
  expect(bureau.log().filter((line) => ['window shown', 'started'].includes(String(line['text'])) && typeof line['ms'] === 'number')).toHaveLength(2);
  expect(await bureau.reply('party.get', { id: 1 })).toMatchObject({ ok: false, failure: { code: 'missing', message: 'No company is open.' } });
  expect(await bureau.reply('desk.pick_target', { name: 'x.csv' })).toMatchObject({ ok: false, failure: { code: 'denied' } });
  expect(await bureau.reply('desk.open', { folder: 'relative' })).toMatchObject({ ok: false, failure: { code: 'invalid', field: 'folder' } });
  expect(await bureau.reply('desk.open', { folder: bureau.folder, more: 1 })).toMatchObject({ ok: false, failure: { code: 'invalid' } });
  await bureau.stop();
});

test('opens the company of the last time, at its place and size, after a backup on leaving', async () => {
  const first = await start();
  const folder = await createCompany(first);
  await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setBounds({ x: 40, y: 30, width: 1400, height: 850 }));
  await first.ask('department.create', { name: 'Accounts', code: 'ACC' });
  await first.page.waitForTimeout(700);
  await first.stop({ keep: true });
  expect(readdirSync(join(folder, 'backups')).length).toBeGreaterThan(0);
  expect(existsSync(join(folder, 'office.db-wal')) && statSync(join(folder, 'office.db-wal')).size > 0).toBe(false);

  const second = await start({ folder: first.folder });
  expect((await second.ask<Desk>('desk.state')).open).toEqual({ folder, name: 'Test & Sons Ltd' });
  const seen = await second.app.evaluate(({ BrowserWindow }) => ({ ...BrowserWindow.getAllWindows()[0]!.getBounds(), title: BrowserWindow.getAllWindows()[0]!.getTitle() }));
  expect(seen).toMatchObject({ width: 1400, height: 850, title: 'Test & Sons Ltd – Bureau' });
  await second.ask('desk.close');
  expect(await second.ask<Desk>('desk.state')).toMatchObject({ open: null, recent: [{ folder, found: true }] });
  await second.stop({ keep: true });

  // Closed by hand: the next start does not open it again.
  const third = await start({ folder: first.folder });
  expect((await third.ask<Desk>('desk.state')).open).toBeNull();
  await third.ask('desk.forget', { folder });
  expect((await third.ask<Desk>('desk.state')).recent).toEqual([]);
  expect(existsSync(join(folder, 'office.db'))).toBe(true);
  await third.stop();
});

test('a folder that is gone has its own words', async () => {
  const folder = freshFolder();
  const company = join(folder, 'nowhere');
  const bureau = await start({ folder, args: ['--company', company] });
  expect(await bureau.ask<Desk>('desk.state')).toMatchObject({ open: null, problem: { kind: 'missing', folder: company } });
  await bureau.stop();
});

test('a damaged settings file is no reason to stop', async () => {
  for (const damage of ['{"recent": [', '{"zoom":"x","bounds":{"x":1e99},"recent":{"a":1},"theme":7}']) {
    const folder = freshFolder();
    writeFileSync(join(folder, 'settings', 'settings.json'), damage);
    handOver(folder);
    const bureau = await start({ folder });
    expect(await bureau.ask<Desk>('desk.state'), damage).toMatchObject({ recent: [], theme: 'system' });
    await bureau.ask('desk.appearance', { theme: 'dark', language: 'de' });
    expect(await bureau.ask<Desk>('desk.state'), damage).toMatchObject({ language: 'de', theme: 'dark' });
    // In the first seconds of a start settings wait for their store; leaving waits for it too.
    await bureau.stop({ keep: true });
    expect(JSON.parse(readFileSync(join(folder, 'settings', 'settings.json'), 'utf8'))).toMatchObject({ theme: 'dark' });
    rmSync(folder, { recursive: true });
  }
});

test('a second start shows the first window and hands it the company', async () => {
  const bureau = await start();
  const folder = await createCompany(bureau);
  await bureau.ask('desk.close');
  const second = spawn(process.env['BUREAU_ELECTRON']!, [process.env['BUREAU_APP'] ?? process.cwd(), `--user-data-dir=${join(bureau.folder, 'settings')}`, '--company', folder], { stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number];
  expect(code).toBe(0);
  await expect.poll(async () => (await bureau.ask<Desk>('desk.state')).open?.folder).toBe(folder);
  expect(await bureau.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await bureau.stop();
});

test('files are chosen by dialogs, and known to the page by tokens', async () => {
  const bureau = await start();
  await createCompany(bureau);
  const source = join(bureau.folder, 'people.csv');
  const target = join(bureau.folder, 'out');
  writeFileSync(source, 'name\nAda\n');
  bureau.answers(source, null, target, bureau.folder);
  const picked = await bureau.ask<{ token: string }>('desk.pick_file', { kinds: ['csv'] });
  expect(picked).toEqual({ token: expect.stringMatching(/^in\.[\w-]+$/) as unknown, name: 'people.csv', bytes: 9 });
  expect(await bureau.ask('desk.pick_file', { kinds: ['csv'] })).toBeNull();
  expect(await bureau.ask('desk.pick_target', { name: 'People.csv' })).toEqual({ token: expect.stringMatching(/^out\.[\w-]+$/) as unknown, name: 'out.csv' });
  expect(await bureau.ask('desk.pick_folder', { purpose: 'open' })).toEqual({ folder: bureau.folder });
  expect(await bureau.reply('desk.show_file', { token: source })).toMatchObject({ ok: false, failure: { code: 'missing' } });
  await bureau.stop();
});

test('unsaved work stops the window from closing until the user says so', async () => {
  const bureau = await start();
  await createCompany(bureau);
  await bureau.page.evaluate(() => addEventListener('beforeunload', (event) => event.preventDefault()));
  // Chromium asks only for pages that the user has touched.
  await bureau.page.mouse.click(5, 5);
  bureau.answers(0, 1);
  const close = (): Promise<void> => bureau.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
  await close();
  await bureau.page.waitForTimeout(500);
  expect((await bureau.ask<Desk>('desk.state')).open).not.toBeNull();
  const gone = bureau.app.waitForEvent('close');
  await close();
  await gone;
  expect(bureau.log().some((line) => line['text'] === 'stays open')).toBe(true);
  await bureau.stop();
});

test('zooms to 200 % and keeps it', async () => {
  const first = await start();
  for (let step = 0; step < 8; step++) {
    await first.app.evaluate(({ Menu, BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]!.focus();
      const view = Menu.getApplicationMenu()!.items.find((item) => item.submenu?.items.some((one) => one.label === 'Larger'))!;
      const item = view.submenu!.items.find((one) => one.label === 'Larger')! as unknown as { click: () => void };
      item.click();
    });
  }
  const zoom = (bureau: typeof first): Promise<number> => bureau.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getZoomFactor());
  expect(await zoom(first)).toBeCloseTo(2);
  await first.stop({ keep: true });
  const second = await start({ folder: first.folder });
  await expect.poll(() => zoom(second)).toBeCloseTo(2);
  await second.stop();
});

test('paper runs no scripts and asks for nothing', async () => {
  const bureau = await start();
  await createCompany(bureau);
  const pdf = join(bureau.folder, 'report.pdf');
  const attacks = [
    '<script>document.body.textContent="RAN"</script>',
    '<img src=x onerror="document.body.textContent=\'RAN\'">',
    '<svg onload="document.body.textContent=\'RAN\'"><script>document.title="RAN"</script></svg>',
    '<iframe srcdoc="<script>parent.document.body.textContent=\'RAN\'</script>"></iframe>',
    '<iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object><embed src="file:///etc/passwd">',
    '<meta http-equiv="refresh" content="0;url=https://example.com/">',
    '<link rel="stylesheet" href="https://example.com/a.css"><link rel="prefetch" href="https://example.com/b">',
    '<style>@import url(https://example.com/c.css); body { background: url(https://example.com/d.png) }</style>',
    '<base href="https://example.com/"><form action="https://example.com/" id="f"><input autofocus onfocus="f.submit()"></form>',
    '<img src="https://example.com/e.png"><video src="https://example.com/f.mp4" autoplay></video>',
    '<a href="javascript:document.body.textContent=\'RAN\'">x</a><webview src="https://example.com/"></webview>',
  ];
  await bureau.app.evaluate(({ app }) => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    app.on('web-contents-created', (_event, page) => page.on('did-navigate', (_navigated, address) => seen.push(address)));
  });
  for (const attack of attacks) {
    bureau.answers(pdf);
    await bureau.ask('desk.print', { html: `<!doctype html><html><head></head><body><h1>Kept</h1>${attack}</body></html>`, name: `Report ${attack}`.slice(0, 200), to: 'pdf' });
    expect(readFileSync(pdf).subarray(0, 5).toString(), attack).toBe('%PDF-');
    expect(await textOf(pdf), attack).toContain('Kept');
    expect(await textOf(pdf), attack).not.toMatch(/\bRAN\b(?!['"])|root:/);
  }
  expect(await bureau.app.evaluate(() => [...new Set((globalThis as unknown as { seen: string[] }).seen)])).toEqual(['app://bureau/paper']);
  expect(await bureau.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(readdirSync(bureau.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  await bureau.stop();
});
