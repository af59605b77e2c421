import { describe, expect, it } from 'vitest';
import { contractGroups } from '../../src/kernel/contract.js';
import { readKernelInput } from '../../src/kernel/kernel-input.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import type { ProblemInput } from '../../src/types.js';

/** Two ways from `a` to `d`: a short one by `b` and `c`, a long one by `x`, `y` and `z`. */
const IDS = ['a', 'b', 'c', 'd', 'x', 'y', 'z'];
const EDGES = [
  ['a', 'b'],
  ['b', 'c'],
  ['c', 'd'],
  ['a', 'x'],
  ['x', 'y'],
  ['y', 'z'],
  ['z', 'd'],
];

/** The ids of the units that are contracted into one with `a`, and the territories that may have them. */
function joined(extra: Partial<ProblemInput>, today: Readonly<Record<string, string>> = {}) {
  const problem = prepareProblem({
    units: IDS.map((id, x) => ({ id, x, y: 0, activity: { hours: 1 }, territory: today[id] ?? null })),
    edges: EDGES.map(([s, t]) => [IDS.indexOf(s!), IDS.indexOf(t!)] as const),
    territories: 3,
    groups: [{ units: ['a', 'd'] }],
    ...extra,
  });
  const { input, expand } = contractGroups(readKernelInput(problem));
  const number = expand(Int32Array.from({ length: input.units }, (_, c) => c));
  const row = input.permitRow?.[number[0]!] ?? -1;
  const k = problem.territories.length;
  const only = input.initial[number[0]!]!;
  return {
    units: IDS.filter((_, u) => number[u] === number[0]),
    may: problem.territories
      .filter((_, t) => (only >= 0 ? t === only : row < 0 || input.allowed[row * k + t] === 1))
      .map(({ id }) => id),
  };
}

describe('a group in two places', () => {
  it('takes the shortest way between them along', () => {
    expect(joined({})).toEqual({ units: ['a', 'b', 'c', 'd'], may: ['T1', 'T2', 'T3'] });
  });

  it('takes a longer way along where the shortest would leave it nobody', () => {
    const require = [
      { territories: ['T1', 'T2'], units: ['b'] },
      { territories: ['T3', 'T4'], units: ['c'] },
      { territories: ['T2', 'T3'], units: ['y'] },
    ];
    expect(joined({ territories: 4, require })).toEqual({ units: ['a', 'd', 'x', 'y', 'z'], may: ['T2', 'T3'] });
  });

  it('stays in two where every way would leave it nobody', () => {
    const require = [
      { territories: ['T1', 'T2'], units: ['b', 'x'] },
      { territories: ['T3', 'T4'], units: ['c', 'y'] },
    ];
    expect(joined({ territories: 4, require })).toEqual({ units: ['a', 'd'], may: ['T1', 'T2', 'T3', 'T4'] });
  });

  it('takes nothing along into a locked territory', () => {
    const territories = [{ id: 'T1', locked: true }, { id: 'T2' }, { id: 'T3' }];
    expect(joined({ territories }, { a: 'T1', d: 'T1' })).toEqual({ units: ['a', 'd'], may: ['T1'] });
  });

  it('takes nothing along into a territory that may be in pieces', () => {
    const territories = [{ id: 'T1', contiguity: 'off' as const }, { id: 'T2' }, { id: 'T3' }];
    expect(joined({ territories, pins: [{ unit: 'a', territory: 'T1' }] })).toEqual({ units: ['a', 'd'], may: ['T1'] });
  });

  it('grows from one part to the next, each as near as it can be', () => {
    // five parts on a line of 17, four apart: whatever they start from, the three between each two are taken along
    const units = Array.from({ length: 20 }, (_, x) => ({ id: `${x}`, x, y: 0, activity: { hours: 1 } }));
    const edges = Array.from({ length: 19 }, (_, x) => [x, x + 1] as const);
    for (const parts of [
      [0, 4, 8, 12, 16],
      [8, 0, 16, 4, 12],
    ]) {
      const groups = [{ units: parts.map(String) }];
      const problem = prepareProblem({ units, edges, territories: 2, groups });
      expect(contractGroups(readKernelInput(problem)).input.units).toBe(4);
    }
  });
});
