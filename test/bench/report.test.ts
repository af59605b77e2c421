import { describe, expect, it } from 'vitest';
import { readArguments } from '../../bench/arguments.mjs';
import { BARS, reaches } from '../../bench/bars.mjs';
import { GROUPS } from '../../bench/groups/all.mjs';
import { judgeBars, writeMarkdown } from '../../bench/report.mjs';
import { fitExponent, median } from '../../bench/statistics.mjs';
import { costAt, createTrace, timeToTarget } from '../../bench/trace.mjs';

const ORIGIN = { commit: 'abc', machine: 'm', node: 'v20', command: 'npm run bench', seeds: 3, quick: false };

/** A run as the task `solve` tells it. */
function run(seconds: number, gap: number, feasible = true) {
  const measures = [{ name: 'load', heaviest: 0.01, lightest: -0.01, beyond: feasible ? 0 : 0.1 }];
  return {
    seconds,
    timeLimitMs: 1000 * seconds,
    wallMs: 1000 * seconds + 5,
    planMs: 1000 * seconds + 4,
    boundMs: null,
    rssMB: 100,
    feasible,
    cost: 100 * (1 + gap),
    violation: feasible ? 0 : 0.1,
    scored: { value: 100 * (1 + gap), gap },
    measured: { inertia: 100, cut: 7, pieces: 0, beyond: 0, measures },
    bound: null,
    boundKind: null,
    trace: [[10, 0, 100]],
  };
}

function instance(name: string, seconds: number[], runs: ReturnType<typeof run>[]) {
  const rest = { units: 9, territories: 2, bestKnown: 100, published: null, publishedBound: null, scale: 1 };
  return { name, seconds, runs, prepareMs: 3, checked: null, peakRssMB: 120, error: null, ...rest };
}

function report(groups: Record<string, { data?: object; error?: string }>) {
  const entries = Object.entries(groups).map(([name, entry]) => [name, { name, seconds: 1, ...ORIGIN, ...entry }]);
  return { format: 1, package: '0.0.0', ...ORIGIN, groups: Object.fromEntries(entries) };
}

function barOf(groups: Record<string, { data?: object; error?: string }>, name: RegExp) {
  return judgeBars(GROUPS, report(groups).groups).filter((row) => name.test(row.name));
}

describe('a bar', () => {
  it('is reached on the right side of its limit', () => {
    expect(reaches({ compare: 'at-most', limit: 1 }, { value: 1 })).toBe(true);
    expect(reaches({ compare: 'at-most', limit: 1 }, { value: Infinity })).toBe(false);
    expect(reaches({ compare: 'below', limit: 0 }, { value: 0 })).toBe(false);
    expect(reaches({ compare: 'at-least', limit: 0.998 }, { value: 0.999 })).toBe(true);
    expect(reaches({ compare: 'own', limit: null }, { value: 2, limit: 3 })).toBe(true);
    expect(reaches({ compare: 'all', limit: null }, { value: 6, of: 7 })).toBe(false);
    expect(reaches({ compare: 'at-most', limit: 1 }, { value: null })).toBeNull();
    expect(reaches({ compare: 'at-most', limit: 1 }, undefined)).toBeNull();
  });

  it('belongs to a group that can be measured', () => {
    const names = GROUPS.map((group) => group.name);
    for (const bar of BARS) expect(names).toContain(bar.group);
    expect(new Set(BARS.map((bar) => `${bar.group} ${bar.id}`)).size).toBe(BARS.length);
  });

  it('takes the median of the seeds, an infeasible run as infinitely bad', () => {
    const one = instance('moi-county-AA', [3], [run(3, 0.001), run(3, 0), run(3, 0.5, false)]);
    const two = instance('moi-county-BB', [3], [run(3, 0.009), run(3, 0.009), run(3, 0)]);
    const rows = barOf({ 'moi-county': { data: { instances: [one, two] } } }, /^moi-county/);
    expect(rows.map((row) => row.measured)).toEqual(['0.500 %', '0.900 %', '2']);
    expect(rows.map((row) => row.reached)).toEqual([false, true, true]);
    const lost = instance('moi-county-CC', [3], [run(3, 0, false), run(3, 0.5, false), run(3, 0)]);
    const worse = barOf({ 'moi-county': { data: { instances: [one, lost] } } }, /^moi-county/);
    expect(worse.map((row) => row.measured)).toEqual(['infeasible', 'infeasible', '1']);
    expect(worse.map((row) => row.reached)).toEqual([false, false, false]);
  });

  it('is not reached by plans that come late', () => {
    const late = { ...run(2, 0), planMs: 3000 };
    const data = { instances: [instance('colorado-res6-k10', [2], [late, late, run(2, 0)])] };
    const rows = barOf({ h3: { data } }, /^colorado-res6, k 10, 2 s/);
    expect(rows).toMatchObject([{ measured: '1.000e2', reached: false, note: 'late: took 3.00 s' }]);
    const county = { data: { instances: [instance('moi-county-AA', [3], [{ ...run(3, 0), planMs: 9000 }])] } };
    expect(barOf({ 'moi-county': county }, /^moi-county/).map((row) => row.reached)).toEqual([false, false, false]);
  });

  it('counts an instance without runs as not solved', () => {
    const crashed = { ...instance('cut-county-AA', [5], []), error: 'ended with code 1' };
    const solved = instance('cut-county-BB', [5], [run(5, 0)]);
    const rows = barOf({ 'cut-county': { data: { instances: [crashed, solved] } } }, /^cut-county/);
    expect(rows[0]).toMatchObject({ bar: 'all 2', measured: '1', reached: false });
  });

  it('measures grids by their size and memory by its peak', () => {
    const grids = [
      instance('grid-moi-8x8', [10], [run(10, 0.002)]),
      instance('grid-moi-10x10', [10], [run(10, 0.002)]),
    ];
    expect(barOf({ grid: { data: { instances: grids } } }, /^grid/).map((row) => row.reached)).toEqual([false, true]);
    const data = { instances: [instance('us-res7-k1000', [10, 30], [run(10, 0), run(30, 0)])] };
    expect(barOf({ h3: { data } }, /memory/)).toMatchObject([{ measured: '120 MB', reached: true }]);
  });

  it('knows the growth from three sizes', () => {
    const data = {
      instances: [1e4, 1e5, 1e6].map((units, i) => ({
        name: `us-res${5 + i}-k200`,
        firstCall: { units, territories: 200, ms: 1, feasible: true },
        runs: [{ seed: 1, ms: units / 1000, feasible: true, inertia: 1, cut: 1 }],
        metisMs: 1000,
        error: null,
      })),
    };
    const groups = { 'first-plan': { data: { ...data, advice: null } } };
    expect(barOf(groups, /exponent/)).toMatchObject([{ measured: '1.000', reached: true }]);
    expect(barOf(groups, /us-res5-k200/)).toMatchObject([{ bar: '≤ 2.00 s', measured: '0.01 s', reached: true }]);
  });
});

describe('the report', () => {
  it('writes every group that was run, and says which failed', () => {
    const data = { instances: [instance('gp-a-k4', [10, 30], [run(10, 0.1), run(30, 0.02)])] };
    const text = writeMarkdown(GROUPS, report({ gp: { data }, ingest: { error: 'no disk' } }));
    expect(text).toContain('| gp, 30 s: worst gap to KaFFPa strong | ≤ 3.000 % | 2.000 % | yes |');
    expect(text).toContain('This group failed: no disk');
    expect(text).toContain('not run');
    expect(text).not.toContain('undefined');
    expect(text).not.toContain('NaN');
  });

  it('tells the origin of a part that was measured elsewhere', () => {
    const whole = report({ gp: { data: { instances: [] } } });
    expect(writeMarkdown(GROUPS, { ...whole, commit: 'def' })).toContain('measured in 1.00 s; commit abc.');
  });

  it('writes the details of groups that measured nothing', () => {
    for (const group of GROUPS) {
      const data = { instances: [], modes: [], rounds: [], advice: null };
      const text = writeMarkdown(GROUPS, report({ [group.name]: { data: { ...data, advice: [] } } }));
      expect(text).toContain(group.title);
    }
  });
});

describe('the statistics', () => {
  it('finds middles and exponents', () => {
    expect(median([])).toBeNull();
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([1, Infinity, Infinity])).toBe(Infinity);
    expect(fitExponent([1, 2, 4].map((x) => [x, 5 * x ** 1.5]))).toBeCloseTo(1.5, 12);
    expect(fitExponent([[1, 2]])).toBeNull();
  });

  it('reads costs and times off a trace', () => {
    const trace = createTrace();
    for (let i = 0; i < 500; i++) {
      const best = i < 5 ? null : { violation: i < 100 ? 1 : 0, cost: 1000 - i };
      trace.add({ elapsedMs: 10 * i, best });
    }
    const points = trace.points();
    expect(points.length).toBeLessThan(80);
    expect(points.at(-1)).toEqual([4990, 0, 501]);
    expect(points.find((point: number[]) => point[1] === 0)).toEqual([1000, 0, 900]);
    expect(costAt(points, 999)).toBeNull();
    expect(costAt(points, 1000)).toBe(900);
    expect(timeToTarget(points, 501)).toBe(4990);
    expect(timeToTarget(points, 500)).toBeNull();
  });
});

describe('the options', () => {
  it('default to three seeds, and to one in a rehearsal', () => {
    expect(readArguments([])).toMatchObject({ seeds: [1, 2, 3], timeScale: 1, only: null, instances: null });
    expect(readArguments(['--quick', '--only', 'h3,gp'])).toMatchObject({ seeds: [1], only: ['h3', 'gp'] });
    expect(() => readArguments(['--seeds', '0'])).toThrow('--seeds');
    expect(() => readArguments(['--fast'])).toThrow();
  });
});
