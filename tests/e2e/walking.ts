import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import axe from 'axe-core';
import type { Started } from './launch.ts';
import { settled } from './screen.ts';

/** Walking through the screens of the started program as the tests of the screens do. */

/** What the window complains about, and what it asks for outside itself. Empty is good. */
export async function watched(bureau: Started): Promise<{ readonly complaints: string[]; readonly outside: () => Promise<readonly string[]> }> {
  const complaints: string[] = [];
  const asked: string[] = [];
  bureau.page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(`${line.type()}: ${line.text()}`);
  });
  bureau.page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  bureau.page.on('request', (request) => asked.push(request.url()));
  // Beside the page: whatever the program itself asks for, answered or refused.
  await bureau.app.evaluate(({ session }) => {
    const seen: string[] = [];
    Object.assign(globalThis, { asked: seen });
    const note = ({ url }: { readonly url: string }): void => void seen.push(url);
    session.defaultSession.webRequest.onCompleted(note);
    session.defaultSession.webRequest.onErrorOccurred(note);
  });
  const outside = async (): Promise<readonly string[]> => {
    const beside = await bureau.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    const denied = bureau.log().filter((line) => line['text'] === 'request denied').map((line) => String(line['address']));
    return [...asked, ...beside, ...denied].filter((address) => !/^(app:\/\/bureau\/|blob:app:\/\/bureau\/)/.test(address));
  };
  return { complaints, outside };
}

/** The areas beside the rail, by their name in the language of the window. */
export const areas = (page: Page): Locator => page.locator('nav.areas');

/** Goes to an area of the records or the settings and waits until its name stands last in the breadcrumbs. */
export async function area(page: Page, name: string): Promise<void> {
  await areas(page).getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await expect(page.locator('nav.crumbs [aria-current="page"]')).toHaveText(name);
}

/** The list or the tree of an area is there with its rows. */
export const filled = (page: Page): Promise<void> => expect(page.getByRole('main').locator('[role="gridcell"][data-col], [role="treeitem"]').first()).toBeVisible();

/** Opens the record of a list that has this text in a cell. */
export async function openRow(page: Page, text: string): Promise<void> {
  await page.getByRole('gridcell', { name: text, exact: true }).first().dblclick();
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toContainText(text);
}

/** Esc closes the dialog or menu; it has the keyboard to itself until it is gone. */
export async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.locator('[aria-modal="true"], [role="menu"]:visible')).toHaveCount(0);
}

/** The rows of the statement that is shown, from its head to its end: the texts of their cells. */
export async function paperRows(page: Page): Promise<readonly (readonly string[])[]> {
  await settled(page);
  return await page
    .getByRole('main')
    .locator('article tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
}

/** The words of a PDF, page after page. */
export async function textOf(file: string): Promise<string> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 });
  const document = await task.promise;
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const content = await (await document.getPage(number)).getTextContent();
    texts.push(content.items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  await task.destroy();
  return texts.join('\n');
}

export async function theme(bureau: Started, name: 'light' | 'dark'): Promise<void> {
  await bureau.ask('desk.appearance', { theme: name });
  await bureau.page.waitForFunction((wanted) => document.documentElement.dataset['theme'] === wanted, name);
  await bureau.page.mouse.move(0, 0);
}

/** What axe finds, each with what to do and where. The rules are put into the page once: it is never loaded anew. */
async function violations(page: Page, what: string, options: object): Promise<readonly string[]> {
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const found = await page.evaluate(async (more) => {
    const { axe: run } = globalThis as unknown as { readonly axe: typeof import('axe-core') };
    const { violations: all } = await run.run({ exclude: ['[data-tabster-dummy]'] }, { resultTypes: ['violations'], ...more });
    return all.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
  }, options);
  return found.map((one) => `${what}: ${one}`);
}

/** Rules that a theme can break; all others see the same page in both. */
const colours = ['color-contrast', 'link-in-text-block'];
/** A menu that stands open lies outside the landmarks of the page below it, for that moment. */
const overPage = { rules: { region: { enabled: false } } };

/** What axe finds on this screen, in light and in dark. Ends in light. */
export async function look(bureau: Started, what: string, menu = false): Promise<readonly string[]> {
  const { page } = bureau;
  // A tooltip of the button that was just clicked is not part of the screen.
  await page.mouse.move(0, 0);
  await expect(page.locator('[role="tooltip"]:visible')).toHaveCount(0);
  const light = await violations(page, what, menu ? overPage : {});
  await theme(bureau, 'dark');
  const dark = await violations(page, `${what}, dark`, { runOnly: colours });
  await theme(bureau, 'light');
  return [...light, ...dark];
}
