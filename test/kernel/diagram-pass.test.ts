import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNEL_ARRAY, type KernelArray, type KernelExports } from '../../src/kernel/abi.js';
import type { Problem } from '../../src/types.js';
import { tinyProblem } from '../metrics/tiny-problem.js';
import { loadKernel, readAssignment } from './kernel-fixture.js';

/** A problem that is only places, and a diagram over them. */
interface Scene {
  readonly problem: Problem;
  readonly centers: readonly (readonly [number, number])[];
  readonly prices: readonly number[];
}

/** Even and clustered places, several of them in one place; prices up to where whole territories vanish. */
function scene(): fc.Arbitrary<Scene> {
  return fc
    .record({ n: fc.integer({ min: 1, max: 400 }), k: fc.integer({ min: 1, max: 24 }), seed: fc.nat() })
    .chain(({ n, k, seed }) =>
      fc.record({
        kind: fc.constantFrom('even', 'clustered', 'lattice', 'line', 'one place' as const),
        spread: fc.constantFrom(0, 1, 30, 3000),
        locked: fc.constantFrom(0, 0, 1, Math.floor(k / 2)),
        n: fc.constant(n),
        k: fc.constant(k),
        seed: fc.constant(seed),
        twins: fc.boolean(),
        measures: fc.constantFrom(1, 2),
      }),
    )
    .map(({ kind, spread, locked, n, k, seed, twins, measures }) => {
      const random = generator(seed);
      const clusters = Array.from({ length: 4 }, () => [100 * random(), 100 * random()] as const);
      const point = (): readonly [number, number] => {
        if (kind === 'one place') return [5, 5];
        if (kind === 'line') return [100 * random(), 3];
        if (kind === 'lattice') return [Math.floor(12 * random()), Math.floor(12 * random())];
        const [x, y] = kind === 'even' ? ([0, 0] as const) : clusters[Math.floor(4 * random())]!;
        const wide = kind === 'even' ? 100 : 0.5;
        return [x + wide * random(), y + wide * random()];
      };
      const places = Array.from({ length: n }, point);
      const centers = Array.from({ length: k }, (_, t) => {
        const at = random() < 0.5 ? places[Math.floor(n * random())]! : point();
        return twins && t % 3 === 1 ? ([places[0]![0], places[0]![1]] as const) : at;
      });
      const prices = centers.map(() => (random() < 0.2 ? 0 : spread * (random() - 0.5)));
      const column = () => Array.from({ length: n }, () => (random() < 0.2 ? 0 : Math.floor(1 + 9 * random())));
      // some measure must be there
      const activity = Array.from({ length: measures }, () => [1, ...column().slice(1)]);
      const problem = tinyProblem({
        activity,
        xy: places.flat(),
        // every unit spaced as the ones before and after it in the list
        edges: Array.from({ length: n - 1 }, (_, u): [number, number] => [u, u + 1]),
        territories: centers.map((_, t) => ({ id: `T${t}`, locked: t > 0 && t <= locked && t < k })),
        today: places.map(() => (random() < 0.3 ? Math.floor(k * random()) : -1)),
      });
      return { problem, centers, prices };
    });
}

/** Marsaglia's xorshift. */
function generator(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const floats = (kernel: KernelExports, array: KernelArray, length: number) =>
  new Float64Array(kernel.memory.buffer, kernel.address(array) >>> 0, length);

/** Loads a scene; returns the kernel, and for each unit that may move what it pays each territory, Infinity for locked ones. */
function load({ problem, centers, prices }: Scene): { kernel: KernelExports; pays: (number[] | null)[] } {
  const kernel = loadKernel(problem);
  const n = problem.ids.length;
  const k = centers.length;
  const place = floats(kernel, KERNEL_ARRAY.place, 4 * n);
  const center = floats(kernel, KERNEL_ARRAY.center, 4 * k);
  // places are kept about their mean
  const shift = [0, 1].map((d) => place[d]! - problem.xy![d]!);
  centers.forEach((c, t) => {
    for (const d of [0, 1]) center[4 * t + d] = c[d]! + shift[d]!;
  });
  floats(kernel, KERNEL_ARRAY.price, k).set(prices);
  const held = (u: number) => problem.today![u]! >= 0 && problem.territories[problem.today![u]!]!.locked;
  const pays = problem.ids.map((_, u) =>
    held(u)
      ? null
      : centers.map((_, t) => {
          if (problem.territories[t]!.locked) return Infinity;
          const [dx, dy] = [0, 1].map((d) => Math.fround(place[4 * u + d]!) - center[4 * t + d]!);
          return dx! * dx! + dy! * dy! - prices[t]!;
        }),
  );
  return { kernel, pays };
}

/** Rounding of distances of up to some hundred kilometres, squared. */
const TIE = 1e-8;

/** Share of the problem that each unit is, over all measures. */
function masses({ activity, measures, ids }: Problem): number[] {
  const n = ids.length;
  const totals = measures.map((_, m) => activity.slice(m * n, (m + 1) * n).reduce((sum, x) => sum + x, 0));
  return ids.map((_, u) => totals.reduce((sum, total, m) => sum + activity[m * n + u]! / total / measures.length, 0));
}

describe('a pass over the power diagram, against all pairs of units and centres', () => {
  it('gives every unit to a territory that no other beats, and leaves locked ones alone', () => {
    fc.assert(
      fc.property(scene(), fc.constantFrom(1, 7, 1e6), (given, effort) => {
        const { kernel, pays } = load(given);
        kernel.writeDiagram(effort);
        const assignment = readAssignment(kernel, pays.length);
        pays.forEach((row, u) => {
          const t = assignment[u]!;
          if (!row) expect(t).toBe(given.problem.today![u]);
          else expect(row[t]! - Math.min(...row), `unit ${u} in ${t}`).toBeLessThanOrEqual(TIE);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('sums the masses that territories win', () => {
    fc.assert(
      fc.property(scene(), fc.constantFrom(1, 7, 1e6), (given, effort) => {
        const { kernel, pays } = load(given);
        kernel.sumDiagram(effort, 0, 0);
        const mass = masses(given.problem);
        const sums = floats(kernel, KERNEL_ARRAY.massLoad, given.prices.length);
        given.problem.territories.forEach(({ locked }, t) => {
          if (locked) return;
          let [least, most] = [0, 0];
          pays.forEach((row, u) => {
            if (!row) return;
            const others = Math.min(...row.filter((_, s) => s !== t));
            if (row[t]! < others - TIE) least += mass[u]!;
            if (row[t]! <= others + TIE) most += mass[u]!;
          });
          expect(sums[t]).toBeGreaterThanOrEqual(least - 1e-6);
          expect(sums[t]).toBeLessThanOrEqual(most + 1e-6);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('loses no mass to soft borders or coarse nodes', () => {
    const softness = fc.constantFrom(0, 1, 2);
    fc.assert(
      fc.property(scene(), softness, fc.constantFrom(0, 0.01, 0.2), (given, soft, grain) => {
        const { kernel, pays } = load(given);
        kernel.sumDiagram(1e6, soft, grain);
        const mass = masses(given.problem);
        const free = pays.reduce((sum, row, u) => sum + (row ? mass[u]! : 0), 0);
        const sums = floats(kernel, KERNEL_ARRAY.massLoad, given.prices.length);
        const open = sums.filter((_, t) => !given.problem.territories[t]!.locked);
        expect(open.reduce((sum, x) => sum + x, 0)).toBeCloseTo(open.length > 0 ? free : 0, 5);
      }),
      { numRuns: 200 },
    );
  });

  it('has a dual value that falls by the mass of a territory as its price rises', () => {
    fc.assert(
      fc.property(scene(), fc.nat(), (given, pick) => {
        const { kernel, pays } = load(given);
        const t = pick % given.prices.length;
        if (given.problem.territories[t]!.locked || pays.every((row) => !row)) return;
        const value = kernel.sumDiagram(1e6, 0, 0);
        const mass = floats(kernel, KERNEL_ARRAY.massLoad, given.prices.length)[t]!;
        const price = floats(kernel, KERNEL_ARRAY.price, given.prices.length);
        // concave: no step up or down gains more than the slope says
        for (const step of [-10, -0.1, 0.1, 10]) {
          price[t] = given.prices[t]! + step;
          expect(kernel.sumDiagram(1e6, 0, 0) - value).toBeLessThanOrEqual(-mass * step + 1e-6);
        }
      }),
      { numRuns: 200 },
    );
  });
});
