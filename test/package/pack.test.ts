/** The packed tarball, installed into an empty Vite app whose page is the quick start. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { publint } from 'publint';
import { preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBrowser } from '../../scripts/ensure-browser.mjs';

const ROOT = join(import.meta.dirname, '../..');
const QUICK_START = readFileSync(join(ROOT, 'docs/quick-start.ts'), 'utf8');
const run = promisify(execFile);
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

  it('gives a first plan on a page that Vite built, with no console error', async () => {
    writeFileSync(join(app, 'main.ts'), QUICK_START);
    writeFileSync(join(app, 'index.html'), '<!doctype html><script type="module" src="/main.ts"></script>');
    await run(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', app], { cwd: app });
    expect(existsSync(join(app, 'dist/index.html'))).toBe(true);
    const server = await preview({ root: app, configFile: false, logLevel: 'error', preview: { port: 0 } });
    const browser = await chromium.launch({ executablePath: ensureBrowser() });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      const told = page.waitForEvent('console', { predicate: (message) => message.type() === 'log', timeout: 60_000 });
      await page.goto(server.resolvedUrls!.local[0]!);
      const [assignment, feasible] = await Promise.all((await told).args().map((arg) => arg.jsonValue()));
      expect(Object.keys(assignment).length).toBeGreaterThan(100);
      expect(feasible).toBe(true);
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
    }
  }, 120_000);
});
