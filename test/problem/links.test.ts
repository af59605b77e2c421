import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { joinGraph, labelComponents, singletons, union } from '../../src/problem/components.js';
import { buildGraph, type EdgeList } from '../../src/problem/graph.js';
import { findAutomaticLinks } from '../../src/problem/links.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { squaredDistance } from '../../src/problem/sphere.js';
import type { Problem, Unit } from '../../src/types.js';
import { problem } from '../arbitraries.js';

function listEdges(pairs: readonly (readonly [number, number])[]): EdgeList {
  const sorted = pairs.filter(([a, b]) => a !== b).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
  return {
    count: sorted.length,
    u: Int32Array.from(sorted, ([u]) => u!),
    v: Int32Array.from(sorted, ([, v]) => v!),
  };
}

function pairsOf(list: EdgeList): [number, number][] {
  return Array.from(list.u, (u, e) => [u, list.v[e]!]);
}

/** Kruskal over all pairs: slow and plain. */
function kruskal(n: number, edges: EdgeList, points: Float64Array, barred: ReadonlySet<number>): [number, number][] {
  const parent = joinGraph(buildGraph(n, edges));
  const pairs: [number, number][] = [];
  for (let u = 0; u < n; u++) for (let v = u + 1; v < n; v++) if (!barred.has(u * n + v)) pairs.push([u, v]);
  const distance = ([u, v]: [number, number]) => squaredDistance(points, u, v);
  pairs.sort((a, b) => distance(a) - distance(b) || a[0] - b[0] || a[1] - b[1]);
  return pairs.filter(([u, v]) => union(parent, u, v)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function countComponents(p: Problem): number {
  const parent = Int32Array.from(p.ids.keys());
  for (let u = 0; u < p.ids.length; u++) {
    for (let slot = p.offsets[u]!; slot < p.offsets[u + 1]!; slot++) union(parent, u, p.neighbors[slot]!);
  }
  return labelComponents(parent).count;
}

const unit = (id: string, x: number, y: number): Unit => ({ id, x, y, activity: { h: 1 } });

/** All units may be ends. */
const ends = (points: Float64Array) => () => ({ units: singletons(points.length / 3), points });

describe('automatic links', () => {
  it('are the minimum spanning tree of the components, as by brute force', () => {
    const scene = fc.integer({ min: 1, max: 70 }).chain((n) => {
      const index = fc.nat(n - 1);
      // Few distinct coordinates, so that equal distances and equal points are common.
      const coordinate = fc.integer({ min: 0, max: 12 });
      return fc.record({
        n: fc.constant(n),
        coordinates: fc.array(coordinate, { minLength: 3 * n, maxLength: 3 * n }),
        pairs: fc.array(fc.tuple(index, index), { maxLength: 2 * n }),
        barriers: fc.array(fc.tuple(index, index), { maxLength: 6 }),
      });
    });
    fc.assert(
      fc.property(scene, ({ n, coordinates, pairs, barriers }) => {
        const edges = listEdges(pairs);
        const points = Float64Array.from(coordinates);
        const barred = new Set(pairsOf(listEdges(barriers)).map(([u, v]) => u * n + v));
        const links = findAutomaticLinks(buildGraph(n, edges), ends(points), (u, v) => barred.has(u * n + v));
        expect(pairsOf(links)).toEqual(kruskal(n, edges, points, barred));
      }),
      { numRuns: 300 },
    );
  });

  it('leave one component wherever contiguity is required and no barrier stands between single units', () => {
    fc.assert(
      fc.property(problem({ contiguity: 'required' }), (p) => {
        // Barriers are drawn from neighbours; two of them can only cut off all pairs of tiny problems.
        fc.pre(p.ids.length > 4);
        expect(countComponents(p)).toBe(1);
      }),
      { numRuns: 80 },
    );
  });

  it('are not made when contiguity is off', () => {
    fc.assert(
      fc.property(problem({ contiguity: 'off' }), (p) => {
        expect(p.links).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('join the nearest units of islands and are listed by id', () => {
    const units = [unit('a', 0, 0), unit('b', 1, 0), unit('c', 3, 0), unit('d', 4, 0), unit('e', 4, 2.5)];
    const p = prepareProblem({
      units,
      edges: [
        [0, 1],
        [2, 3],
      ],
      territories: 2,
    });
    expect(p.links).toEqual([
      ['b', 'c'],
      ['d', 'e'],
    ]);
  });

  it('never join the very pair that a barrier parts', () => {
    const units = [unit('a', 0, 0), unit('b', 1, 0), unit('c', 2, 0)];
    const chain = {
      units,
      edges: [
        [0, 1],
        [1, 2],
      ] as [number, number][],
      territories: 1,
    };
    expect(prepareProblem({ ...chain, barriers: [['b', 'a']] }).links).toEqual([['a', 'c']]);
    const alone = { units: units.slice(0, 2), edges: [[0, 1]] as [number, number][], territories: 1 };
    const parted = prepareProblem({ ...alone, barriers: [['a', 'b']] });
    expect(parted.links).toEqual([]);
    expect(countComponents(parted)).toBe(2);
  });

  it('join by lowest index where there are no positions', () => {
    const units = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, activity: { h: 1 } }));
    const p = prepareProblem({
      units,
      edges: [
        [0, 2],
        [3, 4],
      ],
      territories: 1,
      objective: { inertia: 0 },
    });
    expect(p.links).toEqual([
      ['a', 'b'],
      ['a', 'd'],
    ]);
  });

  it('are found among 30,000 units and 300 islands without trying all pairs', () => {
    const n = 30_000;
    const points = new Float64Array(3 * n);
    const pairs: [number, number][] = [];
    // A comb: 300 columns of 100 units, 2 apart, units 1 apart; each column is an island.
    for (let u = 0; u < n; u++) {
      points[3 * u] = 2 * Math.floor(u / 100);
      points[3 * u + 1] = u % 100;
      if (u % 100) pairs.push([u - 1, u]);
    }
    const links = pairsOf(findAutomaticLinks(buildGraph(n, listEdges(pairs)), ends(points), () => false));
    expect(links).toEqual(Array.from({ length: 299 }, (_, i) => [100 * i, 100 * i + 100]));
  });
});

describe('declared links and barriers', () => {
  const disk = gridDisk(latLngToCell(39.5, -105.5, 6), 1);
  const far = gridDisk(latLngToCell(39.5, -60, 6), 1);
  const cells = [...disk, ...far].map((cell) => ({ cell, activity: { h: 1 } }));

  it('replace automatic ones, have no border, and may be given in capitals and twice', () => {
    const [a, b] = [disk[0]!, far[0]!];
    const links = [
      [a, b.toUpperCase()],
      [b, a],
    ] as const;
    const p = prepareProblem({ cells, links, territories: 1 });
    expect(p.links).toEqual([]);
    expect(countComponents(p)).toBe(1);
    const u = p.ids.indexOf(a);
    const slot = p.neighbors.indexOf(p.ids.indexOf(b), p.offsets[u]);
    expect(slot).toBeLessThan(p.offsets[u + 1]!);
    expect(p.edgeKm![slot]).toBe(0);
  });

  it('add nothing between neighbours', () => {
    const plain = prepareProblem({ cells, territories: 1 });
    expect(prepareProblem({ cells, links: [[disk[0]!, disk[1]!]], territories: 1 })).toEqual(plain);
  });

  it('take the edge away, and its border counts as outside', () => {
    const plain = prepareProblem({ cells, territories: 1 });
    const barred = prepareProblem({ cells, barriers: [[disk[0]!, disk[1]!]], territories: 1 });
    const [u, v] = [plain.ids.indexOf(disk[0]!), plain.ids.indexOf(disk[1]!)];
    const slot = plain.neighbors.indexOf(v, plain.offsets[u]);
    expect([...barred.neighbors.subarray(barred.offsets[u], barred.offsets[u + 1])]).not.toContain(v);
    expect(barred.neighbors).toHaveLength(plain.neighbors.length - 2);
    expect(barred.outerKm![u]! - plain.outerKm![u]!).toBeCloseTo(plain.edgeKm![slot]!, 5);
  });
});
