import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBestUnit } from '../../src/metrics/best-unit.js';
import { arcKm, EARTH_RADIUS_KM, fixedCentersKm, fromKm, positionsKm } from '../../src/metrics/positions.js';
import type { Objective } from '../../src/types.js';
import { territories, tinyProblem } from './tiny-problem.js';
import { measureInertia } from './whole-map.js';

const close = (actual: number, expected: number, tolerance = 1e-9) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));

/** Great-circle distance by the haversine formula, from degrees. */
function haversineKm(a: readonly [number, number], b: readonly [number, number]): number {
  const r = Math.PI / 180;
  const s =
    Math.sin(((b[1] - a[1]) * r) / 2) ** 2 +
    Math.cos(a[1] * r) * Math.cos(b[1] * r) * Math.sin(((b[0] - a[0]) * r) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(s)));
}

/** 1 … 12 weighted places; some weigh nothing, some share a spot. */
const places = (spread: number) =>
  fc.array(
    fc.record({
      lng: fc.integer({ min: -1000 * spread, max: 1000 * spread }).map((x) => x / 1000),
      lat: fc.integer({ min: -500 * spread, max: 500 * spread }).map((x) => x / 1000),
      weight: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1000 })),
    }),
    { minLength: 1, maxLength: 12 },
  );

type Places = { lng: number; lat: number; weight: number }[];

function onSphere(rows: Places, objective: Partial<Objective> = {}, center: readonly [number, number] | null = null) {
  return tinyProblem({
    activity: [rows.map((row) => row.weight)],
    lngLat: rows.flatMap((row) => [row.lng, row.lat]),
    territories: [{ id: 'T1', center }],
    objective,
  });
}

const all = (rows: Places) => new Int32Array(rows.length);

describe('positions', () => {
  it('puts units on the sphere, rounded to a millimetre, and finds the way back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        (lng, lat) => {
          const [x, y, z] = positionsKm(onSphere([{ lng, lat, weight: 1 }]));
          close(Math.hypot(x!, y!, z!), EARTH_RADIUS_KM, 1e-9);
          expect(Math.round(x! * 1e6) / 1e6).toBe(x);
          const back = fromKm(x!, y!, z!, 'great-circle');
          expect(haversineKm([lng, lat], back)).toBeLessThan(1e-5);
        },
      ),
    );
  });

  it('uses planar kilometres as they are', () => {
    const problem = tinyProblem({ activity: [[1, 1]], xy: [1.5, -2, 3, 4], territories: territories(1) });
    expect([...positionsKm(problem)]).toEqual([1.5, -2, 0, 3, 4, 0]);
  });

  it('gives zeros without positions, and NaN for a centre that is free', () => {
    const problem = tinyProblem({ activity: [[1, 1]], territories: territories(1) });
    expect([...positionsKm(problem)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(measureInertia(problem, Int32Array.of(0, 0))).toEqual({ inertia: Float64Array.of(0), centers: [null] });
    expect([...fixedCentersKm(problem)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('turns a chord into an arc up to the antipode', () => {
    close(arcKm(2 * EARTH_RADIUS_KM), Math.PI * EARTH_RADIUS_KM);
    close(arcKm(Math.SQRT2 * EARTH_RADIUS_KM), (Math.PI / 2) * EARTH_RADIUS_KM);
    expect(arcKm(0)).toBe(0);
    close(arcKm(2 * EARTH_RADIUS_KM + 1e-6), Math.PI * EARTH_RADIUS_KM);
  });
});

describe('inertia', () => {
  it('matches planar cases worked by hand', () => {
    const base = { activity: [[1, 3]], xy: [0, 0, 4, 0], territories: territories(1) };
    const plan = Int32Array.of(0, 0);
    // centroid 3: 1 · 9 + 3 · 1 = 12 and 1 · 3 + 3 · 1 = 6; best unit 4: 16 and 4
    expect(measureInertia(tinyProblem(base), plan)).toEqual({ inertia: Float64Array.of(12), centers: [[3, 0]] });
    const distance = measureInertia(tinyProblem({ ...base, objective: { power: 1 } }), plan);
    expect(distance).toEqual({ inertia: Float64Array.of(6), centers: [[3, 0]] });
    const unit = measureInertia(tinyProblem({ ...base, objective: { center: 'unit' } }), plan);
    expect(unit).toEqual({ inertia: Float64Array.of(16), centers: [[4, 0]] });
    const unweighted = measureInertia(tinyProblem({ ...base, objective: { weight: null } }), plan);
    expect(unweighted).toEqual({ inertia: Float64Array.of(8), centers: [[2, 0]] });
    const fixed = tinyProblem({ ...base, territories: [{ id: 'T1', center: [1, 0] }] });
    expect(measureInertia(fixed, plan)).toEqual({ inertia: Float64Array.of(28), centers: [[1, 0]] });
  });

  it('leaves unassigned units and empty territories out', () => {
    const problem = tinyProblem({ activity: [[1, 1, 1]], xy: [0, 0, 2, 0, 100, 0], territories: territories(2) });
    expect(measureInertia(problem, Int32Array.of(1, 1, -1))).toEqual({
      inertia: Float64Array.of(0, 2),
      centers: [null, [1, 0]],
    });
  });

  it('equals Q − |S|² / W in chords', () => {
    fc.assert(
      fc.property(places(40), (rows) => {
        const problem = onSphere(rows);
        const p = positionsKm(problem);
        const total = rows.reduce((sum, row) => sum + row.weight, 0);
        let q = 0;
        const s = [0, 0, 0];
        rows.forEach((row, u) => {
          for (let i = 0; i < 3; i++) {
            q += row.weight * p[3 * u + i]! ** 2;
            s[i]! += row.weight * p[3 * u + i]!;
          }
        });
        const expected = total > 0 ? q - (s[0]! ** 2 + s[1]! ** 2 + s[2]! ** 2) / total : 0;
        // the naive form itself is only good to about 1e-15 of Q
        expect(Math.abs(measureInertia(problem, all(rows)).inertia[0]! - expected)).toBeLessThanOrEqual(
          1e-13 * q + 1e-9,
        );
      }),
    );
  });

  it('equals the sum over pairs of weights, Σ wᵢ wⱼ |pᵢ − pⱼ|² / 2 W', () => {
    fc.assert(
      fc.property(places(40), (rows) => {
        const problem = onSphere(rows);
        const p = positionsKm(problem);
        let pairs = 0;
        rows.forEach((a, i) => {
          rows.forEach((b, j) => {
            const d = [0, 1, 2].reduce((sum, x) => sum + (p[3 * i + x]! - p[3 * j + x]!) ** 2, 0);
            pairs += a.weight * b.weight * d;
          });
        });
        const total = rows.reduce((sum, row) => sum + row.weight, 0);
        close(measureInertia(problem, all(rows)).inertia[0]!, total > 0 ? pairs / (2 * total) : 0, 1e-9);
      }),
    );
  });

  // Positions are rounded to 1e-6 km per coordinate, so a distance is good to about 2e-6 km.
  const slack = (rows: Places, power: number, to: readonly [number, number]) =>
    rows.reduce((sum, row) => sum + row.weight * (1 + haversineKm([row.lng, row.lat], to)) ** (power - 1), 1) * 5e-6;

  it('measures arcs to a fixed centre, under either power', () => {
    fc.assert(
      fc.property(places(80), fc.constantFrom<1 | 2>(1, 2), (rows, power) => {
        const home = [10, 20] as const;
        const { inertia, centers } = measureInertia(onSphere(rows, { power }, home), all(rows));
        const expected = rows.reduce(
          (sum, row) => sum + row.weight * haversineKm([row.lng, row.lat], home) ** power,
          0,
        );
        expect(Math.abs(inertia[0]! - expected)).toBeLessThan(slack(rows, power, home));
        expect(centers[0]).toEqual(home);
      }),
    );
  });

  it('measures arcs to the centroid under power 1', () => {
    fc.assert(
      fc.property(places(40), (rows) => {
        const { inertia, centers } = measureInertia(onSphere(rows, { power: 1 }), all(rows));
        const center = centers[0]!;
        const expected = rows.reduce((sum, row) => sum + row.weight * haversineKm([row.lng, row.lat], center), 0);
        expect(Math.abs(inertia[0]! - expected)).toBeLessThan(slack(rows, 1, center));
      }),
    );
  });

  it('stays finite when members cancel out around the globe', () => {
    const rows = [
      { lng: 0, lat: 0, weight: 1 },
      { lng: 180, lat: 0, weight: 1 },
    ];
    const { inertia, centers } = measureInertia(onSphere(rows, { power: 1 }), all(rows));
    close(inertia[0]!, Math.PI * EARTH_RADIUS_KM, 1e-6);
    expect(centers[0]).toEqual([0, 0]);
  });

  it('does not depend on where on the globe a territory lies', () => {
    const rows = (lng: number) => [
      { lng: lng - 1, lat: 10, weight: 2 },
      { lng: lng + 1, lat: 11, weight: 5 },
      { lng, lat: 12, weight: 1 },
    ];
    const at = (lng: number) => measureInertia(onSphere(rows(lng)), new Int32Array(3)).inertia[0]!;
    const wrapped = rows(180).map((row) => ({ ...row, lng: row.lng > 180 ? row.lng - 360 : row.lng }));
    close(measureInertia(onSphere(wrapped), new Int32Array(3)).inertia[0]!, at(30), 1e-8);
  });
});

describe('best unit', () => {
  const kinds = fc.record({
    power: fc.constantFrom<1 | 2>(1, 2),
    planar: fc.boolean(),
    spread: fc.constantFrom(0.01, 2, 60, 180),
  });

  it('finds the unit that trying every unit finds', () => {
    const cases = kinds.chain(({ power, planar, spread }) => places(spread).map((rows) => ({ power, planar, rows })));
    fc.assert(
      fc.property(cases, ({ power, planar, rows }) => {
        const flat = rows.flatMap((row) => [row.lng, row.lat]);
        const problem = tinyProblem({
          activity: [rows.map((row) => row.weight)],
          ...(planar ? { xy: flat } : { lngLat: flat }),
          territories: territories(1),
        });
        const points = positionsKm(problem);
        const sums = rows.map((_, c) =>
          rows.reduce((sum, row, u) => {
            const chord = Math.hypot(...[0, 1, 2].map((i) => points[3 * u + i]! - points[3 * c + i]!));
            return sum + row.weight * (planar ? chord : arcKm(chord)) ** power;
          }, 0),
        );
        const least = Math.min(...sums);
        const best = findBestUnit(points, problem.activity, Int32Array.from(rows.keys()), power, planar);
        close(best.inertia, least);
        expect(best.unit).toBe(sums.findIndex((sum) => sum <= least * (1 + 1e-12)));
      }),
      { numRuns: 400 },
    );
  });

  it('gives ties to the lowest index and weightless territories their first unit', () => {
    const square = Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0);
    for (const power of [1, 2] as const) {
      expect(findBestUnit(square, new Float64Array(4).fill(1), Int32Array.of(0, 1, 2, 3), power, true).unit).toBe(0);
      expect(findBestUnit(square, new Float64Array(4).fill(1), Int32Array.of(1, 2), power, true).unit).toBe(1);
      expect(findBestUnit(square, new Float64Array(4), Int32Array.of(2, 3), power, true)).toEqual({
        unit: 2,
        inertia: 0,
      });
    }
  });

  it('evaluates few of many candidates', () => {
    const side = 60;
    const points = Float64Array.from({ length: 3 * side * side }, (_, i) =>
      i % 3 === 0 ? Math.floor(i / 3) % side : i % 3 === 1 ? Math.floor(i / 3 / side) : 0,
    );
    let reads = 0;
    const weights = new Proxy(new Float64Array(side * side).fill(1), {
      get: (target, key) => {
        reads++;
        return target[key as unknown as number];
      },
    });
    const units = Int32Array.from({ length: side * side }, (_, u) => u);
    findBestUnit(points, weights, units, 1, true);
    expect(reads).toBeLessThan(100 * side * side);
  });
});
