import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexHullArea } from '../../src/metrics/convex-hull.js';
import { estimateTravel } from '../../src/metrics/travel.js';
import { tinyProblem } from './tiny-problem.js';

const DEGREE_KM = (Math.PI / 180) * 6371.0072;

function problemAt(places: readonly (readonly [number, number])[], center: readonly [number, number] | null = null) {
  return tinyProblem({
    activity: [[places.length]],
    lngLat: [0, 0],
    territories: [{ id: 'T1', center }],
    accounts: places.map((at) => ({ unit: 0, activity: [1], at })),
  });
}

const estimate = (
  places: readonly (readonly [number, number])[],
  options = {},
  center: readonly [number, number] | null = null,
) => estimateTravel(problemAt(places, center), new Int32Array(places.length), 1, options)![0]!;

/** Twice the area inside of all lines that have every point on one side (gift wrapping), for whole coordinates. */
function wrappedArea(points: readonly (readonly [number, number])[]): number {
  const turn = (a: readonly number[], b: readonly number[], c: readonly number[]) =>
    (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!);
  const far = (a: readonly number[], b: readonly number[]) => (a[0]! - b[0]!) ** 2 + (a[1]! - b[1]!) ** 2;
  const start = points.reduce((a, b) => (b[0] < a[0] || (b[0] === a[0] && b[1] < a[1]) ? b : a));
  let area = 0;
  let at = start;
  do {
    const next = points.reduce((best, p) => {
      const side = turn(at, best, p);
      return side < 0 || (side === 0 && far(at, p) > far(at, best)) ? p : best;
    }, at);
    area += turn(start, at, next);
    at = next;
  } while (at[0] !== start[0] || at[1] !== start[1]);
  return area;
}

describe('convex hull', () => {
  it('has the area that wrapping the points gives, many or few, on a line or a spot', () => {
    const point = (x: number, y: number) => fc.tuple(fc.integer({ min: -x, max: x }), fc.integer({ min: -y, max: y }));
    const cloud = fc
      .tuple(fc.constantFrom(0, 1, 8, 1000), fc.constantFrom(0, 1, 8, 1000))
      .chain(([x, y]) => fc.array(point(x, y), { minLength: 1, maxLength: 300, size: 'max' }));
    fc.assert(
      fc.property(cloud, (points) => {
        expect(convexHullArea(Float64Array.from(points.flat()))).toBe(wrappedArea(points) / 2);
      }),
    );
  });

  it('has the area of known shapes', () => {
    expect(convexHullArea(Float64Array.of(0, 0, 4, 0, 4, 3, 0, 3, 2, 1, 2, 0))).toBe(12);
    expect(convexHullArea(Float64Array.of(0, 0, 1, 1, 2, 2, 3, 3))).toBe(0);
    expect(convexHullArea(Float64Array.of(1, 1, 1, 1, 1, 1))).toBe(0);
    expect(convexHullArea(Float64Array.of(0, 0, 5, 5))).toBe(0);
  });

  it('is the largest area that a fan of triangles over its points can reach', () => {
    const points = fc
      .array(fc.integer({ min: 0, max: 20 }), { minLength: 6, maxLength: 16 })
      .filter((p) => p.length % 2 === 0);
    fc.assert(
      fc.property(points, (flat) => {
        const at = (i: number) => [flat[2 * i]!, flat[2 * i + 1]!] as const;
        const indices = Array.from({ length: flat.length / 2 }, (_, i) => i);
        const side = (a: number, b: number, c: number) =>
          (at(b)[0] - at(a)[0]) * (at(c)[1] - at(a)[1]) - (at(b)[1] - at(a)[1]) * (at(c)[0] - at(a)[0]);
        // Green's theorem over the directed pairs that have every point on their left, farthest ends only
        let twice = 0;
        for (const a of indices) {
          const ends = indices.filter(
            (b) => (at(b)[0] !== at(a)[0] || at(b)[1] !== at(a)[1]) && indices.every((c) => side(a, b, c) >= 0),
          );
          const apart = (b: number) => (at(b)[0] - at(a)[0]) ** 2 + (at(b)[1] - at(a)[1]) ** 2;
          const inner = indices.some((s) => indices.some((e) => side(s, e, a) === 0 && isBetween(at(s), at(a), at(e))));
          const copy = indices.some((i) => i < a && at(i)[0] === at(a)[0] && at(i)[1] === at(a)[1]);
          if (inner || copy || ends.length === 0) continue;
          const end = ends.reduce((far, b) => (apart(b) > apart(far) ? b : far));
          twice += at(a)[0] * at(end)[1] - at(a)[1] * at(end)[0];
        }
        expect(convexHullArea(Float64Array.from(flat))).toBeCloseTo(Math.abs(twice) / 2, 9);
      }),
    );
  });
});

describe('travel estimate', () => {
  it('matches a square worked by hand', () => {
    // four accounts at the corners of a square of 0.2°, so r = 0.1 √2 degrees and A = 0.04 square degrees
    const square = [
      [-0.1, -0.1],
      [0.1, -0.1],
      [0.1, 0.1],
      [-0.1, 0.1],
    ] as const;
    const expected = 1.3 * (2 * 0.1 * Math.SQRT2 * DEGREE_KM * (4 / 8) + 0.57 * Math.sqrt(4 * (0.2 * DEGREE_KM) ** 2));
    expect(Math.abs(estimate(square) / expected - 1)).toBeLessThan(1e-5);
  });

  it('starts at the fixed centre of a territory', () => {
    const places = [
      [0, 0],
      [0, 0.001],
    ] as const;
    const far = estimate(places, {}, [0, 1]);
    expect(far).toBeCloseTo(1.3 * 2 * (1 - 0.0005) * DEGREE_KM * (2 / 8), 3);
    expect(estimate(places)).toBeLessThan(far / 100);
  });

  it('has no trouble at the poles and the antimeridian', () => {
    const shape = [
      [-0.3, -0.1],
      [0.2, -0.1],
      [0.1, 0.3],
    ] as const;
    const here = estimate(shape);
    expect(estimate(shape.map(([x, y]) => [x < 0 ? x + 180 : x - 180, y] as const))).toBeCloseTo(here, 5);
    const polar = [0, 120, 240].map((lng) => [lng, 89.9] as const);
    const expected =
      1.3 * (0.2 * DEGREE_KM * (3 / 8) + 0.57 * Math.sqrt(3 * ((3 * Math.sqrt(3)) / 4) * (0.1 * DEGREE_KM) ** 2));
    expect(Math.abs(estimate(polar) / expected - 1)).toBeLessThan(1e-5);
    expect(
      Number.isFinite(
        estimate([
          [0, 0],
          [180, 0],
          [90, 0],
        ]),
      ),
    ).toBe(true);
  });

  it('takes at least the occupied cells for the area, shared by their accounts', () => {
    const at = [10, 20] as const;
    const problem = { ...problemAt([at, at, at, at]), areaKm2: Float64Array.of(100) };
    const travel = estimateTravel(problem, Int32Array.of(0, 0, 0, 1), 3)!;
    expect(travel[0]).toBeCloseTo(1.3 * 0.57 * Math.sqrt(3 * 75), 5);
    expect(travel[1]).toBeCloseTo(1.3 * 0.57 * Math.sqrt(1 * 25), 5);
    expect(travel[2]).toBe(0);
  });

  it('skips accounts without a rep and problems without accounts', () => {
    const problem = problemAt([
      [0, 0],
      [5, 5],
    ]);
    expect([...estimateTravel(problem, Int32Array.of(-1, -1), 1)!]).toEqual([0]);
    expect(
      estimateTravel(tinyProblem({ activity: [[1]], territories: [{ id: 'T1' }] }), new Int32Array(0), 1),
    ).toBeNull();
  });

  it('follows its options and rejects bad ones', () => {
    const places = [
      [0, 0],
      [1, 0],
      [0, 1],
    ] as const;
    const base = estimate(places);
    expect(estimate(places, { circuity: 2.6 })).toBeCloseTo(2 * base, 5);
    expect(estimate(places, { stopsPerTour: 16 })).toBeLessThan(base);
    expect(estimate(places, { tourConstant: 0.7124 })).toBeGreaterThan(base);
    for (const [key, value] of [
      ['stopsPerTour', 0],
      ['tourConstant', Number.NaN],
      ['circuity', 0.9],
      ['speed', 1],
      ['constructor', 1],
      ['circuity', '2'],
    ]) {
      const path = String(key);
      expect(() => estimate(places, { [path]: value })).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION', details: expect.objectContaining({ path }) }),
      );
    }
  });

  it('grows when accounts are added at random places', () => {
    const place = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 12 }), (places) => {
        const home = [0, 0] as const;
        const few = places.map(([x, y]) => [x / 10, y / 10] as const);
        expect(estimate([...few, [3, 3]], {}, home)).toBeGreaterThanOrEqual(estimate(few, {}, home) - 1e-3);
      }),
    );
  });
});

function isBetween(a: readonly [number, number], p: readonly [number, number], b: readonly [number, number]): boolean {
  return (p[0] - a[0]) * (p[0] - b[0]) + (p[1] - a[1]) * (p[1] - b[1]) < 0;
}
