// The window on a large company: started by `npm run bench`, or alone by `node scripts/window.mjs tests/perf/window.ts [--scale 0.1]`.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { createOffice } from '../../main/office.ts';
import { freshFolder, handOver, start } from '../e2e/launch.ts';
import { at, business, type Figure, median, round, table } from './figures.ts';

const { values } = parseArgs({ options: { scale: { type: 'string' }, only: { type: 'string' }, save: { type: 'boolean' } } });
const people = Math.round(300_000 * Number(values.scale ?? 1));
const turns = 5;

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

const [doors, lists, begins]: [number[], number[], number[]] = [[], [], []];
let slow: Scrolled | undefined;
let fast: Scrolled | undefined;
for (let turn = 0; turn <= turns; turn += 1) {
  const started = await start({ folder, args: ['--company', company], size: { width: 1280, height: 800 } });
  const { page } = started;
  const door = await page.evaluate(async () => {
    while (!document.querySelector('button')) await new Promise(requestAnimationFrame);
    return performance.timeOrigin + performance.now();
  });
  const born = await started.app.evaluate(({ app }) => app.getAppMetrics().find((one) => one.type === 'Browser')!.creationTime);
  await started.ask('session.sign_in', { sign_in: 'owner', password: '' });
  await page.getByRole('navigation').first().waitFor();
  const list = await untilRows(page, 'Alt+2');
  // The first start is the cold one.
  if (turn > 0) {
    doors.push(door - born);
    lists.push(list);
    begins.push(door - born + list);
  }
  if (turn === turns) {
    slow = await scroll(page, 84);
    fast = await scroll(page, 4200);
  }
  await started.stop({ keep: turn < turns });
}

const figures: Figure[] = [
  { name: `Window to first list of ${(people + 2000 * Number(values.scale ?? 1)).toLocaleString('en')}`, value: median(begins), unit: 'ms', target: 1500, note: `start of the process to rows, without the time at the door; median of ${turns} warm starts, worst ${round(at(begins, 1))}` },
  { name: 'Start of the process to the door', value: median(doors), unit: 'ms', note: 'sign-in is there and takes keys' },
  { name: 'Signed in: key to rows of the list', value: median(lists), unit: 'ms', target: 100, note: `first list of this start, key pressed to first picture with rows; worst ${round(at(lists, 1))}` },
  { name: 'Dropped frames, scrolling by 3 rows a frame', value: slow!.late, unit: `of ${slow!.frames}`, note: `p95 ${round(slow!.p95)} ms a frame; ${slow!.blank} without text` },
  { name: 'Dropped frames, scrolling by 150 rows a frame', value: fast!.late, unit: `of ${fast!.frames}`, note: `p95 ${round(fast!.p95)} ms a frame; ${fast!.blank} without text` },
];
console.log(`${table(figures)}\nAt the end: ${business()}.`);
