/** The built demo in a real browser, on its sample. Screenshots go to test/screenshots. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countColors } from './count-colors.js';
import { addressOf, launch, openDemo, optimise, PATIENCE_MS, serveDemo, waitIdle } from './demo-page.js';

const ACCOUNTS = 16_283;
const TERRITORIES = 40;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

let server: PreviewServer;
let browser: Browser;

beforeAll(async () => {
  server = await serveDemo();
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** The page is drawn after its layers are set; a map without its cells has a handful of colours. */
async function drawn(page: Page, colors: number): Promise<void> {
  const map = page.getByRole('region', { name: 'Map' });
  await expect
    .poll(async () => countColors(await map.screenshot({ timeout: PATIENCE_MS })), {
      timeout: PATIENCE_MS,
      interval: 1000,
    })
    .toBeGreaterThan(colors);
}

async function screenshot(page: Page, name: string): Promise<void> {
  const path = new URL(`../screenshots/${name}.png`, import.meta.url).pathname;
  await page.screenshot({ path, timeout: PATIENCE_MS });
}

async function download(page: Page, button: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return readFile(await file.path(), 'utf8');
}

/** Stops as soon as there is a first plan: from outside of the page a click can come after the search has ended. */
async function stopEarly(page: Page): Promise<void> {
  await page.evaluate(() => {
    const find = (text: string) => [...document.querySelectorAll('button')].find((each) => each.textContent === text);
    new MutationObserver((_, observer) => {
      const stop = find('Stop and keep the best');
      if (!stop || !/all rules kept|not yet within tolerance/.test(document.body.textContent!)) return;
      observer.disconnect();
      stop.click();
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
    find('Optimise')!.click();
  });
  await page.locator('.result').waitFor();
}

describe.each(SIZES)('the sample at $width × $height', (size) => {
  it('opens on today, finds new territories and gives them away, with a clean console and no foreign request', async () => {
    const { page, complaints, foreign } = await openDemo(browser, addressOf(server), size);
    await waitIdle(page);
    await expect.poll(() => page.getByRole('radio', { name: 'Overlap today' }).isChecked()).toBe(true);
    expect(await page.locator('.figures').textContent()).toContain('16,283');
    expect(await page.locator('.balance tbody tr').count()).toBe(TERRITORIES);
    for (const credit of ['Places © GeoNames, CC BY 4.0, modified', 'Outlines: US Census via us-atlas']) {
      expect(await page.locator('footer').textContent()).toContain(credit);
    }
    expect(await page.locator('.provenance').textContent()).toMatch(/Real.*population.*Made.*class.*hours.*rep/s);
    await drawn(page, 100);
    await screenshot(page, `before-${size.width}`);

    const stops = size.width < 1000;
    if (stops) await stopEarly(page);
    else await optimise(page, 150_000);
    const words = (await page.locator('.result').textContent())!;
    const violations = await page.locator('.violations li').count();
    expect(words).toContain(stops ? 'Stopped after' : 'all contiguous');
    expect(/Every rule is kept/.test(words)).toBe(violations === 0);
    expect(await page.getByRole('radio', { name: 'New territories' }).isChecked()).toBe(true);
    expect(await page.locator('.figures').textContent()).toMatch(/[23]\d\.\d %.*→0\.0 %/);
    await drawn(page, 100);
    await screenshot(page, `after-${size.width}`);

    const moves = (await download(page, 'Download CSV')).trimEnd().split('\r\n');
    expect(moves[0]).toBe('account,from,to');
    expect(moves).toHaveLength(ACCOUNTS + 1);
    const plan = JSON.parse(await download(page, 'Download plan'));
    expect(plan).toMatchObject({ equiterra: 1, plan: true, problem: 'US places' });
    expect(new Set(Object.values(plan.assignment)).size).toBe(TERRITORIES);
    expect(Array.isArray(plan.links)).toBe(true);

    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await page.close();
  });
});

describe('the map', () => {
  it('tells in plain text what lies under the pointer, and shows the other views of today', async () => {
    const { page, complaints } = await openDemo(browser, addressOf(server), { width: 900, height: 700 });
    await waitIdle(page);
    for (const view of ['Balance today', 'Reps today']) {
      await page.getByRole('radio', { name: view }).check({ force: true });
      await drawn(page, 100);
    }
    const box = (await page.locator('.map-canvas').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const tooltip = page.locator('.tooltip');
    await tooltip.waitFor();
    expect(await tooltip.textContent()).toMatch(
      /\d+ accounts? · [\d.,]+ hours · [\d.,]+ potential.*Cell 85[0-9a-f]{13}/,
    );
    expect(complaints).toEqual([]);
    await page.close();
  });
});
