import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Looking at the window: pictures for the handbook, and what axe says. */

// The checkout may be read-only for who runs Electron: pictures go where the runner says, docs/screenshots unless told.
const pictures = process.env['BUREAU_PICTURES'] ?? join(process.cwd(), 'docs', 'screenshots');

/** Takes the picture `name`.png. Skeletons and motion have ended; the pointer is out of the way. */
export async function picture(page: Page, name: string): Promise<void> {
  await settled(page);
  await page.mouse.move(0, 0);
  try {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  } catch (error) {
    // A test must not depend on who may write the handbook.
    console.warn(`picture ${name} not saved: ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
  }
}

/** Waits until nothing is loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], [role="progressbar"]:not([aria-valuenow])') === null, undefined, { timeout: 15_000 }).catch(() => undefined);
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
}

/** axe finds nothing on this screen. Focus sentinels of the parts library are not content. */
export async function accessible(page: Page, what: string): Promise<void> {
  await settled(page);
  const found = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').setLegacyMode(true).analyze();
  const told = found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
  expect(told, `axe on ${what}`).toEqual([]);
}
