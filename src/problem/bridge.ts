/**
 * Empty cells that join what is apart. Rounds of Borůvka's minimum spanning tree: each group of cells reaches for its
 * nearest other group along a straight chain of cells, shortest gaps first; chains of earlier rounds are ground for
 * later ones. A spanning tree has at most twice the cells of the least Steiner tree, in practice a few per cent more.
 */
import { getHexagonEdgeLengthAvg, getResolution } from 'h3-js';
import { locateCells, neighborsOf } from './adjacency.js';
import { find, labelComponents, union } from './components.js';
import { buildTree, findNearestPairs } from './nearest-pairs.js';
import { squaredDistance, toPointsKm } from './sphere.js';

/**
 * Longest chain of empty cells. Wider gaps, such as an ocean, are left to automatic links: 64 cells are about
 * 1,100 km at resolution 5, 420 km at 6 and 160 km at 7.
 */
export const MAX_BRIDGE_CELLS = 64;

/** Cells with their groups, kept up to date as cells are added. */
class GrowingGround {
  readonly ids: string[] = [];
  readonly parent: number[] = [];
  /** `[x, y, z]` in km per cell. */
  readonly points: number[] = [];
  private readonly indexOf = new Map<string, number>();

  add(cell: string): void {
    if (this.indexOf.has(cell)) return;
    const u = this.ids.push(cell) - 1;
    this.indexOf.set(cell, u);
    this.parent.push(u);
    this.points.push(...toPointsKm(locateCells([cell])));
    for (const other of neighborsOf(cell)) {
      const v = this.indexOf.get(other);
      if (v !== undefined) union(this.parent, u, v);
    }
  }
}

/** `cells` and what joins them, ascending. About 20 µs per cell and round, with log₂(groups) rounds at most. */
export function bridgeCells(cells: readonly string[]): string[] {
  const ground = new GrowingGround();
  for (const cell of cells) ground.add(cell);
  // Centres of neighbours are √3 edge lengths apart on average; the factor leaves room for distortion.
  const edgeKm = getHexagonEdgeLengthAvg(getResolution(cells[0]!), 'km');
  const reachKm = 1.5 * (MAX_BRIDGE_CELLS + 1) * Math.sqrt(3) * edgeKm;
  for (let grown = true; grown; ) {
    grown = false;
    const components = labelComponents(ground.parent);
    if (components.count === 1) break;
    const tree = buildTree(Float64Array.from(ground.points));
    for (const { u, v, squaredKm } of findNearestPairs(tree, components)) {
      if (squaredKm > reachKm * reachKm) break;
      if (find(ground.parent, u) === find(ground.parent, v)) continue;
      const chain = walk(ground.ids[u]!, ground.ids[v]!);
      if (!chain) continue;
      for (const cell of chain) ground.add(cell);
      grown = true;
    }
  }
  return ground.ids.sort();
}

/**
 * The cells strictly between two cells: from each on to the neighbour nearest to the goal, which on a hexagonal grid is
 * a shortest path, also across pentagons and face edges. Null when it takes more than `MAX_BRIDGE_CELLS`.
 */
function walk(from: string, to: string): string[] | null {
  const chain: string[] = [];
  for (let at = from; ; ) {
    const around = neighborsOf(at).sort();
    if (around.includes(to)) return chain;
    const points = toPointsKm(locateCells([to, ...around]));
    let nearest = 1;
    for (let i = 2; i <= around.length; i++) {
      if (squaredDistance(points, i, 0) < squaredDistance(points, nearest, 0)) nearest = i;
    }
    at = around[nearest - 1]!;
    if (chain.push(at) > MAX_BRIDGE_CELLS) return null;
  }
}
