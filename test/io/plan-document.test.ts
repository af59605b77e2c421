import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isPlanDocument,
  levelsFromDocument,
  parsePlanDocument,
  planFromDocument,
  planToDocument,
  stringifyDocument,
} from '../../src/io/index.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Problem } from '../../src/types.js';

function pathProblem(ids: readonly string[], territories: readonly string[]): Problem {
  return prepareProblem({
    name: 'path',
    units: ids.map((id, u) => ({ id, x: u, y: 0, activity: { load: 1 } })),
    edges: ids.slice(1).map((_, u) => [u, u + 1] as const),
    territories: territories.map((id) => ({ id })),
  });
}

const problem = pathProblem(['a', 'b', 'c'], ['T1', 'T2']);
const good = { equiterra: 1, plan: true, problem: 'path', seed: 1, assignment: { a: 'T1', b: 'T1', c: 'T2' } };

describe('plan documents', () => {
  it('hold the plan in the published shape', () => {
    const document = planToDocument(problem, createPlan(problem, [0, 0, 1], 1));
    expect(JSON.parse(stringifyDocument(document))).toEqual(good);
    expect(isPlanDocument(document)).toBe(true);
  });

  it('list automatic links only where there are any', () => {
    const islands = prepareProblem({
      units: ['a', 'b'].map((id, u) => ({ id, x: u, y: 0, activity: { load: 1 } })),
      edges: [],
      territories: 1,
    });
    const document = planToDocument(islands, createPlan(islands, [0, 0]));
    expect(document.links).toEqual([['a', 'b']]);
    expect(document.seed).toBeNull();
    expect(parsePlanDocument(stringifyDocument(document))).toEqual(document);
    expect('links' in planToDocument(problem, createPlan(problem, [0, 0, 1]))).toBe(false);
  });

  it('hold the levels above the territories, and give them back', () => {
    const levels = [
      { name: 'nation', groups: ['all'], of: Int32Array.of(0, 0) },
      { name: 'region', groups: ['north', 'south'], of: Int32Array.of(0, 1) },
    ];
    const document = planToDocument(problem, createPlan(problem, [0, 0, 1]), levels);
    expect(document.levels).toEqual([
      { name: 'nation', assignment: { T1: 'all', T2: 'all' } },
      { name: 'region', assignment: { T1: 'north', T2: 'south' } },
    ]);
    const read = parsePlanDocument(stringifyDocument(document));
    expect(read).toEqual(document);
    expect(levelsFromDocument(read, problem)).toEqual(levels);
    expect(levelsFromDocument(parsePlanDocument(JSON.stringify(good)), problem)).toEqual([]);
  });

  it.each([
    ['levels[0].assignment.T2', { T1: 'north' }],
    ['levels[0].assignment.T3', { T1: 'north', T2: 'north', T3: 'south' }],
  ])('have levels of the problem’s own territories only: %s', (path, assignment) => {
    const document = parsePlanDocument(JSON.stringify({ ...good, levels: [{ name: 'region', assignment }] }));
    expect(() => levelsFromDocument(document, problem)).toThrow(
      expect.objectContaining({ code: 'PLAN_MISMATCH', details: expect.objectContaining({ path }) }),
    );
  });

  it('come back from their text as the same plan, whatever the ids', () => {
    const id = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', '7', '<b>', 'toString'),
      fc.string({ minLength: 1 }),
    );
    const ids = fc.uniqueArray(id, { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(
        ids,
        fc.uniqueArray(id, { minLength: 2, maxLength: 2 }),
        fc.infiniteStream(fc.integer({ min: -1, max: 1 })),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (units, territories, choice, seed) => {
          const own = pathProblem(units, territories);
          const plan = createPlan(own, [...choice.take(units.length)], seed);
          expect(planFromDocument(parsePlanDocument(stringifyDocument(planToDocument(own, plan))), own)).toEqual(plan);
        },
      ),
    );
  });

  it.each([
    ['document', []],
    ['equiterra', { ...good, equiterra: undefined }],
    ['equiterra', { ...good, equiterra: 2 }],
    ['plan', { ...good, plan: undefined }],
    ['plan', { ...good, plan: 1 }],
    ['problem', { ...good, problem: 3 }],
    ['seed', { ...good, seed: -1 }],
    ['seed', { ...good, seed: 1.5 }],
    ['seed', { ...good, seed: 2 ** 32 }],
    ['seed', { ...good, seed: '1' }],
    ['assignment', { ...good, assignment: undefined }],
    ['assignment', { ...good, assignment: ['T1'] }],
    ['assignment.b', { ...good, assignment: { a: 'T1', b: 1 } }],
    ['links', { ...good, links: {} }],
    ['links[1]', { ...good, links: [['a', 'b'], ['a']] }],
    ['links[0]', { ...good, links: [['a', 1]] }],
    ['color', { ...good, color: 'red' }],
    ['levels', { ...good, levels: {} }],
    ['levels[0]', { ...good, levels: ['region'] }],
    ['levels[0].name', { ...good, levels: [{ name: '', assignment: {} }] }],
    ['levels[0].assignment', { ...good, levels: [{ name: 'region' }] }],
    ['levels[0].assignment.T1', { ...good, levels: [{ name: 'region', assignment: { T1: null } }] }],
    ['levels[0].groups', { ...good, levels: [{ name: 'region', assignment: {}, groups: 1 }] }],
  ])('are rejected at %s', (path, document) => {
    expect(() => parsePlanDocument(JSON.stringify(document))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it.each([
    ['assignment.c', { a: 'T1', b: 'T1' }],
    ['assignment.b', { a: 'T1', b: 'T9', c: 'T2' }],
    ['assignment.d', { a: 'T1', b: 'T1', c: 'T2', d: 'T2' }],
    ['assignment.b', { a: 'T1', b: 'constructor', c: 'T2' }],
  ])('that do not fit the problem are rejected at %s', (path, assignment) => {
    const document = parsePlanDocument(JSON.stringify({ ...good, assignment }));
    expect(() => planFromDocument(document, problem)).toThrow(
      expect.objectContaining({ code: 'PLAN_MISMATCH', details: expect.objectContaining({ path }) }),
    );
  });

  it('do not take a unit from a prototype', () => {
    const own = pathProblem(['constructor', 'a'], ['T1', 'T2']);
    const document = parsePlanDocument(JSON.stringify({ ...good, assignment: { a: 'T1' } }));
    expect(() => planFromDocument(document, own)).toThrow('assignment.constructor must name a territory');
  });

  it('hold the accounts that are laid over the map, and no others', () => {
    const { accounts: columns, ...rest } = { accounts: ['x', '__proto__', 'y'], resolution: 3, territories: 2 };
    const own = prepareProblem({ ...rest, accounts: columns.map((id, a) => ({ id, lat: 40, lng: 3 * a })) });
    const plan = createPlan(own, new Int32Array(own.ids.length), null, [-1, 1, 0]);
    const document = planToDocument(own, plan);
    expect(Object.entries(document.accounts!)).toEqual([
      ['__proto__', 'T2'],
      ['y', 'T1'],
    ]);
    expect(planFromDocument(parsePlanDocument(stringifyDocument(document)), own)).toEqual(plan);
    const strange = (accounts: object) => parsePlanDocument(JSON.stringify({ ...document, accounts }));
    for (const [accounts, path] of [
      [{ z: 'T1' }, 'accounts.z'],
      [{ x: 'T9' }, 'accounts.x'],
    ] as const) {
      expect(() => planFromDocument(strange(accounts), own)).toThrow(
        expect.objectContaining({ code: 'PLAN_MISMATCH', details: expect.objectContaining({ path }) }),
      );
    }
    expect(() => strange({ x: null })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => strange(['x'])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('keep unassigned units as null', () => {
    const plan = createPlan(problem, [0, -1, 1]);
    expect(planToDocument(problem, plan).assignment).toEqual({ a: 'T1', b: null, c: 'T2' });
  });

  it('are not made of a plan of another problem', () => {
    const other = pathProblem(['a', 'b'], ['T1', 'T2']);
    expect(() => planToDocument(problem, createPlan(other, [0, 1]))).toThrow(
      expect.objectContaining({ code: 'PLAN_MISMATCH' }),
    );
  });
});
