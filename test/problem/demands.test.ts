import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { Account, ProblemInput, Unit } from '../../src/types.js';
import { problem } from '../arbitraries.js';

const unit = (id: string, hours: number, value: number, territory: string | null = null): Unit => ({
  id,
  lat: 1,
  lng: id.charCodeAt(0) / 100,
  activity: { hours, value },
  territory,
});

const UNITS = [unit('a', 1, 10), unit('b', 2, 0), unit('c', 3, 30)];
const prepare = (extra: object = {}) =>
  prepareProblem({
    units: UNITS,
    edges: [
      [0, 1],
      [1, 2],
    ],
    territories: 2,
    ...extra,
  } as ProblemInput);

describe('territories and targets', () => {
  it('are named T1 … Tk, with equal shares and ±5 % of every measure', () => {
    const p = prepare();
    expect(p.territories).toEqual(
      ['T1', 'T2'].map((id) => ({ id, share: 1, center: null, locked: false, contiguous: true })),
    );
    expect([...p.target]).toEqual([3, 3, 20, 20]);
    expect([...p.lower]).toEqual([0.95 * 3, 0.95 * 3, 19, 19]);
    expect([...p.upper]).toEqual([1.05 * 3, 1.05 * 3, 21, 21]);
  });

  it('follow shares, which need not add up to 1', () => {
    const p = prepare({
      territories: [
        { id: 'x', share: 0.5 },
        { id: 'y', share: 1.5 },
      ],
    });
    expect([...p.target]).toEqual([1.5, 4.5, 10, 30]);
  });

  it('bind what is balanced and leave the rest free', () => {
    const p = prepare({ balance: { value: { tolerance: 0.5 } } });
    expect([...p.target]).toEqual([3, 3, 20, 20]);
    expect([...p.lower]).toEqual([-Infinity, -Infinity, 10, 10]);
    expect([...p.upper]).toEqual([Infinity, Infinity, 30, 30]);
    expect(p.objective.weight).toBe('value');
  });

  it('take absolute bounds, either of which may stand alone', () => {
    const p = prepare({ balance: { hours: { upper: 4 }, value: { lower: 0, upper: 40 } } });
    expect([...p.lower]).toEqual([-Infinity, -Infinity, 0, 0]);
    expect([...p.upper]).toEqual([4, 4, 40, 40]);
  });

  it('leave measures without activity out of the default balance', () => {
    const units = [unit('a', 1, 0), unit('b', 2, 0)];
    const p = prepareProblem({ units, edges: [[0, 1]], territories: 1 });
    expect([...p.upper]).toEqual([3 * 1.05, Infinity]);
  });

  it('share out all of each measure, within their bounds', () => {
    fc.assert(
      fc.property(problem(), (p) => {
        const [n, k] = [p.ids.length, p.territories.length];
        p.measures.forEach((_, m) => {
          let total = 0;
          for (let u = 0; u < n; u++) total += p.activity[m * n + u]!;
          let sum = 0;
          for (let t = 0; t < k; t++) {
            sum += p.target[m * k + t]!;
            expect(p.lower[m * k + t]).toBeLessThanOrEqual(p.upper[m * k + t]!);
          }
          expect(Math.abs(sum - total)).toBeLessThanOrEqual(1e-12 * total);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('do not object to a unit heavier than every upper bound', () => {
    expect(prepare({ territories: 3, balance: { value: { tolerance: 0 } } }).upper[3]).toBeCloseTo(40 / 3, 12);
  });
});

describe('the objective', () => {
  it('has its defaults filled in', () => {
    expect(prepare().objective).toEqual({
      inertia: 1,
      cutEdges: 0,
      borderKm: 0,
      disruption: 0,
      mix: 0,
      weight: 'hours',
      power: 2,
      distance: 'great-circle',
      center: 'centroid',
    });
  });

  it('is planar by default for units that only have x and y', () => {
    const flat = { id: 'a', x: 1.23456789, y: -0, activity: { h: 1 } };
    const p = prepareProblem({ units: [flat], edges: [], territories: [{ id: 'T', center: [500, -700] }] });
    expect(p.objective.distance).toBe('planar');
    expect(p.xy).toEqual(Float64Array.of(1.234568, 0));
    expect(p.territories[0]!.center).toEqual([500, -700]);
  });

  it('needs no positions when it has no inertia', () => {
    const p = prepareProblem({
      units: [{ id: 'a', activity: { h: 1 } }],
      edges: [],
      territories: 1,
      objective: { inertia: 0, cutEdges: 1 },
    });
    expect([p.lngLat, p.xy, p.areaKm2, p.ring, p.edgeKm, p.outerKm]).toEqual([null, null, null, null, null, null]);
  });

  it('weighs every unit 1 when the weight is null or nothing is balanced', () => {
    expect(prepare({ objective: { weight: null } }).objective.weight).toBeNull();
    expect(prepare({ balance: {} }).objective.weight).toBeNull();
  });
});

describe("today's plan", () => {
  const account = (lat: number, territory: string | null, hours: number): Account => ({
    lat,
    lng: 0,
    territory,
    activity: { hours },
  });
  const accounts = [
    account(0, 'zoe', 5),
    account(0, 'T2', 2),
    account(0, 'T2', 2),
    account(20, 'T2', 3),
    account(20, 'T1', 3),
    account(40, null, 9),
  ];
  const input: ProblemInput = { accounts, resolution: 2, territories: 2, contiguity: 'off' };
  const todayOf = (extra: object = {}) => {
    const p = prepareProblem({ ...input, ...extra });
    return [0, 3, 5].map((a) => p.today![p.accountUnit![a]!]);
  };

  it("lists the problem's own ids first, then others in ascending order", () => {
    const p = prepareProblem({ ...input, accounts: [...accounts, account(0, 'amy', 0)] });
    expect(p.todayIds).toEqual(['T1', 'T2', 'amy', 'zoe']);
    expect([...p.accountTerritory!]).toEqual([3, 1, 1, 1, 0, -1, 2]);
  });

  it('gives a unit to who has most of the weight measure in it, the lower index among equals', () => {
    expect(todayOf()).toEqual([2, 0, -1]);
  });

  it('counts accounts when the weight is null', () => {
    expect(todayOf({ objective: { weight: null } })).toEqual([1, 0, -1]);
  });

  it('is null when no row has a territory', () => {
    const p = prepareProblem({ ...input, accounts: [account(0, null, 1), account(40, null, 1)] });
    expect([p.today, p.accountTerritory, p.todayIds]).toEqual([null, null, ['T1', 'T2']]);
  });

  it('lets a territory be locked that has units of its own', () => {
    const units = [unit('a', 1, 1, 'x'), unit('b', 1, 1, 'y'), unit('c', 1, 1)];
    const p = prepare({ units, territories: [{ id: 'y', locked: true }, { id: 'z' }] });
    expect(p.territories[0]!.locked).toBe(true);
    expect(p.todayIds).toEqual(['y', 'z', 'x']);
    expect([...p.today!]).toEqual([2, 0, -1]);
  });

  it('keeps groups by index, in ascending order of their names', () => {
    const grouped = accounts.map((row, a) => ({ ...row, group: ['b', 'a', null][a % 3]! }));
    const p = prepareProblem({ ...input, accounts: grouped });
    expect(p.groups).toEqual(['a', 'b']);
    expect([...p.accountGroup!]).toEqual([1, 0, -1, 1, 0, -1]);
    expect(prepareProblem(input).accountGroup).toBeNull();
  });
});

describe('a problem', () => {
  it('is plain data that crosses threads unchanged', () => {
    fc.assert(
      fc.property(problem(), (p) => {
        expect(structuredClone(p)).toEqual(p);
      }),
      { numRuns: 30 },
    );
  });
});
