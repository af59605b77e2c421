/** Planar problems of at most 9 units and 3 territories, with borders of 0 to 4 km, small enough to try every plan. */
import fc from 'fast-check';
import type { Objective, Problem } from '../../src/types.js';
import { territories, tinyProblem } from '../metrics/tiny-problem.js';

export interface TinyCaseOptions {
  readonly objective: Partial<Objective>;
  /** @default free centres only */
  readonly fixedCenters?: boolean;
  /** @default either */
  readonly contiguity?: 'required' | 'off';
  /** @default shares of 1 and 2 */
  readonly equalShares?: boolean;
}

/** Lattices with some diagonals and some edges missing, connected or not; one or two measures; unequal shares. */
export function tinyCase({
  objective,
  fixedCenters = false,
  equalShares = false,
  ...given
}: TinyCaseOptions): fc.Arbitrary<Problem> {
  return fc
    .record({ width: fc.integer({ min: 1, max: 3 }), height: fc.integer({ min: 2, max: 3 }) })
    .chain(({ width, height }) => {
      const n = width * height;
      const column = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: n, maxLength: n });
      return fc.record({
        width: fc.constant(width),
        k: fc.integer({ min: 1, max: Math.min(3, n) }),
        activity: fc.array(column, { minLength: 1, maxLength: 2 }),
        off: fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 2 * n, maxLength: 2 * n }),
        keep: fc.array(fc.constantFrom(true, true, true, false), { minLength: 3 * n, maxLength: 3 * n }),
        shares: fc.array(equalShares ? fc.constant(1) : fc.constantFrom(1, 1, 2), { minLength: 3, maxLength: 3 }),
        tolerance: fc.constantFrom(0.05, 0.2, 0.5),
        contiguity: given.contiguity
          ? fc.constant(given.contiguity)
          : fc.constantFrom('required' as const, 'off' as const),
        today: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: n, maxLength: n }),
      });
    })
    .map(({ width, k, activity, off, keep, shares, tolerance, contiguity, today }) => {
      const n = activity[0]!.length;
      const edges: [number, number, number][] = [];
      const join = (u: number, v: number) => edges.push([u, v, (off[2 * u]! + off[2 * v + 1]! + 60) / 30]);
      for (let u = 0; u < n; u++) {
        const right = u % width < width - 1;
        if (right && keep[3 * u]) join(u, u + 1);
        if (u + width < n && keep[3 * u + 1]) join(u, u + width);
        if (right && u + width < n && keep[3 * u + 2]) join(u, u + width + 1);
      }
      return tinyProblem({
        activity,
        edges,
        xy: Array.from({ length: n }, (_, u) => [
          (u % width) + off[2 * u]! / 100,
          Math.floor(u / width) + off[2 * u + 1]! / 100,
        ]).flat(),
        territories: territories(k).map((spec, t) => ({
          ...spec,
          share: shares[t]!,
          ...(fixedCenters ? { center: [t * 0.7, (t * t) % 3] as const } : {}),
        })),
        tolerance,
        contiguity,
        objective,
        ...(objective.disruption ? { today: today.map((t) => (t < k ? t : -1)) } : {}),
      });
    });
}
