import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maximumFlow } from '../../src/feasibility/maximum-flow.js';
import { proveConflicts } from '../../src/feasibility/prove-conflicts.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { ProblemInput } from '../../src/types.js';
import { tinyProblem } from '../metrics/tiny-problem.js';
import { accountAt, ROW, rowInput } from '../problem/demands/demand-input.js';

const proved = (extra: Partial<ProblemInput>) => proveConflicts(prepareProblem(rowInput(extra)));
const hours = (...amounts: number[]) =>
  amounts.map((amount, i) =>
    accountAt(i, { id: `a${i}`, activity: { hours: amount }, territory: i < 3 ? 'Ann' : 'Ben' }),
  );

describe('conflicts that are proven', () => {
  it('are none in a problem that has a plan', () => {
    expect(proved({})).toEqual([]);
  });

  it('are pinned units beyond the upper bound', () => {
    const [conflict, ...rest] = proved({
      balance: { hours: { tolerance: 0 } },
      pins: [0, 1, 2, 3].map((i) => ({ unit: ROW[i]!, territory: 'Ann' })),
    });
    expect(conflict).toMatchObject({
      kind: 'service',
      proven: true,
      demands: ['balance', 'pins'],
      territories: ['Ann'],
      measure: 'hours',
    });
    expect(conflict!.message).toBe('Pinned units of Ann alone weigh 4 hours, 114 % of its upper bound of 3.5.');
    expect(conflict!.excess).toBeCloseTo(4 / 3.5 - 1);
    // what Ann has for certain, Ben cannot have
    expect(rest.map(({ territories }) => territories)).toEqual([['Ben']]);
  });

  it('are accounts laid over the map beyond the upper bound', () => {
    const [conflict] = proved({ named: [0, 1, 2, 3, 4, 5].map((i) => ({ account: `a${i}`, territory: 'Ben' })) });
    expect(conflict).toMatchObject({ demands: ['balance', 'named'], territories: ['Ben'] });
    expect(conflict!.message).toBe(
      'Accounts laid over the map for Ben alone weigh 6 hours, 114 % of its upper bound of 5.25.',
    );
  });

  it('are units that too few territories may serve', () => {
    const [conflict] = proved({
      territories: [{ id: 'Ann' }, { id: 'Ben' }, { id: 'Cleo' }],
      balance: { hours: { tolerance: 0.2 } },
      forbid: [{ territories: ['Cleo'], units: ROW.slice(0, 6) }],
    });
    expect(conflict).toMatchObject({ kind: 'service', demands: ['balance', 'permits'], territories: ['Ann', 'Ben'] });
    expect(conflict!.message).toBe(
      'Units that only Ann and Ben may serve weigh 6 hours, 107 % of the upper bounds of Ann and Ben.',
    );
  });

  it('are bounds that do not add up', () => {
    const territories = [
      { id: 'Ann', capacity: { hours: 3 } },
      { id: 'Ben', capacity: { hours: 3 } },
    ];
    const [conflict] = proved({ territories });
    expect(conflict).toMatchObject({ kind: 'totals', demands: ['balance'] });
    expect(conflict!.message).toBe('There are 7 hours, but the upper bounds of all territories come to 6.');
  });

  it('are classes with more accounts than their capacity', () => {
    const accounts = ROW.map((_, i) => accountAt(i, { class: 'invest' }));
    const [conflict] = proved({ accounts, capacity: [{ class: 'invest', max: 2 }] });
    expect(conflict).toMatchObject({ kind: 'totals', demands: ['capacity'], measure: 'invest:accounts' });
  });

  it('are mixes that a class cannot have', () => {
    const accounts = ROW.map((_, i) => accountAt(i, { class: i < 3 ? 'invest' : 'core' }));
    const mix = { target: { invest: 1, core: 1 }, tolerance: 0.1 };
    expect(proved({ accounts, mix })[0]).toMatchObject({
      kind: 'totals',
      demands: ['mix'],
      measure: 'invest:accounts',
    });
  });

  it('are a lower bound and an upper one with nothing between them', () => {
    const accounts = ROW.map((_, i) => accountAt(i, { class: i < 6 ? 'invest' : 'core' }));
    const [conflict] = proved({
      accounts,
      mix: { tolerance: 0.2 },
      capacity: [{ class: 'invest', max: 1, territory: 'Ann' }],
      territories: [{ id: 'Ann' }, { id: 'Ben', share: 2 }, { id: 'Cleo' }],
    });
    expect(conflict).toMatchObject({ kind: 'bounds', demands: ['capacity', 'mix'], territories: ['Ann'] });
    const balance = { hours: { tolerance: 0.2 } };
    const territories = [{ id: 'Ann', capacity: { hours: 7 } }, { id: 'Ben' }, { id: 'Cleo' }];
    const [bounds, ...rest] = proved({ balance, territories, accounts: hours(9, 9, 9, 1, 1, 1, 1) });
    expect(rest).toEqual([]);
    expect(bounds).toMatchObject({ kind: 'bounds', demands: ['balance'], territories: ['Ann'] });
    expect(bounds!.message).toBe('Ann must have at least 8.26667 hours, but at most 7.');
  });

  it('are units that none but locked territories might serve', () => {
    const accounts = ROW.map((_, i) => accountAt(i, { ...(i < 6 ? { territory: i < 3 ? 'Ann' : 'Ben' } : {}) }));
    const territories = [
      { id: 'Ann', locked: true },
      { id: 'Ben', locked: true },
    ];
    expect(proved({ accounts, territories })[0]).toMatchObject({ demands: ['locked'], units: [ROW[6]] });
  });

  it('are units and groups that weigh more than a territory may', () => {
    expect(proved({ accounts: hours(1, 1, 9, 1, 1, 1, 1), balance: { hours: { tolerance: 0.1 } } })[0]).toMatchObject({
      kind: 'heavy',
      units: [ROW[2]],
      message: `Unit ${ROW[2]} weighs 9 hours, 109 % of the highest upper bound of a territory that may serve it (8.25).`,
    });
    const group = proved({ groups: [{ id: 'metro', units: ROW.slice(0, 6) }] });
    expect(group[0]).toMatchObject({ kind: 'heavy', demands: ['balance', 'groups'] });
    expect(group[0]!.message).toContain('Group metro of 6 units weighs 6 hours');
  });

  it('are islands that no territory fits on', () => {
    const problem = tinyProblem({
      activity: [[2, 2, 2, 2, 1]],
      measures: ['hours'],
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
      territories: [{ id: 'Ann' }, { id: 'Ben' }],
    });
    const [conflict] = proveConflicts(problem);
    expect(conflict).toMatchObject({ kind: 'island', demands: ['balance', 'contiguity'], units: ['u4'] });
    expect(conflict!.message).toContain(
      'weighs 1 hours, 23.4 % of the least that a territory must have, and has no link',
    );
    const free = problem.territories.map((territory) => ({ ...territory, contiguous: false }));
    expect(proveConflicts({ ...problem, territories: free })).toEqual([]);
  });

  it('are pins that nothing joins', () => {
    const [conflict] = proved({
      balance: { hours: { tolerance: 0.9 } },
      pins: [
        { unit: ROW[0]!, territory: 'Ann' },
        { unit: ROW[3]!, territory: 'Ben' },
        { unit: ROW[6]!, territory: 'Ann' },
      ],
      // nothing but the row, so that there is no way around
      ground: 'bridge',
    });
    expect(conflict).toMatchObject({ kind: 'apart', territories: ['Ann'], demands: ['contiguity', 'pins'] });
  });

  it('are limits below what balance takes', () => {
    const [conflict] = proved({
      accounts: hours(2, 2, 2, 1, 1, 1, 1).map((account) => ({ ...account, territory: 'Ann' })),
      balance: { hours: { tolerance: 0.2 } },
      limits: { accounts: { max: 1 } },
    });
    expect(conflict).toMatchObject({ kind: 'limit', demands: ['balance', 'limits'], territories: ['Ann'] });
    expect(conflict!.message).toBe(
      'To bring Ann within its upper bound of hours, at least 2 accounts must move; the limit allows 1.',
    );
  });

  it('are limits on accounts or units, of which no part moves', () => {
    const [conflict] = proved({
      accounts: hours(2, 2, 2, 2, 2, 2, 1).map((account) => ({ ...account, territory: 'Ann' })),
      balance: { hours: { tolerance: 0.2 } },
      limits: { accounts: { max: 2 } },
    });
    // 13 hours of which 7.8 may stay: two accounts and a part of a third
    expect(conflict!.message).toContain('at least 3 accounts must move; the limit allows 2.');
    const units = ['u', 'v', 'w'].map((id, x) => ({ id, x, y: 0, activity: { hours: 1 }, territory: 'Zoe' }));
    const demands = { territories: 1, limits: { accounts: { max: 2 } } };
    const [ofUnits] = proveConflicts(
      prepareProblem({
        units,
        edges: [
          [0, 1],
          [1, 2],
        ],
        ...demands,
      }),
    );
    expect(ofUnits!.message).toContain('at least 3 units must move; the limit allows 2.');
  });

  it('are limits below what reps have who are no territory', () => {
    const [conflict, ...others] = proved({
      accounts: hours(1, 1, 1, 1, 1, 1, 1).map((account, i) => ({
        ...account,
        territory: i < 3 ? 'Ann' : i < 4 ? 'Ben' : 'Zoe',
      })),
      balance: { hours: { tolerance: 0.5 } },
      limits: { accounts: { max: 2 } },
    });
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({ kind: 'limit', demands: ['limits'], territories: [], measure: null, excess: 0.5 });
    expect(conflict!.message).toBe(
      'To hand on what Zoe, who is no territory, has today, at least 3 accounts must move; the limit allows 2.',
    );
  });

  it('are limits that either would keep to, but not both', () => {
    const [conflict] = proved({
      accounts: hours(2, 2, 2, 1, 1, 1, 1).map((account, i) => ({ ...account, territory: i < 5 ? 'Ann' : `Zoe ${i}` })),
      balance: { hours: { tolerance: 0.2 } },
      limits: { accounts: { max: 2 } },
    });
    expect(conflict).toMatchObject({ demands: ['balance', 'limits'], territories: ['Ann'], measure: 'hours' });
    expect(conflict!.message).toBe(
      'To bring Ann within its upper bound of hours and to hand on what Zoe 5 and Zoe 6, who are no territories, have ' +
        'today, at least 3 accounts must move; the limit allows 2.',
    );
  });

  it('are limits below what moves in any plan', () => {
    const accounts = ROW.map((_, i) => accountAt(i, { id: `a${i}`, territory: i < 2 ? 'Zoe' : 'Ben' }));
    const given = { accounts, limits: { accounts: { max: 2 } } };
    expect(proved(given)).toEqual([]);
    const [conflict] = proved({ ...given, named: [{ account: 'a6', territory: 'Ann' }] });
    expect(conflict).toMatchObject({ kind: 'limit', demands: ['limits', 'named'], territories: [] });
    expect(conflict!.message).toBe(
      'To hand on what Zoe, who is no territory, has today and to lay accounts over the map for others than have them ' +
        'today, at least 3 accounts must move; the limit allows 2.',
    );
  });
});

describe('no conflict is proven', () => {
  it('where a plan exists', () => {
    const territory = fc.constantFrom('Ann', 'Ben', 'Cleo');
    fc.assert(
      fc.property(
        fc.record({
          // any plan of a row: where the territories change
          cuts: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 4, max: 6 })),
          weights: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }),
          pins: fc.array(fc.nat(6), { maxLength: 3 }),
          forbidden: fc.array(fc.tuple(fc.nat(6), territory), { maxLength: 5 }),
          groups: fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 2 }),
          named: fc.array(fc.tuple(fc.nat(6), territory), { maxLength: 2 }),
        }),
        ({ cuts, weights, pins, forbidden, groups, named }) => {
          const names = ['Ann', 'Ben', 'Cleo'];
          const owner = ROW.map((_, i) => names[i < cuts[0] ? 0 : i < cuts[1] ? 1 : 2]!);
          const accounts = weights.map((weight, i) => accountAt(i, { id: `a${i}`, activity: { hours: weight + 1 } }));
          const unique = new Map(named);
          const load = new Map(names.map((name) => [name, 0]));
          weights.forEach((weight, i) => {
            const t = unique.get(i) ?? owner[i]!;
            load.set(t, load.get(t)! + weight + 1);
          });
          const problem = prepareProblem({
            accounts,
            resolution: 5,
            // bounds that the plan just meets
            territories: names.map((id) => ({ id, capacity: { hours: Math.max(load.get(id)!, 0.5) } })),
            balance: { hours: { lower: Math.min(...load.values()) } },
            pins: [...new Set(pins)].map((i) => ({ unit: ROW[i]!, territory: owner[i]! })),
            forbid: forbidden
              .filter(([i, t]) => owner[i] !== t)
              .map(([i, t]) => ({ units: [ROW[i]!], territories: [t] })),
            groups: groups.filter(([i, j]) => owner[i] === owner[j]).map(([i, j]) => ({ units: [ROW[i]!, ROW[j]!] })),
            named: [...unique].map(([i, t]) => ({ account: `a${i}`, territory: t })),
          });
          expect(proveConflicts(problem)).toEqual([]);
          const plan = createPlan(
            problem,
            problem.ids.map((id) => names.indexOf(owner[ROW.indexOf(id)] ?? 'Ann')),
          );
          expect(evaluate(problem, plan).territories.length).toBe(3);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the maximum flow', () => {
  it('equals the least cut over all sets of suppliers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.subarray([0, 1, 2, 3])), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }),
        (suppliers, demand) => {
          const supply = suppliers.map(([amount]) => amount);
          const takers = suppliers.map(([, own]) => own);
          const total = supply.reduce((a, b) => a + b, 0);
          let least = total;
          for (let set = 0; set < 2 ** supply.length; set++) {
            const inside = supply.map((_, s) => s).filter((s) => (set >> s) & 1);
            const reached = new Set(inside.flatMap((s) => takers[s]!));
            const outside = total - inside.reduce((sum, s) => sum + supply[s]!, 0);
            least = Math.min(least, outside + [...reached].reduce((sum, t) => sum + demand[t]!, 0));
          }
          const flow = maximumFlow({ supply, demand, takers });
          expect(flow.shipped).toBeCloseTo(least, 9);
          const cut = supply.reduce((sum, x, s) => (flow.suppliers.includes(s) ? sum : sum + x), 0);
          expect(flow.reached.reduce((sum, t) => sum + demand[t]!, cut)).toBeCloseTo(least, 9);
        },
      ),
    );
  });
});
