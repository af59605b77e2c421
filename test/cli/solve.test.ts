/** Runs the built command as a process of its own, the way `npm run solve` does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parsePlanDocument, parseProblemDocument, planFromDocument } from '../../src/io/index.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { prepareProblem } from '../../src/problem/prepare.js';

const COMMAND = join(import.meta.dirname, '../../dist/cli/solve.js');
const folder = mkdtempSync(join(tmpdir(), 'equiterra-solve-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(argv: readonly string[], watch: (child: ChildProcess, err: string) => void = () => {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      err += data;
      watch(child, err);
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

function lastLine(out: string): Record<string, unknown> {
  expect(out.endsWith('}\n')).toBe(true);
  return JSON.parse(out.trimEnd().split('\n').at(-1)!);
}

/** A square grid with a load on every unit and a second measure that nobody balances. */
function gridDocument(side: number, extra: object = {}): string {
  const at = (x: number, y: number): number => y * side + x;
  const units = Array.from({ length: side * side }, (_, u) => ({
    id: `u${u}`,
    x: u % side,
    y: Math.floor(u / side),
    activity: { load: 1, other: u },
  }));
  const edges = units.flatMap(({ x, y }) => [
    ...(x + 1 < side ? [[at(x, y), at(x + 1, y)]] : []),
    ...(y + 1 < side ? [[at(x, y), at(x, y + 1)]] : []),
  ]);
  const balance = { load: { tolerance: 0.1 } };
  return JSON.stringify({ equiterra: 1, name: 'grid', units, edges, territories: 4, balance, ...extra });
}

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('npm run solve', () => {
  it('prints the result and writes a plan that evaluates to it', async () => {
    const text = gridDocument(8);
    const out = join(folder, 'grid.plan.json');
    const ended = await run([
      write('grid.json', text),
      '--moves',
      '20000',
      '--seed',
      '7',
      '--workers',
      '2',
      '--out',
      out,
    ]);
    expect(ended.code).toBe(0);
    const result = lastLine(ended.out);
    expect(Object.keys(result)).toEqual([
      'name',
      'units',
      'territories',
      'feasible',
      'maxDeviation',
      'extraComponents',
      'cost',
      'cutEdges',
      'borderKm',
      'bound',
      'gap',
      'boundKind',
      'seconds',
      'moves',
      'seed',
      'status',
    ]);

    const problem = prepareProblem(parseProblemDocument(text));
    const document = parsePlanDocument(readFileSync(out, 'utf8'));
    expect(document).toMatchObject({ problem: 'grid', seed: 7 });
    const evaluation = evaluate(problem, planFromDocument(document, problem));
    expect(evaluation.feasible).toBe(true);
    expect(result).toMatchObject({
      name: 'grid',
      units: 64,
      territories: 4,
      feasible: true,
      maxDeviation: { load: evaluation.balance.find(({ measure }) => measure === 'load')!.maxDeviation },
      extraComponents: 0,
      cost: evaluation.cost,
      cutEdges: evaluation.cutEdges,
      seed: 7,
      status: 'move-limit',
    });
    expect(Object.keys(result.maxDeviation as object)).toEqual(['load']);
    expect(result.moves).toBeGreaterThan(0);
    expect(result.seconds).toBeGreaterThan(0);
  });

  it('gives the same plan for the same seed, gzipped or not, with any number of workers', async () => {
    const text = gridDocument(7);
    const plans: string[] = [];
    for (const [name, content, workers] of [
      ['a.json', text, '1'],
      ['a.json.gz', gzipSync(text), '2'],
    ] as const) {
      const out = join(folder, `${name}.plan`);
      const ended = await run([
        write(name, content),
        '--moves',
        '5000',
        '--starts',
        '3',
        '--workers',
        workers,
        '--out',
        out,
      ]);
      expect(ended.code).toBe(0);
      plans.push(readFileSync(out, 'utf8'));
    }
    expect(plans[0]).toBe(plans[1]);
  });

  it('ends at the time limit', async () => {
    const ended = await run([write('timed.json', gridDocument(8)), '--seconds', '0.3']);
    expect(ended.code).toBe(0);
    expect(lastLine(ended.out)).toMatchObject({ status: 'time-limit', units: 64 });
  });

  it('exits 0 with a plan that cannot be feasible, and says why', async () => {
    const text = gridDocument(4, { balance: { load: { upper: 3 } } });
    const ended = await run([write('tight.json', text), '--moves', '2000']);
    expect(ended.code).toBe(0);
    expect(lastLine(ended.out)).toMatchObject({ feasible: false });
    expect(ended.err).toContain('load');
  });

  it('keeps the best plan when it is interrupted', async () => {
    const out = join(folder, 'stopped.plan.json');
    let interrupted = false;
    const ended = await run([write('long.json', gridDocument(12)), '--seconds', '600', '--out', out], (child, err) => {
      if (interrupted || !/violation/.test(err)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    expect(ended.code).toBe(0);
    expect(lastLine(ended.out)).toMatchObject({ status: 'aborted' });
    expect(Object.keys(parsePlanDocument(readFileSync(out, 'utf8')).assignment)).toHaveLength(144);
  });

  it('exits 1 and names the path of a bad value', async () => {
    const text = gridDocument(3).replace('"load":1', '"load":-1');
    const ended = await run([write('bad.json', text)]);
    expect([ended.code, ended.out]).toEqual([1, '']);
    expect(ended.err).toContain('units[0].activity.load');
  });

  it('exits 2 for bad arguments', async () => {
    const ended = await run(['a.json', '--moves', 'many']);
    expect([ended.code, ended.out]).toEqual([2, '']);
  });
});
