// The window on a large company: started by `npm run bench`, or alone by `node scripts/window.mjs tests/perf/window.ts [--scale 0.1]`.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { corpus, has } from '../helpers/corpora.ts';
import { handOver } from '../e2e/launch.ts';
import { at, business, type Figure, median, round, table } from './figures.ts';
import { makeFirm } from './firm.ts';

const { values } = parseArgs({ options: { scale: { type: 'string' }, only: { type: 'string' }, save: { type: 'boolean' } } });
const people = Math.round(300_000 * Number(values.scale ?? 1));
const turns = 5;
/** Ms after which a started window is looked at. Nobody looks on before: a debugger that is attached makes the start a third slower. */
const undisturbed = 5000;

interface Opened {
  readonly page: Page;
  /** Ms from the start of the process until the house of an owner without a password stood and took keys. */
  readonly room: number;
  close(): Promise<void>;
}

/** Starts the program as a user does and looks at the window when it has long been there. */
async function open(settings: string, company: string): Promise<Opened> {
  const [electron, app] = [process.env['BUREAU_ELECTRON'], process.env['BUREAU_APP']];
  if (!electron || !app) throw new Error('BUREAU_ELECTRON and BUREAU_APP name no program; start this with: node scripts/window.mjs tests/perf/window.ts');
  const began = Date.now();
  const port = 20_000 + (process.pid % 20_000);
  const child = spawn(electron, [app, `--user-data-dir=${settings}`, `--remote-debugging-port=${port}`, '--lang=en-GB', '--company', company], { stdio: 'ignore', env: { ...process.env, LANGUAGE: 'en' } });
  const ended = once(child, 'exit');
  await wait(undisturbed);
  const browser: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = browser.contexts()[0]!.pages()[0]!;
  await page.getByRole('navigation').first().waitFor();
  const drawn = await page.evaluate(() => performance.timeOrigin + performance.getEntriesByName('house')[0]!.startTime);
  return {
    page,
    room: drawn - began,
    close: async () => {
      await page.evaluate(() => window.close()).catch(() => undefined);
      await ended;
      await browser.close();
    },
  };
}

/** Milliseconds between a key or a click and the first picture with so many of these in it, by the clock of the page itself. */
const until = (page: Page, found: string, more: number, act: () => Promise<unknown>): Promise<number> => {
  const measured = page.evaluate(
    ([selector, least]) =>
      new Promise<number>((done) => {
        let began = 0;
        for (const kind of ['keydown', 'click']) addEventListener(kind, (event) => (began = began || event.timeStamp), { capture: true });
        const look = (): void => {
          if (began > 0 && document.querySelectorAll(selector as string).length > Number(least)) requestAnimationFrame(() => done(performance.now() - began));
          else requestAnimationFrame(look);
        };
        look();
      }),
    [found, more] as const,
  );
  return Promise.all([measured, page.waitForTimeout(100).then(act)]).then(([ms]) => ms);
};

interface Scrolled {
  readonly frames: number;
  readonly late: number;
  readonly p95: number;
  readonly blank: number;
}

/** Scrolls by `step` pixels a frame and counts frames that came late (more than one and a half of the display's own) and frames without text. */
const scroll = (page: Page, step: number): Promise<Scrolled> =>
  page.evaluate(async (by) => {
    const grid = [...document.querySelectorAll<HTMLElement>('[role=grid], [role=grid] *')].find((one) => one.scrollHeight > one.clientHeight + 1000)!;
    const gaps = async (moving: boolean): Promise<{ list: number[]; blank: number }> => {
      const list: number[] = [];
      let blank = 0;
      let last = await new Promise<number>((done) => requestAnimationFrame(done));
      for (let frame = 0; frame < 300; frame += 1) {
        if (moving) grid.scrollTop += by;
        const now = await new Promise<number>((done) => requestAnimationFrame(done));
        list.push(now - last);
        last = now;
        if (moving && (grid.textContent ?? '').length < 500) blank += 1;
      }
      return { list: list.toSorted((a, b) => a - b), blank };
    };
    const rest = (await gaps(false)).list;
    const { list, blank } = await gaps(true);
    const own = rest[150]!;
    return { frames: 300, late: list.filter((gap) => gap > own * 1.5).length, p95: list[285]!, blank };
  }, step);

const firm = await makeFirm({ people, seed: 7 });
const entries = Math.round(1_000_000 * Number(values.scale ?? 1));
const books = has('gen/gen_ledger.py') && spawnSync('which', ['python3']).status === 0;
if (books) {
  execFileSync('python3', [corpus('gen/gen_ledger.py'), String(entries), firm.home, '--formats', 'hledger'], { stdio: 'ignore' });
  await firm.ask('journal.import', { format: 'hledger', source: join(firm.home, `${entries}.journal`) });
} else console.log('!! Statements are not measured in the window: the generator of ledgers, or python3, is not there.');
await firm.office.close();
mkdirSync(join(firm.home, 'settings'));
handOver(firm.home);

/** The statements as they are opened from the list of rooms: each once, so that nothing of it is there already. */
async function statements(page: Page): Promise<number[]> {
  await page.keyboard.press('Alt+3');
  await page.locator('nav.areas').getByRole('button', { name: 'Balance sheet' }).waitFor();
  await page.waitForTimeout(1500);
  const found: number[] = [];
  for (const name of ['Trial balance', 'Balance sheet']) {
    found.push(await until(page, 'article tbody tr', 5, () => page.locator('nav.areas').getByRole('button', { name }).click()));
    await page.waitForTimeout(300);
    await page.keyboard.press('Alt+1');
    await page.waitForTimeout(300);
    await page.keyboard.press('Alt+3');
    await page.locator('nav.areas').getByRole('button', { name: 'Overview' }).click();
    await page.waitForTimeout(500);
  }
  return found;
}

const opened: number[] = [];
const [rooms, lists, begins]: [number[], number[], number[]] = [[], [], []];
let slow: Scrolled | undefined;
let fast: Scrolled | undefined;
for (let turn = 0; turn <= turns; turn += 1) {
  const started = await open(join(firm.home, 'settings'), firm.folder);
  const { page, room } = started;
  const list = await until(page, '[role=grid] [role=row]', 5, () => page.keyboard.press('Alt+2'));
  // The first start is the cold one.
  if (turn > 0) {
    rooms.push(room);
    lists.push(list);
    begins.push(room + list);
  }
  if (turn === turns) {
    slow = await scroll(page, 84);
    fast = await scroll(page, 4200);
  }
  if (books && turn > 0) opened.push(...(await statements(page)));
  await started.close();
}
await firm.away();

const figures: Figure[] = [
  ...(books ? [{ name: `A statement of ${entries.toLocaleString('en')} entries opens`, value: median(opened), unit: 'ms', target: 100, note: `click to first picture with its lines, each the first of its start; worst ${round(at(opened, 1))}` }] : []),
  { name: `Window to first list of ${(people + 2000 * Number(values.scale ?? 1)).toLocaleString('en')}`, value: median(begins), unit: 'ms', target: 1500, note: `start of the process to rows, without the time between; median of ${turns} warm starts, worst ${round(at(begins, 1))}` },
  { name: 'Start of the process to the first room', value: median(rooms), unit: 'ms', note: 'signed in, drawn, takes keys' },
  { name: 'Signed in: key to rows of the list', value: median(lists), unit: 'ms', target: 100, note: `first list of this start, key pressed to first picture with rows; worst ${round(at(lists, 1))}` },
  { name: 'Dropped frames, scrolling by 3 rows a frame', value: slow!.late, unit: `of ${slow!.frames}`, note: `p95 ${round(slow!.p95)} ms a frame; ${slow!.blank} without text` },
  { name: 'Dropped frames, scrolling by 150 rows a frame', value: fast!.late, unit: `of ${fast!.frames}`, note: `p95 ${round(fast!.p95)} ms a frame; ${fast!.blank} without text` },
];
console.log(`${table(figures)}\nAt the end: ${business()}.`);
