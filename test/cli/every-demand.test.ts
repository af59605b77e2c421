/**
 * One document with every demand at once: solved by the command, checked from the document alone (nothing of the
 * evaluation is used), and explained.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cellToParent, getResolution } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { createSession, explainInfeasibility } from '../../src/index.js';
import { parsePlanDocument, parseProblemDocument, planFromDocument } from '../../src/io/index.js';
import { createOptimizer } from '../../src/node/index.js';
import { prepareProblem } from '../../src/problem/prepare.js';

const FILE = join(import.meta.dirname, '../fixtures/every-demand.json');
const document = JSON.parse(readFileSync(FILE, 'utf8'));
const { accounts } = document;
const COUNT: number = accounts.id.length;
const every = Array.from({ length: COUNT }, (_, a) => a);
const sum = (of: readonly number[], value: (a: number) => number) => of.reduce((total, a) => total + value(a), 0);

const folder = mkdtempSync(join(tmpdir(), 'equiterra-every-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Demands that a document may make, by the keys of the format. */
const KEYS = [
  'adaptive',
  'barriers',
  'candidates',
  'capacity',
  'families',
  'forbid',
  'groups',
  'levels',
  'limits',
  'links',
  'matrix',
  'mix',
  'named',
  'pins',
  'require',
];

describe('a document with every demand', () => {
  let result: { feasible: boolean; levels: { feasible: boolean }[] };
  let assignment: Record<string, string>;
  let overlay: Record<string, string>;
  let levels: { name: string; assignment: Record<string, string> }[];
  let text: string;

  beforeAll(async () => {
    const out = join(folder, 'plan.json');
    let printed = '';
    const write = (line: string) => {
      printed += line;
    };
    const argv = [FILE, '--moves', '150000', '--starts', '2', '--bound', '0', '--levels', 'bottom-up', '--out', out];
    expect(await main(argv, { out: write, err: () => {} })).toBe(0);
    result = JSON.parse(printed.trim().split('\n').at(-1)!);
    text = readFileSync(out, 'utf8');
    ({ assignment, accounts: overlay, levels } = JSON.parse(text));
  }, 60_000);

  /** Finest cells hold their accounts by index; a unit is one of their ancestors. */
  const problem = prepareProblem(parseProblemDocument(JSON.stringify(document)));
  const unitOf = (a: number) => problem.ids[problem.accountUnit![a]!]!;
  const server = (a: number) => overlay[accounts.id[a]] ?? assignment[unitOf(a)]!;
  const indexOf = (id: string) => accounts.id.indexOf(id);
  const hours = (a: number) => accounts.activity.hours[a];
  const served = (id: string) => every.filter((a) => server(a) === id);
  const family = (name: string) => every.filter((a) => accounts.family[a] === name);

  it('makes them all', () => {
    expect(KEYS.filter((key) => document[key] === undefined)).toEqual([]);
    const of = (key: string) => document.territories.some((territory: object) => key in territory);
    expect(
      ['center', 'locked', 'capacity', 'ramp', 'productivity', 'shares', 'contiguity'].filter((key) => !of(key)),
    ).toEqual([]);
    expect(Object.values(document.objective).filter((weight) => weight === 0)).toEqual([]);
  });

  it('has a plan that meets them', () => {
    expect(result.feasible).toBe(true);
    expect(result.levels.map(({ feasible }) => feasible)).toEqual([true]);
  });

  it('splits its heavy cells, and no account lies elsewhere than in its unit', () => {
    expect(new Set(problem.ids.map((id) => getResolution(id))).size).toBeGreaterThan(1);
    const units = new Set(problem.ids);
    for (const id of units) {
      for (let r = 4; r < getResolution(id); r++) expect(units.has(cellToParent(id, r))).toBe(false);
    }
  });

  it('holds pins, locks, rules of service, groups and families', () => {
    expect(assignment[document.pins[0].unit]).toBe('Cleo');
    expect(server(indexOf(document.pins[1].account))).toBe('Ann');
    // whose hours are mostly with Dan today stay, and nothing comes
    problem.ids.forEach((id, u) => {
      const today = problem.todayIds[problem.today![u]!];
      if (today === 'Dan' || assignment[id] === 'Dan') expect([id, assignment[id]]).toEqual([id, today]);
    });
    for (const id of document.forbid[0].accounts) expect(server(indexOf(id))).not.toBe('Eve');
    for (const unit of document.require[0].units) expect(['Cleo', 'Eve']).toContain(assignment[unit]);
    expect(new Set(document.groups[0].accounts.map((id: string) => assignment[unitOf(indexOf(id))])).size).toBe(1);
    expect(new Set(family('globex').map((a) => assignment[unitOf(a)])).size).toBe(1);
    expect(family('acme').length).toBeGreaterThan(2);
    expect(new Set(family('acme').map(server)).size).toBe(1);
    expect(server(indexOf(document.named[0].account))).toBe('Cleo');
  });

  it('keeps capacities, and the mix of classes', () => {
    const classes: string[] = [...new Set<string>(accounts.class)];
    for (const { id, capacity, ramp = 1, productivity = 1 } of document.territories) {
      expect(sum(served(id), hours)).toBeLessThanOrEqual(capacity.hours * ramp * productivity + 1e-9);
      const invest = served(id).filter((a) => accounts.class[a] === 'invest');
      expect(invest.length).toBeLessThanOrEqual(document.capacity[0].max);
    }
    const strength = document.territories.map(({ ramp = 1, productivity = 1 }) => ramp * productivity);
    const whole = strength.reduce((total: number, own: number) => total + own, 0);
    for (const name of classes) {
      const all = every.filter((a) => accounts.class[a] === name).length;
      document.territories.forEach(({ id }: { id: string }, t: number) => {
        const own = served(id).filter((a) => accounts.class[a] === name).length;
        expect(Math.abs(own / ((all * strength[t]) / whole) - 1)).toBeLessThanOrEqual(document.mix.tolerance + 1e-9);
      });
    }
  });

  it('moves no more than its limits allow', () => {
    const moved = every.filter((a) => server(a) !== accounts.territory[a]);
    const { limits } = document;
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.length).toBeLessThanOrEqual(limits.accounts.share * COUNT);
    expect(sum(moved, hours)).toBeLessThanOrEqual(limits.activity.hours.share * sum(every, hours) + 1e-9);
    expect(sum(moved, (a) => accounts.months[a])).toBeLessThanOrEqual(limits.months.max);
    const risk = limits.value.lossRate * sum(moved, (a) => accounts.activity.revenue[a]);
    expect(risk).toBeLessThanOrEqual(limits.value.max + 1e-9);
  });

  it('nests its levels', () => {
    const [region] = levels;
    expect(region!.name).toBe('region');
    for (const { id, territories } of document.levels[0].groups) {
      for (const territory of territories) expect(region!.assignment[territory]).toBe(id);
    }
  });

  it('is opened and explained by a session', () => {
    const session = createSession(problem, planFromDocument(parsePlanDocument(text), problem));
    expect(session.evaluation.feasible).toBe(true);
    const { alternatives } = session.explain(document.pins[0].unit);
    const reasons = alternatives.map(({ reasons: all }) => all.map(({ kind }) => kind));
    expect(reasons.length).toBe(4);
    for (const kinds of reasons) expect(kinds.some((kind) => kind === 'pinned' || kind === 'locked')).toBe(true);
  });

  it('says what conflicts once a demand is too much', async () => {
    const optimizer = createOptimizer({ workers: 2 });
    const input = parseProblemDocument(JSON.stringify({ ...document, capacity: [{ class: 'invest', max: 5 }] }));
    const { feasible, conflicts } = await explainInfeasibility(optimizer, input, { starts: 1, moveLimit: 30_000 });
    await optimizer.dispose();
    expect(feasible).toBe(false);
    // whoever is not locked holds all but four of the class
    expect(conflicts[0]).toMatchObject({ kind: 'service', proven: true, territories: ['Ann', 'Ben', 'Cleo', 'Eve'] });
    expect(conflicts[0]!.demands).toContain('capacity');
    expect(conflicts[0]!.message).toContain('weigh 26 invest:accounts, 144 % of the upper bounds of');
  });
});
