/** The packed tarball, installed into an empty Vite app whose page is the quick start. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { publint } from 'publint';
import type { PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBrowser } from '../../scripts/ensure-browser.mjs';
import { createOptimizer } from '../../src/node/index.js';

const ROOT = join(import.meta.dirname, '../..');
const QUICK_START = readFileSync(join(ROOT, 'docs/quick-start.ts'), 'utf8');
const run = promisify(execFile);

/** Pages of the app. Each logs once. */
const PAGES = {
  start: QUICK_START,
  stop: `
    import { createOptimizer } from 'equiterra';
    const accounts = Array.from({ length: 60 }, (_, a) => ({ lat: 40 + (a % 9) / 3, lng: -100 + (a % 11) / 3 }));
    const input = { accounts, resolution: 4, territories: 3 };
    const optimizer = createOptimizer({ workers: 2 });
    const endless = (onAbort) => {
      const controller = new AbortController();
      const onProgress = ({ best }) => best && controller.abort('changed my mind');
      return optimizer.optimize(input, { moveLimit: 2 ** 50, signal: controller.signal, onProgress, onAbort });
    };
    const { status } = await endless('return-best');
    const reason = await endless('reject').catch((error) => error);
    const { plan } = await optimizer.optimize(input, { moveLimit: 5_000 });
    console.log(status, reason, plan.assignment.join());
  `,
  broken: `
    import { createOptimizer } from 'equiterra';
    const failure = (options) => createOptimizer(options).ready().then(() => 'loaded', ({ code, message }) => ({ code, message }));
    const missing = await failure({ workerUrl: '/no-such-worker.js' });
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "worker-src 'self'";
    document.head.append(policy);
    console.log(missing, await failure());
  `,
};

const html = (body: string) => `<!doctype html><link rel="icon" href="data:,">${body}`;

const app = mkdtempSync(join(tmpdir(), 'equiterra-app-'));
let packed: { filename: string; files: { path: string }[] };

beforeAll(async () => {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', app], { cwd: ROOT });
  [packed] = JSON.parse(stdout);
  writeFileSync(join(app, 'package.json'), '{ "name": "app", "private": true, "type": "module" }');
  const install = ['install', `./${packed.filename}`, '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', install, { cwd: app });
}, 120_000);

afterAll(() => rmSync(app, { recursive: true, force: true }));

describe('the tarball', () => {
  it('holds the built package and no source', () => {
    const files = packed.files.map(({ path }) => path);
    for (const path of files)
      expect(path).toMatch(/^(dist\/.*\.(js|d\.ts)|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/);
    const entries = ['index', 'io', 'layers', 'node', 'worker', 'node-worker', 'inline-worker', 'cli/solve'];
    expect(files).toEqual(expect.arrayContaining(entries.map((name) => `dist/${name}.js`)));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'package.json']));
  });

  it('passes publint', async () => {
    const { messages } = await publint({ pkgDir: join(app, 'node_modules/equiterra'), pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  it('type-checks in an app that checks the declarations of its packages', async () => {
    writeFileSync(join(app, 'main.ts'), QUICK_START);
    const options = { target: 'es2022', module: 'esnext', moduleResolution: 'bundler', strict: true, noEmit: true };
    const compilerOptions = { ...options, lib: ['es2023', 'dom'], types: [], skipLibCheck: false };
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
    await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', app]);
  });
});

describe('the quick start', () => {
  it('has at most 10 lines, and stands in the README as it is', () => {
    expect(QUICK_START.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(QUICK_START.trimEnd());
  });
});

describe('a page that Vite built', () => {
  let server: PreviewServer;
  let browser: Browser;

  beforeAll(async () => {
    for (const [name, code] of Object.entries(PAGES)) {
      writeFileSync(join(app, `${name}.ts`), code);
      writeFileSync(join(app, `${name}.html`), html(`<script type="module" src="/${name}.ts"></script>`));
    }
    const { build, preview } = await import('vite');
    const input = Object.keys(PAGES).map((name) => join(app, `${name}.html`));
    await build({ root: app, configFile: false, logLevel: 'error', build: { rolldownOptions: { input } } });
    server = await preview({ root: app, configFile: false, logLevel: 'error', preview: { port: 0 } });
    browser = await chromium.launch({ executablePath: ensureBrowser() });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  /** What the page logs first, and the errors of its console until then. */
  async function visit(name: string): Promise<{ told: unknown[]; errors: string[] }> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    const log = page.waitForEvent('console', { predicate: (message) => message.type() === 'log', timeout: 90_000 });
    await page.goto(`${server.resolvedUrls!.local[0]}${name}.html`);
    const told = await Promise.all((await log).args().map((arg) => arg.jsonValue()));
    await page.close();
    return { told, errors };
  }

  it('gets a first plan from the quick start, with no console error', async () => {
    const { told, errors } = await visit('start');
    const [assignment, feasible] = told as [object, boolean];
    expect(Object.keys(assignment).length).toBeGreaterThan(100);
    expect(feasible).toBe(true);
    expect(errors).toEqual([]);
  }, 120_000);

  it('stops an endless search, and gets the plan that Node gets', async () => {
    const { told, errors } = await visit('stop');
    const accounts = Array.from({ length: 60 }, (_, a) => ({ lat: 40 + (a % 9) / 3, lng: -100 + (a % 11) / 3 }));
    const optimizer = createOptimizer({ workers: 1 });
    const { plan } = await optimizer.optimize({ accounts, resolution: 4, territories: 3 }, { moveLimit: 5_000 });
    await optimizer.dispose();
    expect(told).toEqual(['aborted', 'changed my mind', [...plan.assignment].join()]);
    expect(errors).toEqual([]);
  }, 120_000);

  it('is told what to do when its workers do not load', async () => {
    const { told } = await visit('broken');
    const [missing, blocked] = told as { code: string; message: string }[];
    expect(missing).toMatchObject({ code: 'WORKER_LOAD_FAILED' });
    expect(missing!.message).toContain('/no-such-worker.js');
    expect(blocked).toMatchObject({ code: 'WORKER_LOAD_FAILED' });
    expect(blocked!.message).toContain('workerUrl');
  }, 120_000);
});
