// The window on a large company: started by `npm run bench`, or alone by `node scripts/window.mjs tests/perf/window.ts [--scale 0.1]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { createOffice } from '../../main/office.ts';
import { freshFolder, handOver } from '../e2e/launch.ts';
import { at, business, type Figure, median, round, table } from './figures.ts';

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

/** Milliseconds between a key and the first picture with rows in it, by the clock of the page itself. */
const untilRows = (page: Page, key: string): Promise<number> => {
  const measured = page.evaluate(
    () =>
      new Promise<number>((done) => {
        let pressed = 0;
        addEventListener('keydown', (event) => (pressed = pressed || event.timeStamp), { capture: true });
        const look = (): void => {
          if (pressed > 0 && document.querySelectorAll('[role=grid] [role=row]').length > 5) requestAnimationFrame(() => done(performance.now() - pressed));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  return Promise.all([measured, page.waitForTimeout(100).then(() => page.keyboard.press(key))]).then(([ms]) => ms);
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

const folder = freshFolder();
const company = join(folder, 'company');
const office = await createOffice({ folder: company, name: 'Measured firm', currency: 'GBP', demo: { people, seed: 7 } }, { headsDir: join(folder, 'heads'), log: { info: () => undefined, warn: () => undefined, error: () => undefined }, language: 'en', who: 'bench' });
await office.close();
handOver(folder);

const [rooms, lists, begins]: [number[], number[], number[]] = [[], [], []];
let slow: Scrolled | undefined;
let fast: Scrolled | undefined;
for (let turn = 0; turn <= turns; turn += 1) {
  const opened = await open(join(folder, 'settings'), company);
  const { page, room } = opened;
  const list = await untilRows(page, 'Alt+2');
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
  await opened.close();
}
rmSync(folder, { recursive: true, force: true });

const figures: Figure[] = [
  { name: `Window to first list of ${(people + 2000 * Number(values.scale ?? 1)).toLocaleString('en')}`, value: median(begins), unit: 'ms', target: 1500, note: `start of the process to rows, without the time between; median of ${turns} warm starts, worst ${round(at(begins, 1))}` },
  { name: 'Start of the process to the first room', value: median(rooms), unit: 'ms', note: 'signed in, drawn, takes keys' },
  { name: 'Signed in: key to rows of the list', value: median(lists), unit: 'ms', target: 100, note: `first list of this start, key pressed to first picture with rows; worst ${round(at(lists, 1))}` },
  { name: 'Dropped frames, scrolling by 3 rows a frame', value: slow!.late, unit: `of ${slow!.frames}`, note: `p95 ${round(slow!.p95)} ms a frame; ${slow!.blank} without text` },
  { name: 'Dropped frames, scrolling by 150 rows a frame', value: fast!.late, unit: `of ${fast!.frames}`, note: `p95 ${round(fast!.p95)} ms a frame; ${fast!.blank} without text` },
];
console.log(`${table(figures)}\nAt the end: ${business()}.`);
