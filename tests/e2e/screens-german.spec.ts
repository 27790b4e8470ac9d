import { expect, test } from '@playwright/test';
import { calls, entities } from '#contract/calls.ts';
import { areaWords, sensitivityWords } from '#contract/kit/access.ts';
import type { Words } from '#contract/kit/words.ts';
import { de } from '../../renderer/words/de.ts';
import { en } from '../../renderer/words/en.ts';
import { parts } from '../../renderer/words/parts.ts';
import type { Tree } from '../../renderer/words/shape.ts';
import { transfer } from '../../renderer/words/transfer.ts';
import { createCompany, resize, start, type Started, stopAll } from './launch.ts';
import { picture, settled } from './screen.ts';
import { areas, filled } from './walking.ts';

// The same screens in German, where nothing English may be left, and at 200 %, where nothing may be out of reach.

test.describe.configure({ mode: 'serial', timeout: 300_000 });
test.afterAll(stopAll);

let bureau: Started;
/** What people wrote, such as the names of departments, is not ours to translate; and a language stands under its own name. */
const written = new Set<string>(['English']);

test.beforeAll(async () => {
  bureau = await start({ size: { width: 1280, height: 800 } });
  await bureau.ask('desk.appearance', { language: 'de', theme: 'light' });
});

/** Every text of the window and of the contract, English beside German. */
function texts(): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  const tree = (one: Tree, other: Tree): void => {
    for (const [key, value] of Object.entries(one)) {
      const beside = other[key];
      if (typeof value === 'string' && typeof beside === 'string') found.push([value, beside]);
      else if (typeof value === 'object' && typeof beside === 'object') tree(value, beside);
    }
  };
  tree(en, de);
  tree(parts.en, parts.de);
  tree(transfer.en, transfer.de);
  const both = (words: Words | undefined): void => void (words && found.push([words.en, words.de]));
  for (const entity of Object.values(entities)) {
    for (const words of [entity.label, entity.plural, entity.purpose, ...Object.values(entity.sections ?? {})]) both(words);
    for (const field of Object.values(entity.fields)) for (const words of [field.label, field.hint, ...(field.options ?? []).map((option) => option.label)]) both(words);
  }
  for (const words of [...Object.values(areaWords), ...Object.values(sensitivityWords)]) both(words);
  for (const call of Object.values(calls)) both('label' in call ? call.label : undefined);
  return found;
}

const all = texts();
const german = new Set(all.map(([, other]) => other));
const english = new Set(all.filter(([one, other]) => one !== other && !german.has(one)).map(([one]) => one));
/** A text with places for values, as what may stand on screen. Those with hardly a word of their own match everything. */
const pattern = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+')}$`);
const wordy = (text: string): boolean => text.includes('{') && text.replace(/\{\w+\}/g, '').replace(/[^a-z]/gi, '').length >= 4;
const englishPatterns = [...english].filter(wordy).map(pattern);
const germanPatterns = [...german].filter(wordy).map(pattern);
const key = /^(common|problem|desk|frame|home|settings|parts|transfer|budgets|books|statements|assets)(\.\w+)+$/;

/** What stands on screen or is read aloud there, and is English or the key of a text. */
async function leaks(): Promise<readonly string[]> {
  await settled(bureau.page);
  const seen = await bureau.page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim();
      if (text && walker.currentNode.parentElement?.checkVisibility() === true) found.add(text);
    }
    for (const name of ['aria-label', 'title', 'placeholder']) {
      for (const element of document.querySelectorAll(`[${name}]`)) if (element.checkVisibility()) found.add(element.getAttribute(name)!.trim());
    }
    return [...found];
  });
  return seen.filter((text) => !written.has(text) && (key.test(text) || english.has(text) || (englishPatterns.some((one) => one.test(text)) && !germanPatterns.some((one) => one.test(text)) && !german.has(text))));
}

const good = async (what: string): Promise<void> => expect(await leaks(), what).toEqual([]);

/** Goes through every room of a module. */
async function rooms(each: (name: string) => Promise<void>): Promise<void> {
  for (const room of await areas(bureau.page).getByRole('button').all()) {
    const name = (await room.locator('.cut').textContent()) ?? '';
    await room.click();
    await expect(bureau.page.locator('nav.crumbs [aria-current="page"]')).toHaveText(name);
    await settled(bureau.page);
    await each(name);
  }
}

test('German: the chooser and a new company', async () => {
  const { page } = bureau;
  await expect(page.getByRole('button', { name: /^Firma anlegen/ })).toBeVisible();
  await good('the chooser');
  await page.getByRole('button', { name: /^Firma anlegen/ }).click();
  await good('the first step of a new company');
  await page.keyboard.press('Escape');
  await createCompany(bureau, { name: 'Hollis & Brandt GmbH', people: 500, language: 'de', owner: { name: 'Ada Inhaber', sign_in: 'ada', password: 'correct horse battery' } });
  for (const entity of ['department', 'place']) {
    const { rows } = await bureau.ask<{ rows: readonly { name: string }[] }>(`${entity}.list`, { limit: 1000 });
    for (const { name } of rows) written.add(name);
  }
});

test('German: home, every list and a record', async () => {
  const { page } = bureau;
  await expect(page.getByRole('heading', { name: 'Fällig', exact: true })).toBeVisible();
  await picture(page, 'german-home');
  await good('home');
  await page.keyboard.press('Alt+2');
  await filled(page);
  await rooms(good);
  await areas(page).getByRole('button').first().click();
  await filled(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Telefon', exact: true })).toBeVisible();
  await picture(page, 'german');
  await good('a person');
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await good(`the tab ${(await tab.textContent()) ?? ''}`);
  }
  await page.keyboard.press('Control+N');
  await page.keyboard.press('Control+S');
  await expect(page.getByText(/^Nicht gespeichert/)).toBeVisible();
  await good('a refused save');
  await page.keyboard.press('Escape');
});

test('German: settings, help, palette and dialogs', async () => {
  const { page } = bureau;
  await page.keyboard.press('Control+,');
  await rooms(good);
  await page.keyboard.press('F1');
  await rooms(good);
  for (const [keys, opens] of [['Control+K', 'combobox'], ['?', 'dialog'], ['Control+Shift+KeyI', 'dialog']] as const) {
    await page.keyboard.press(keys);
    await expect(page.getByRole(opens).last()).toBeVisible();
    await good(keys);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('Alt+3');
  await rooms(good);
  for (const keys of ['Alt+4', 'Alt+5']) {
    await page.keyboard.press(keys);
    await expect(page.getByText('Kommt als Nächstes')).toBeVisible();
    await good(keys);
  }
});

/** What can only be reached by scrolling sideways, or not at all. Grids, tables and the calendar may be wider than the window. */
const tooWide = (): Promise<readonly string[]> =>
  bureau.page.evaluate(() => {
    const wide = '[role="grid"], table, [role="tablist"]';
    const told: string[] = [];
    const name = (element: Element): string => `${element.tagName.toLowerCase()} ${element.getAttribute('role') ?? ''} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
    if (document.documentElement.scrollWidth > window.innerWidth) told.push('the page scrolls sideways');
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility() || element.closest(wide) || element.querySelector(wide)) continue;
      const { overflowX } = getComputedStyle(element);
      if ((overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth + 1) told.push(`scrolls sideways: ${name(element)}`);
    }
    for (const element of document.querySelectorAll<HTMLElement>('button, input, select, textarea, a, h1')) {
      if (!element.checkVisibility() || element.closest(`${wide}, .unseen`)) continue;
      const { left, right, width } = element.getBoundingClientRect();
      if (width > 1 && (right > window.innerWidth + 1 || left < -1)) told.push(`out of sight: ${name(element)}`);
    }
    return told;
  });

test('at 200 % nothing but a grid is wider than the window', async () => {
  const { page } = bureau;
  const found: string[] = [];
  const look = async (what: string): Promise<void> => {
    await settled(page);
    found.push(...(await tooWide()).map((one) => `${what}: ${one}`));
  };
  await page.keyboard.press('Alt+1');
  await bureau.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(2));
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThan(700);
  await look('home');
  await page.keyboard.press('Alt+2');
  // The area list is folded away where it would leave no room for the work; Ctrl+B brings it back.
  if (!(await areas(page).isVisible())) await page.keyboard.press('Control+B');
  await rooms(look);
  await page.keyboard.press('Control+,');
  await rooms(look);
  await page.keyboard.press('Control+B');
  await page.keyboard.press('Control+K');
  await look('the palette');
  await page.keyboard.type('charlotte abbott');
  await expect(page.getByRole('option', { name: /Charlotte Abbott/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Telefon', exact: true })).toBeAttached();
  await look('a person');
  await page.keyboard.press('Control+N');
  await look('a new person');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+KeyI');
  await look('an import');
  await page.keyboard.press('Escape');
  await bureau.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(1));
  await resize(bureau.app, { width: 1280, height: 800 });
  expect(found).toEqual([]);
});
