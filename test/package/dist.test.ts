/** The built package as Node and bundlers see it. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/version.js';

const ROOT = join(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');
const pkg = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Budget of what a page loads at once that calls `createOptimizer`; the worker comes later. */
const PAGE_BUDGET_BYTES = 10_000;

/** Runs code in plain Node, where `equiterra` is this package; gives what it printed. */
async function node(code: string): Promise<string> {
  const run = promisify(execFile);
  const args = ['--input-type=module', '--eval', code];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: ROOT, timeout: 50_000 });
  return stdout + stderr;
}

/** A file of the package with everything that it imports statically. */
function closure(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file)) return seen;
  const code = readFileSync(join(DIST, file), 'utf8');
  seen.set(file, code);
  for (const [, path] of code.matchAll(/^(?:import|export)\b[^'"]*?["'](\.[^"']+)["']/gm)) {
    closure(join(dirname(file), path!), seen);
  }
  return seen;
}

function importsOf(code: string): string[] {
  return [...code.matchAll(/^(?:import|export)\b[^'"]*?["']([^."'][^"']*)["']/gm)].map(([, name]) => name!);
}

describe('the main entry', () => {
  it('holds neither H3 nor the kernel nor an address of its own', () => {
    const files = closure('index.js');
    expect(files.size).toBeGreaterThan(1);
    for (const code of files.values()) {
      expect(code).not.toContain('import.meta');
      expect(importsOf(code).filter((name) => name !== 'comlink')).toEqual([]);
      expect(code).not.toContain(readFileSync(join(ROOT, 'build/kernel.wasm')).toString('base64').slice(0, 200));
    }
  });

  it('costs a page that optimises less than its budget', async () => {
    const bundle = await rolldown({
      input: 'page',
      platform: 'browser',
      plugins: [
        {
          name: 'page',
          resolveId: (id) => (id === 'page' ? '\0page' : null),
          load: (id) =>
            id === '\0page'
              ? `import { createOptimizer } from ${JSON.stringify(join(DIST, 'index.js'))}; globalThis.it = createOptimizer();`
              : null,
        },
      ],
    });
    const { output } = await bundle.generate({ format: 'esm', minify: true });
    await bundle.close();
    const { code } = output.find((chunk) => chunk.type === 'chunk' && chunk.isEntry) as { code: string };
    expect(code).toContain('UNSUPPORTED_ENVIRONMENT');
    expect(gzipSync(code).length).toBeLessThan(PAGE_BUDGET_BYTES);
  });

  it('imports in plain Node without a word, and its calls name equiterra/node', async () => {
    const printed = await node(`
      const before = Object.keys(globalThis).join();
      const { createOptimizer } = await import('equiterra');
      const optimizer = createOptimizer();
      const input = { accounts: [{ lat: 1, lng: 1 }], resolution: 5, territories: 1 };
      for (const call of [optimizer.ready(), optimizer.prepare(input), optimizer.optimize(input)]) {
        const error = await call.catch((reason) => reason);
        console.log(error.code, error.message.includes('equiterra/node'));
      }
      console.log(Object.keys(globalThis).join() === before);
    `);
    expect(printed).toBe('UNSUPPORTED_ENVIRONMENT true\n'.repeat(3).concat('true\n'));
  });

  it('has the version of the package', () => {
    expect(VERSION).toBe(pkg.version);
  });
});

describe('the workers', () => {
  it('are one file each, because a worker sees no import map', () => {
    expect(importsOf(readFileSync(join(DIST, 'worker.js'), 'utf8'))).toEqual([]);
    for (const name of importsOf(readFileSync(join(DIST, 'node-worker.js'), 'utf8'))) expect(name).toMatch(/^node:/);
  });
});

describe('the Node entry', () => {
  const SOLVE = `
    const accounts = Array.from({ length: 40 }, (_, a) => ({ lat: 40 + (a % 7) / 3, lng: -100 + (a % 5) / 3 }));
    const { evaluation } = await optimizer.optimize({ accounts, resolution: 5, territories: 2 }, { moveLimit: 1000 });
    console.log(evaluation.territories.length);
  `;

  it('solves, and its idle threads let the process end', async () => {
    const start = "import { createOptimizer } from 'equiterra/node'; const optimizer = createOptimizer();";
    expect(await node(start + SOLVE)).toBe('2\n');
    expect(await node(`${start}${SOLVE}await optimizer.dispose();`)).toBe('2\n');
  });

  it('has the names of the main entry, and the same error class', async () => {
    const printed = await node(`
      const [main, node, io] = await Promise.all(['equiterra', 'equiterra/node', 'equiterra/io'].map((id) => import(id)));
      console.log(Object.keys(main).sort().join() === Object.keys(node).sort().join());
      console.log(main.TerritoryError === node.TerritoryError);
      try { io.parseProblemDocument('') } catch (error) { console.log(error instanceof main.TerritoryError) }
    `);
    expect(printed).toBe('true\ntrue\ntrue\n');
  });
});

describe('every entry', () => {
  const entries = Object.entries<string | { types: string; default: string }>(pkg.exports);

  it.each(entries)('%s resolves to files that exist', (_, target) => {
    const files = typeof target === 'string' ? [target] : [target.types, target.default];
    for (const file of files) expect(readFileSync(join(ROOT, file), 'utf8')).not.toBe('');
  });

  it.each(['io', 'layers'])('%s imports in plain Node without a word', async (name) => {
    expect(await node(`await import(${JSON.stringify(pathToFileURL(join(DIST, `${name}.js`)).href)})`)).toBe('');
  });
});
