import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowToBounds } from '../../src/moves/territory-flow.js';

/** Ways both ways between the pairs of a list. */
function waysOf(k: number, pairs: readonly (readonly [number, number, number])[]) {
  const ways: { to: number; cost: number }[][] = Array.from({ length: k }, () => []);
  for (const [s, t, cost] of pairs) {
    ways[s]!.push({ to: t, cost });
    ways[t]!.push({ to: s, cost });
  }
  return ways;
}

describe('flowToBounds', () => {
  it('sends what is too much along the shortest way to where there is room', () => {
    const ways = waysOf(4, [
      [0, 1, 1],
      [1, 2, 1],
      [0, 3, 5],
    ]);
    const bounds = { lower: [0, 0, 0, 0], upper: [10, 10, 10, 10] };
    expect(flowToBounds({ load: [14, 10, 2, 2], ...bounds, ways })).toEqual([
      { from: 0, to: 1, amount: 4 },
      { from: 1, to: 2, amount: 4 },
    ]);
  });

  it('fetches what is too little', () => {
    const ways = waysOf(3, [
      [0, 1, 1],
      [1, 2, 1],
    ]);
    const bounds = { lower: [5, 5, 5], upper: [Infinity, Infinity, Infinity] };
    expect(flowToBounds({ load: [9, 5, 3], ...bounds, ways })).toEqual([
      { from: 0, to: 1, amount: 2 },
      { from: 1, to: 2, amount: 2 },
    ]);
  });

  it('brings every load within its bounds where the bounds add up and everything is joined', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }).chain((k) =>
          fc.record({
            load: fc.array(fc.nat(100), { minLength: k, maxLength: k }),
            // a tree, so that all are joined, and some more ways
            parents: fc.array(fc.nat(), { minLength: k - 1, maxLength: k - 1 }),
            costs: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2 * k, maxLength: 2 * k }),
            more: fc.array(fc.tuple(fc.nat(k - 1), fc.nat(k - 1)), { maxLength: k }),
            slack: fc.integer({ min: 0, max: 20 }),
          }),
        ),
        ({ load, parents, costs, more, slack }) => {
          const k = load.length;
          const tree = parents.map((p, i) => [i + 1, p % (i + 1), costs[i]!] as const);
          const extra = more.filter(([s, t]) => s !== t).map(([s, t], i) => [s, t, costs[k + i]!] as const);
          const mean = load.reduce((a, b) => a + b, 0) / k;
          const lower = new Float64Array(k).fill(mean * (1 - slack / 100));
          const upper = new Float64Array(k).fill(mean * (1 + slack / 100));
          const now = Float64Array.from(load);
          for (const { from, to, amount } of flowToBounds({
            load,
            lower,
            upper,
            ways: waysOf(k, [...tree, ...extra]),
          })) {
            expect(amount).toBeGreaterThan(0);
            now[from]! -= amount;
            now[to]! += amount;
          }
          for (let t = 0; t < k; t++) {
            expect(now[t]!).toBeGreaterThanOrEqual(lower[t]! - 1e-6);
            expect(now[t]!).toBeLessThanOrEqual(upper[t]! + 1e-6);
          }
        },
      ),
    );
  });
});
