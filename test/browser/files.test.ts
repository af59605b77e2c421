/** The built demo in a real browser, with files of one's own and with things that go wrong. */
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, launch, openDemo, optimise, serveDemo, waitIdle } from './demo-page.js';

const SIZE = { width: 800, height: 600 };
const HOSTILE = '<b id="evil">Bold & Co</b>';

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

function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join(',')).join('\n');
}

/** 60 accounts around Denver; row 3 has no latitude, row 5 an impossible one. */
function accountsCsv(withRep: boolean): string {
  const rows: string[][] = [['name', 'latitude', 'longitude', 'visits', ...(withRep ? ['rep'] : [])]];
  for (let a = 0; a < 60; a++) {
    const lat = a === 1 ? '' : a === 3 ? '95' : (39 + (a % 8) / 10).toFixed(3);
    const lng = (-105 + Math.floor(a / 8) / 10).toFixed(3);
    const name = a === 0 ? HOSTILE : `Account ${a}`;
    rows.push([name, lat, lng, String(1 + (a % 5)), ...(withRep ? [a % 2 === 0 ? HOSTILE : 'Bob'] : [])]);
  }
  return csvOf(rows);
}

async function open(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
}

describe('a CSV', () => {
  it('shows guessed columns and first rows, lists bad rows with their lines, and hides the views of today without reps', async () => {
    const { page, complaints } = await openDemo(browser, addressOf(server), SIZE);
    await waitIdle(page);
    await open(page, 'accounts.csv', accountsCsv(false));
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.locator('.preview tbody tr').count()).toBe(5);
    expect(await dialog.getByLabel('Latitude', { exact: true }).inputValue()).toBe('latitude');
    expect(await dialog.getByLabel('Longitude', { exact: true }).inputValue()).toBe('longitude');
    expect(await dialog.getByLabel('Rep today').inputValue()).toBe('');
    expect(await dialog.getByRole('checkbox', { name: 'visits' }).isChecked()).toBe(true);
    await dialog.getByRole('button', { name: 'Open accounts' }).click();

    const skipped = page.locator('.skipped');
    await skipped.waitFor();
    expect(await skipped.locator('li').allTextContents()).toEqual([
      expect.stringMatching(/^Line 3: latitude/),
      expect.stringMatching(/^Line 5: latitude “95”/),
    ]);
    expect(await page.getByRole('radio').count()).toBe(0);
    expect(await page.locator('.figures').textContent()).not.toContain('Overlap');

    await page.getByLabel('Territories', { exact: true }).fill('3');
    await page.keyboard.press('Tab');
    await optimise(page, 60_000);
    expect(await page.locator('.balance tbody tr').count()).toBe(3);
    expect(await page.locator('#evil').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('has views of today with a rep column, and names from the file stay text', async () => {
    const { page, complaints } = await openDemo(browser, addressOf(server), SIZE);
    await waitIdle(page);
    await open(page, 'with-reps.csv', accountsCsv(true));
    await page.getByRole('button', { name: 'Open accounts' }).click();
    const names = page.locator('.balance tbody th');
    await expect.poll(() => names.allTextContents()).toEqual([HOSTILE, 'Bob']);
    expect(await page.getByRole('radio', { name: 'Overlap today' }).isChecked()).toBe(true);
    expect(await page.locator('#evil').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('a problem document', () => {
  const document = {
    equiterra: 1,
    name: 'Grid',
    units: Array.from({ length: 16 }, (_, u) => ({
      id: `u${u}`,
      lat: 40 + Math.floor(u / 4) / 10,
      lng: 5 + (u % 4) / 10,
      activity: { calls: 1 },
    })),
    edges: Array.from({ length: 16 }, (_, u) => [
      ...(u % 4 < 3 ? [[u, u + 1]] : []),
      ...(u < 12 ? [[u, u + 4]] : []),
    ]).flat(),
    territories: 4,
    balance: { calls: { tolerance: 0 } },
  };

  it('opens gzipped, is solved, and a broken one leaves the page as it is', async () => {
    const { page, complaints } = await openDemo(browser, addressOf(server), SIZE);
    await waitIdle(page);
    await open(page, 'grid.json.gz', gzipSync(JSON.stringify(document)));
    await page.getByText('16 units, 4 territories.').waitFor();
    await optimise(page, 60_000);
    expect(await page.locator('.result h2').textContent()).toContain('Every rule is kept');

    const broken = { ...document, units: document.units.map((unit, u) => (u === 7 ? { ...unit, lat: 123 } : unit)) };
    await open(page, 'broken.json', JSON.stringify(broken));
    const failure = page.locator('.failure');
    await failure.waitFor();
    expect(await failure.textContent()).toContain('units[7].lat');
    await open(page, 'no.json', '{"equiterra": 1,');
    await expect.poll(() => failure.textContent()).toContain('no.json could not be opened');
    expect(await page.locator('.source').textContent()).toBe('Grid');
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('a page that lacks something', () => {
  it('works with its tables when there is no WebGL 2, and says so', async () => {
    const without = await launch('--disable-3d-apis');
    const { page, complaints } = await openDemo(without, addressOf(server), SIZE);
    await waitIdle(page);
    expect(await page.getByRole('alert').textContent()).toContain('no WebGL 2');
    expect(await page.locator('.balance tbody tr').count()).toBe(40);
    await open(page, 'accounts.csv', accountsCsv(true));
    await page.getByRole('button', { name: 'Open accounts' }).click();
    await expect.poll(() => page.locator('.balance tbody tr').count()).toBe(2);
    await optimise(page, 60_000);
    expect(await page.locator('.balance h2').textContent()).toBe('Balance of the new territories');
    expect(complaints).toEqual([]);
    await without.close();
  });

  it('says what to do when the worker cannot be loaded', async () => {
    const { page } = await openDemo(browser, addressOf(server), SIZE, (fresh) =>
      fresh.route(/worker-[^/]*\.js$/, (route) => route.abort()),
    );
    const failure = page.locator('.failure');
    await failure.waitFor();
    expect(await failure.textContent()).toContain('The optimiser could not be loaded');
    expect(await page.getByRole('button', { name: 'Optimise' }).isDisabled()).toBe(true);
    await page.close();
  });

  it('says what to do when the sample cannot be loaded', async () => {
    const { page } = await openDemo(browser, addressOf(server), SIZE, (fresh) =>
      fresh.route(/sample-[^/]*\.bin$/, (route) => route.abort()),
    );
    expect(await page.locator('.failure').textContent()).toContain('The sample could not be loaded');
    await open(page, 'accounts.csv', accountsCsv(true));
    await page.getByRole('button', { name: 'Open accounts' }).click();
    await expect.poll(() => page.locator('.balance tbody tr').count()).toBe(2);
    await page.close();
  });
});

describe('the keyboard', () => {
  it('reaches Optimise first and the form after it', async () => {
    const { page } = await openDemo(browser, addressOf(server), SIZE);
    await waitIdle(page);
    const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.tagName);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Optimise');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('INPUT');
    await page.close();
  });
});
