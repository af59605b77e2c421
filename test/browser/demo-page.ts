import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type PreviewServer, preview } from 'vite';
import { ensureBrowser } from '../../scripts/ensure-browser.mjs';

/** Drawing without a GPU takes seconds, and the machine may be busy. */
export const PATIENCE_MS = 120_000;

/** Serves the built demo as `npm run demo` does. */
export async function serveDemo(): Promise<PreviewServer> {
  if (!existsSync(new URL('../../demo/dist/index.html', import.meta.url))) {
    throw new Error('The demo is not built: npm test builds it first');
  }
  return preview({ preview: { host: 'localhost', port: 0 }, logLevel: 'silent' });
}

export function addressOf(server: PreviewServer): string {
  return server.resolvedUrls!.local[0]!;
}

export function launch(...args: string[]): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), args });
}

export interface DemoPage {
  readonly page: Page;
  /** Errors, warnings and policy violations that the page itself caused. */
  readonly complaints: string[];
  /** Addresses asked for outside the page's origin. */
  readonly foreign: string[];
}

/** Told by the graphics driver of a machine without a GPU, not by the page. */
const DRIVER_NOTE = /GL Driver Message|GPU stall|SwiftShader|software WebGL/i;

/** A new page on the demo; `before` may set up routes. */
export async function openDemo(
  browser: Browser,
  address: string,
  size: { width: number; height: number },
  before: (page: Page) => Promise<unknown> = async () => {},
): Promise<DemoPage> {
  const page = await browser.newPage({ viewport: size, reducedMotion: 'reduce' });
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    const told = message.type() === 'error' || message.type() === 'warning';
    if (told && !DRIVER_NOTE.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && new URL(url).origin !== new URL(address).origin) foreign.push(url);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective}`));
  });
  await before(page);
  await page.goto(address);
  return { page, complaints, foreign };
}

/** Waits until nothing is loading, preparing or searching. */
export async function waitIdle(page: Page): Promise<void> {
  await page.getByText(/^[\d,]+ (cells|units)\b.* territories\.$/).waitFor();
}

/** Presses Optimise and waits for a plan; after `patienceMs` it asks for the best one so far. */
export async function optimise(page: Page, patienceMs: number): Promise<void> {
  await page.getByRole('button', { name: 'Optimise' }).click();
  const result = page.locator('.result');
  try {
    await result.waitFor({ timeout: patienceMs });
  } catch {
    await page.getByRole('button', { name: 'Stop and keep the best' }).click();
    await result.waitFor();
  }
}
