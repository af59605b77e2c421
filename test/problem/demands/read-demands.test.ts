import { describe, expect, it } from 'vitest';
import { prepareProblem } from '../../../src/problem/prepare.js';
import type { Problem, ProblemInput } from '../../../src/types.js';
import { errorOf } from '../bad-input.js';
import { accountAt, ROW, rowInput } from './demand-input.js';

const prepare = (extra: Partial<ProblemInput> = {}) => prepareProblem(rowInput(extra));
const unit = (problem: Problem, at: number) => problem.ids.indexOf(ROW[at]!);

/** Ids of the territories that may serve a unit. */
function serving(problem: Problem, at: number): string[] {
  const { row, allowed } = problem.demands!.permits!;
  const k = problem.territories.length;
  const r = row[unit(problem, at)]!;
  return problem.territories.filter((_, t) => r < 0 || allowed[r * k + t] === 1).map(({ id }) => id);
}

/** Load of each territory that no unit carries. */
const baseLoad = (problem: Problem) => [...problem.demands!.baseLoad!];

describe('a document without demands', () => {
  it('has none', () => {
    expect(prepare().demands).toBeNull();
    expect(prepare().pinned).toBeNull();
  });
});

describe('pins', () => {
  it('hold units', () => {
    const problem = prepare({ pins: [{ unit: ROW[6]!, territory: 'Ann' }] });
    expect([...problem.pinned!].filter((t) => t >= 0)).toEqual([0]);
    expect(problem.pinned![unit(problem, 6)]).toBe(0);
  });

  it('lay accounts over the map, off their unit and onto their territory', () => {
    const problem = prepare({ pins: [{ account: 'a6', territory: 'Ann' }] });
    expect(problem.pinned).toBeNull();
    expect([...problem.demands!.overlay!]).toEqual([-1, -1, -1, -1, -1, -1, 0]);
    expect(baseLoad(problem)).toEqual([1, 0]);
    expect(problem.activity[unit(problem, 6)]).toBe(0);
    expect([...problem.target]).toEqual([3.5, 3.5]);
  });
});

describe('rules of service', () => {
  it('forbid and require territories', () => {
    const problem = prepare({
      territories: [{ id: 'Ann' }, { id: 'Ben' }, { id: 'Cleo' }],
      forbid: [{ territories: ['Ann'], units: [ROW[0]!] }],
      require: [{ territories: ['Ann', 'Ben'], units: [ROW[0]!, ROW[1]!] }],
    });
    expect(serving(problem, 0)).toEqual(['Ben']);
    expect(serving(problem, 1)).toEqual(['Ann', 'Ben']);
    expect(serving(problem, 2)).toEqual(['Ann', 'Ben', 'Cleo']);
  });

  it('of accounts bind their units', () => {
    expect(serving(prepare({ forbid: [{ territories: ['Ann'], accounts: ['a1'] }] }), 1)).toEqual(['Ben']);
  });

  it('lay the lighter account over the map where two contradict each other', () => {
    const problem = prepare({
      accounts: [
        accountAt(0, { id: 'small', activity: { hours: 1 } }),
        accountAt(0, { id: 'big', activity: { hours: 5 } }),
        accountAt(1, { id: 'other' }),
      ],
      require: [
        { territories: ['Ann'], accounts: ['small'] },
        { territories: ['Ben'], accounts: ['big'] },
      ],
    });
    expect(serving(problem, 0)).toEqual(['Ben']);
    expect([...problem.demands!.overlay!]).toEqual([0, -1, -1]);
    expect(baseLoad(problem)).toEqual([1, 0]);
  });

  it('lay the same of two equal accounts over the map in whatever order they come', () => {
    const accounts = [accountAt(0, { id: 'x' }), accountAt(0, { id: 'y' }), accountAt(1, { id: 'z' })];
    const require = [
      { territories: ['Ann'], accounts: ['x'] },
      { territories: ['Ben'], accounts: ['y'] },
    ];
    for (const given of [accounts, [...accounts].reverse()]) {
      const problem = prepare({ accounts: given, require });
      expect(serving(problem, 0)).toEqual(['Ann']);
      expect(baseLoad(problem)).toEqual([0, 1]);
    }
  });

  it('lay an account over the map where its unit is pinned to another territory', () => {
    const problem = prepare({
      pins: [{ unit: ROW[0]!, territory: 'Ben' }],
      require: [{ territories: ['Ann'], accounts: ['a0'] }],
    });
    expect(problem.demands!.overlay![0]).toBe(0);
  });
});

describe('rules of service beside locks', () => {
  const territories = [{ id: 'Ann', locked: true }, { id: 'Ben' }, { id: 'Cleo' }];

  it('lay an account over the map that only a locked territory may serve which has not its unit', () => {
    const problem = prepare({ territories, require: [{ territories: ['Ann'], accounts: ['a6'] }] });
    expect(problem.demands!.overlay![6]).toBe(0);
    expect(problem.demands!.permits).toBeNull();
  });

  it('bind units whose territory is locked where that may serve them', () => {
    const problem = prepare({ territories, forbid: [{ territories: ['Ben'], units: [ROW[0]!] }] });
    expect(problem.demands).toBeNull();
  });
});

describe('groups', () => {
  it('hold units, and the units of accounts', () => {
    const problem = prepare({ groups: [{ id: 'metro', units: [ROW[1]!], accounts: ['a3'] }] });
    const { together, groupIds } = problem.demands!;
    expect(groupIds).toEqual(['metro']);
    expect([1, 3].map((at) => together![unit(problem, at)])).toEqual([0, 0]);
    expect(together!.filter((g) => g >= 0).length).toBe(2);
  });

  it('that share a unit are one', () => {
    const problem = prepare({
      groups: [{ units: [ROW[1]!, ROW[2]!] }, { units: [ROW[4]!, ROW[5]!] }, { units: [ROW[2]!, ROW[4]!] }],
    });
    expect(problem.demands!.groupIds).toEqual(['0']);
    expect(problem.demands!.together!.filter((g) => g === 0).length).toBe(4);
  });
});

describe('families', () => {
  const accounts = ROW.map((_, i) =>
    accountAt(i, { id: `a${i}`, family: i % 3 === 0 ? 'acme' : null, territory: 'Ben' }),
  );

  it('go together with the land', () => {
    const problem = prepare({ accounts, families: 'together' });
    expect(problem.demands!.groupIds).toEqual(['acme']);
    expect([0, 3, 6].map((at) => problem.demands!.together![unit(problem, at)])).toEqual([0, 0, 0]);
  });

  it('or lie over the map, with who holds most of them today', () => {
    const problem = prepare({ accounts, families: { acme: 'named' } });
    expect([...problem.demands!.overlay!]).toEqual([1, -1, -1, 1, -1, -1, 1]);
    expect(baseLoad(problem)).toEqual([0, 3]);
  });

  it('or with the territory that is named', () => {
    const problem = prepare({ accounts, named: [{ family: 'acme', territory: 'Ann' }] });
    expect(baseLoad(problem)).toEqual([3, 0]);
  });

  it('go as one with the account of theirs that is named, whoever holds most of them today', () => {
    const problem = prepare({ accounts, families: { acme: 'named' }, named: [{ account: 'a3', territory: 'Ann' }] });
    expect([...problem.demands!.overlay!]).toEqual([0, -1, -1, 0, -1, -1, 0]);
    const held = accounts.map((account, i) => (i === 0 ? { ...account, territory: 'Ann' } : account));
    const both = prepare({ accounts: held, named: [{ family: 'acme' }, { account: 'a0' }] });
    expect([...both.demands!.overlay!]).toEqual([1, -1, -1, 1, -1, -1, 1]);
  });

  it('else with the nearest centre that has room', () => {
    const free = accounts.map(({ territory: _, ...account }) => account);
    const [west, east] = [accountAt(0), accountAt(6)].map(({ lat, lng }) => [lng, lat] as const);
    const territories = [
      { id: 'Ann', center: west! },
      { id: 'Ben', center: east! },
    ];
    const one = { accounts: free, named: [{ account: 'a6' }] };
    expect(prepare({ ...one, territories }).demands!.overlay![6]).toBe(1);
    const full = [
      { ...territories[0]!, capacity: { hours: 9 } },
      { ...territories[1]!, capacity: { hours: 0.5 } },
    ];
    expect(prepare({ ...one, territories: full }).demands!.overlay![6]).toBe(0);
  });
});

describe('what sets targets', () => {
  it('is shares by measure, ramp and productivity', () => {
    const problem = prepare({
      accounts: ROW.map((_, i) => accountAt(i, { activity: { hours: 3, revenue: 2 } })),
      territories: [
        { id: 'Ann', share: 2, ramp: 0.5 },
        { id: 'Ben', shares: { revenue: 3 }, productivity: 1 },
      ],
    });
    expect([...problem.target]).toEqual([10.5, 10.5, 3.5, 10.5]);
  });

  it('is capacity where all territories have one, and capacity bounds from above', () => {
    const problem = prepare({
      territories: [
        { id: 'Ann', capacity: { hours: 4 } },
        { id: 'Ben', capacity: { hours: 6 }, ramp: 0.5 },
      ],
      balance: { hours: { tolerance: 0.5 } },
    });
    expect([...problem.target]).toEqual([4, 3]);
    expect([...problem.upper]).toEqual([4, 3]);
    expect([...problem.lower]).toEqual([2, 1.5]);
  });
});

describe('classes', () => {
  const accounts = ROW.map((_, i) =>
    accountAt(i, { id: `a${i}`, class: i < 2 ? 'invest' : 'core', activity: { hours: 1 + i } }),
  );
  const measureOf = (problem: Problem, name: string) => problem.measures.indexOf(name);

  it('count accounts, or a measure of theirs, up to a capacity', () => {
    const problem = prepare({
      accounts,
      capacity: [
        { class: 'invest', max: 1 },
        { class: 'core', measure: 'hours', max: 15, territory: 'Ben' },
      ],
    });
    expect(problem.measures).toEqual(['hours', 'invest:accounts', 'core:hours']);
    expect([...problem.upper.subarray(2)]).toEqual([1, 1, Infinity, 15]);
    expect(problem.activity[7 + unit(problem, 1)]).toBe(1);
    expect(problem.activity[14 + unit(problem, 6)]).toBe(7);
  });

  it('are mixed as in the whole, or as asked', () => {
    const whole = prepare({ accounts, mix: { tolerance: 0.2 }, objective: { mix: 3 } });
    const m = measureOf(whole, 'invest:accounts');
    expect([...whole.target.subarray(2 * m, 2 * m + 2)]).toEqual([1, 1]);
    expect(whole.upper[2 * m]).toBeCloseTo(1.2);
    expect(whole.demands!.mix!.classes).toEqual(['core', 'invest']);
    expect(whole.objective.mix).toBe(3);
    const asked = prepare({ accounts, mix: { target: { invest: 1, core: 1 } } });
    expect([...asked.demands!.mix!.target]).toEqual([0.5, 0.5]);
    expect(asked.target[2 * measureOf(asked, 'core:accounts')]).toBeCloseTo(1.75);
    expect(asked.upper[2 * measureOf(asked, 'core:accounts')]).toBe(Infinity);
  });

  it('take no part in the default balance', () => {
    const problem = prepareProblem({ accounts, resolution: 5, territories: 2, capacity: [{ class: 'core', max: 9 }] });
    const m = measureOf(problem, 'core:accounts');
    expect([problem.lower[2 * m], problem.upper[2 * m]]).toEqual([-Infinity, 9]);
  });
});

describe('limits', () => {
  const accounts = ROW.map((_, i) =>
    accountAt(i, { id: `a${i}`, territory: 'Ann', months: i, activity: { hours: 2, revenue: 100 } }),
  );

  it('are amounts, or shares of what is held today', () => {
    const { limits } = prepare({
      accounts,
      limits: {
        accounts: { max: 2 },
        activity: { hours: { share: 0.5 } },
        months: { share: 1 },
        value: { measure: 'revenue', max: 40, lossRate: 0.2 },
      },
    }).demands!;
    expect(limits.map(({ kind, max }) => [kind, max])).toEqual([
      ['accounts', 2],
      ['activity', 7],
      ['months', 21],
      ['value', 40],
    ]);
    expect(limits.map(({ amount }) => amount[3])).toEqual([1, 2, 3, 20]);
  });
});

describe('the cost matrix', () => {
  const costs = ROW.map((_, i) => [i, 6 - i]);

  it('has a row per unit', () => {
    const problem = prepare({ matrix: { unit: ROW, cost: costs } });
    const u = unit(problem, 2);
    expect([...problem.demands!.matrix!.subarray(2 * u, 2 * u + 2)]).toEqual([2, 4]);
  });

  it('lends units without activity the row of their nearest one', () => {
    const accounts = [0, 1, 5, 6].map((at) => accountAt(at));
    const at = [0, 1, 5, 6];
    const problem = prepare({ accounts, matrix: { unit: at.map((i) => ROW[i]!), cost: at.map((i) => costs[i]!) } });
    const { matrix } = problem.demands!;
    const empty = problem.ids.map((_, u) => u).filter((u) => problem.activity[u] === 0);
    expect(empty.length).toBeGreaterThan(0);
    for (const u of empty) expect([1, 5]).toContain(matrix![2 * u]);
  });
});

describe('bad demands', () => {
  const family = ROW.map((_, i) => accountAt(i, { id: `a${i}`, family: 'acme', territory: i < 3 ? 'Ann' : 'Ben' }));
  const CASES: readonly (readonly [string, Partial<Record<keyof ProblemInput, unknown>>, string])[] = [
    ['a pin to nobody', { pins: [{ unit: ROW[0], territory: 'Zoe' }] }, 'pins[0].territory'],
    ['a pin of nothing', { pins: [{ territory: 'Ann' }] }, 'pins[0]'],
    ['a pin of an unknown account', { pins: [{ account: 'x', territory: 'Ann' }] }, 'pins[0].account'],
    [
      'pins that contradict each other',
      {
        pins: [
          { unit: ROW[0], territory: 'Ann' },
          { unit: ROW[0], territory: 'Ben' },
        ],
      },
      'pins[1]',
    ],
    [
      'a pin against a rule',
      { pins: [{ unit: ROW[0], territory: 'Ann' }], forbid: [{ territories: ['Ann'], units: [ROW[0]] }] },
      'pins[0].territory',
    ],
    [
      'a pin into a locked territory',
      { territories: [{ id: 'Ann', locked: true }, { id: 'Ben' }], pins: [{ unit: ROW[5], territory: 'Ann' }] },
      'pins[0].territory',
    ],
    [
      'a pin out of a locked territory',
      { territories: [{ id: 'Ann', locked: true }, { id: 'Ben' }], pins: [{ unit: ROW[0], territory: 'Ben' }] },
      'pins[0].territory',
    ],
    ['a rule without territories', { forbid: [{ territories: [], units: [ROW[0]] }] }, 'forbid[0].territories'],
    ['a rule without things', { require: [{ territories: ['Ann'] }] }, 'require[0]'],
    ['rules that leave nobody', { forbid: [{ territories: ['Ann', 'Ben'], units: [ROW[0]] }] }, 'forbid[0].units[0]'],
    [
      'a rule against a lock',
      {
        territories: [{ id: 'Ann', locked: true }, { id: 'Ben' }],
        forbid: [{ territories: ['Ann'], units: [ROW[0]] }],
      },
      'forbid[0].units[0]',
    ],
    [
      'a rule that leaves none but a locked territory',
      {
        territories: [{ id: 'Ann', locked: true }, { id: 'Ben' }],
        require: [{ territories: ['Ann'], units: [ROW[6]] }],
      },
      'require[0].units[0]',
    ],
    ['an unknown key of a rule', { forbid: [{ territory: 'Ann' }] }, 'forbid[0].territory'],
    ['a group of nothing', { groups: [{}] }, 'groups[0]'],
    [
      'a group across pins',
      {
        groups: [{ units: [ROW[0], ROW[1]] }],
        pins: [
          { unit: ROW[0], territory: 'Ann' },
          { unit: ROW[1], territory: 'Ben' },
        ],
      },
      'groups[0]',
    ],
    [
      'a group across a lock',
      { groups: [{ units: [ROW[2], ROW[3]] }], territories: [{ id: 'Ann', locked: true }, { id: 'Ben' }] },
      'groups[0]',
    ],
    [
      'a group that nobody may serve',
      {
        groups: [{ units: [ROW[2], ROW[3]] }],
        require: [
          { territories: ['Ann'], units: [ROW[2]] },
          { territories: ['Ben'], units: [ROW[3]] },
        ],
      },
      'groups[0]',
    ],
    [
      'a family across pinned reps',
      {
        accounts: family,
        families: 'together',
        pins: [
          { unit: ROW[0], territory: 'Ann' },
          { unit: ROW[6], territory: 'Ben' },
        ],
      },
      'families.acme',
    ],
    [
      'a family that is named across pins',
      {
        accounts: family,
        families: 'named',
        pins: [
          { account: 'a0', territory: 'Ann' },
          { account: 'a6', territory: 'Ben' },
        ],
      },
      'families.acme',
    ],
    [
      'a family that nobody may serve whole',
      {
        accounts: family.map((account) => ({ ...account, family: 'Acme Inc' })),
        families: 'named',
        require: [
          { territories: ['Ann'], accounts: ['a0'] },
          { territories: ['Ben'], accounts: ['a6'] },
        ],
      },
      'families["Acme Inc"]',
    ],
    [
      'a family whose name is no word, across pins',
      {
        accounts: family.map((account) => ({ ...account, family: 'a b' })),
        families: 'together',
        pins: [
          { unit: ROW[0], territory: 'Ann' },
          { unit: ROW[6], territory: 'Ben' },
        ],
      },
      'families["a b"]',
    ],
    [
      'class measures of one name',
      {
        accounts: ROW.map((_, i) => accountAt(i, { class: i < 3 ? 'x' : 'x:y', activity: { hours: 1, 'y:hours': 5 } })),
        capacity: [
          { class: 'x', measure: 'y:hours', max: 3 },
          { class: 'x:y', measure: 'hours', max: 3 },
        ],
      },
      'capacity[1]',
    ],
    [
      'more classes than are mixed',
      { accounts: Array.from({ length: 33 }, (_, i) => accountAt(i % 7, { class: `c${i}` })), mix: {} },
      'mix',
    ],
    ['an unknown family', { families: { acme: 'named' } }, 'families.acme'],
    ['an unknown rule of families', { accounts: family, families: 'apart' }, 'families'],
    [
      'a named account that may not be served',
      { named: [{ account: 'a0', territory: 'Ann' }], forbid: [{ territories: ['Ann'], accounts: ['a0'] }] },
      'named[0].territory',
    ],
    [
      'names that contradict each other',
      {
        named: [
          { account: 'a0', territory: 'Ann' },
          { account: 'a0', territory: 'Ben' },
        ],
      },
      'named[1].territory',
    ],
    ['a capacity without classes', { capacity: [{ class: 'core', max: 1 }] }, 'capacity'],
    ['a mix of nothing', { mix: {} }, 'mix'],
    ['a weight of the mix without a mix', { objective: { mix: 1 } }, 'objective.mix'],
    [
      'a capacity of an unknown measure',
      { territories: [{ id: 'Ann', capacity: { days: 3 } }, { id: 'Ben' }] },
      'territories[0].capacity.days',
    ],
    [
      'shares that sum to zero',
      {
        territories: [
          { id: 'Ann', shares: { hours: 0 } },
          { id: 'Ben', shares: { hours: 0 } },
        ],
      },
      'territories',
    ],
    ['a ramp above 1', { territories: [{ id: 'Ann', ramp: 1.5 }, { id: 'Ben' }] }, 'territories[0].ramp'],
    [
      "limits without today's plan",
      { accounts: ROW.map((_, i) => accountAt(i)), limits: { accounts: { max: 1 } } },
      'limits',
    ],
    ['a limit of two kinds', { limits: { accounts: { max: 1, share: 0.1 } } }, 'limits.accounts'],
    ['months that nobody has', { limits: { months: { max: 1 } } }, 'limits.months'],
    [
      'a matrix that lacks a unit',
      { matrix: { unit: ROW.slice(1), cost: ROW.slice(1).map(() => [1, 2]) } },
      'matrix.unit',
    ],
    ['a matrix of the wrong width', { matrix: { unit: ROW, cost: ROW.map(() => [1]) } }, 'matrix.cost[0]'],
    ['a negative cost', { matrix: { unit: ROW, cost: ROW.map(() => [1, -1]) } }, 'matrix.cost[0][1]'],
    ['too few sites', { candidates: [[-100, 40]] }, 'candidates'],
    [
      'a site off the globe',
      {
        candidates: [
          [-100, 40],
          [-100, 95],
        ],
      },
      'candidates[1][1]',
    ],
  ];

  it.each(CASES)('%s', (_, extra, path) => {
    expect(errorOf(rowInput(extra as Partial<ProblemInput>))).toMatchObject({
      code: 'INVALID_INPUT',
      details: { path },
    });
  });
});
