import { describe, expect, it } from 'vitest';
import { levelProblem } from '../../src/problem/level-problem.js';
import type { Level, Problem } from '../../src/types.js';
import { gridEdges, territories, tinyProblem } from '../metrics/tiny-problem.js';

const level: Level = { name: 'region', groups: ['N', 'S'], of: Int32Array.of(0, 1, 0), given: true, balance: null };

function problem(extra: Partial<Problem> = {}): Problem {
  const [a, b, c] = territories(3);
  const whole = tinyProblem({
    activity: [[1, 2, 3, 4]],
    edges: gridEdges(4, 1),
    lngLat: [179, 0, -179, 0, 0, 0, 10, 0],
    territories: [
      { ...a!, share: 1, center: [179, 0] },
      { ...b!, share: 2 },
      { ...c!, share: 2, center: [-179, 0], contiguous: false },
    ],
    tolerance: 0.5,
    todayIds: ['T1', 'T2', 'T3', 'old', 'older'],
    today: [2, 1, 4, -1],
  });
  return { ...whole, ...extra };
}

describe('levelProblem', () => {
  it('adds up targets and bounds, unless the level has rules of its own', () => {
    const sums = levelProblem(problem(), level);
    expect([...sums.target]).toEqual([6, 4]);
    expect([...sums.lower, ...sums.upper]).toEqual([3, 2, 9, 6]);
    const own = levelProblem(problem(), { ...level, balance: { m0: { tolerance: 0.1 } } });
    expect([own.lower[0], own.upper[1]]).toEqual([expect.closeTo(5.4, 9), expect.closeTo(4.4, 9)]);
    const absolute = levelProblem(problem(), { ...level, balance: { m0: { upper: 7 } } });
    expect([...absolute.lower, ...absolute.upper]).toEqual([-Infinity, -Infinity, 7, 7]);
  });

  it('describes groups by their territories, across the antimeridian too', () => {
    const { territories: groups, ids } = levelProblem(problem(), level);
    expect(ids).toHaveLength(4);
    expect(groups).toMatchObject([
      { id: 'N', share: 3, locked: false, contiguous: false },
      { id: 'S', share: 2, center: null, contiguous: true },
    ]);
    expect(Math.abs(groups[0]!.center![0])).toBe(180);
  });

  it('lets groups take the places of their territories in today’s plan', () => {
    const { todayIds, today } = levelProblem(problem(), level);
    expect(todayIds).toEqual(['N', 'S', 'older']);
    expect([...today!]).toEqual([0, 1, 2, -1]);
  });

  it('pins what a locked territory holds to its group, unless all of the group is locked', () => {
    const lock = (...locked: string[]) => {
      const base = problem();
      return { ...base, territories: base.territories.map((t) => ({ ...t, locked: locked.includes(t.id) })) };
    };
    expect(levelProblem(lock('T3'), level).pinned).toEqual(Int32Array.of(0, -1, -1, -1));
    const whole = levelProblem(lock('T2'), level);
    expect(whole.pinned).toBeNull();
    expect(whole.territories.map(({ locked }) => locked)).toEqual([false, true]);
  });

  it('asks of groups what their territories can do together', () => {
    const demands: Problem['demands'] = {
      permits: { row: Int32Array.of(0, -1, 1, -1), allowed: Uint8Array.of(0, 0, 1, 0, 1, 0) },
      accountPermits: { row: Int32Array.of(1, -1, 0), allowed: Uint8Array.of(0, 0, 1, 0, 1, 0) },
      together: null,
      groupIds: [],
      overlay: Int32Array.of(-1, 2, 1),
      baseLoad: Float64Array.of(1, 2, 4),
      limits: [],
      matrix: Float64Array.of(5, 1, 2, 3, 3, 9, 0, 1, 2, 1, 1, 1),
      mix: null,
      classMeasures: [],
      candidates: Float64Array.of(0, 0),
    };
    const groups = levelProblem(problem({ pinned: Int32Array.of(2, -1, 1, -1), demands }), level);
    expect(groups.pinned).toEqual(Int32Array.of(0, -1, 1, -1));
    expect(groups.demands).toEqual({
      ...demands,
      permits: { row: demands.permits!.row, allowed: Uint8Array.of(1, 0, 0, 1) },
      accountPermits: { row: demands.accountPermits!.row, allowed: Uint8Array.of(1, 0, 0, 1) },
      overlay: Int32Array.of(-1, 0, 1),
      baseLoad: Float64Array.of(5, 2),
      matrix: Float64Array.of(2, 1, 3, 3, 0, 1, 1, 1),
      candidates: null,
    });
  });
});
