/**
 * Empty cells that join what is apart. Rounds of Borůvka's minimum spanning tree: each group of cells reaches for its
 * nearest other group along a straight chain of cells, shortest gaps first; chains of earlier rounds are ground for
 * later ones. A spanning tree has at most twice the cells of the least Steiner tree, in practice a few per cent more.
 */
import { cellToLatLng, getHexagonEdgeLengthAvg } from 'h3-js';
import { Around, idOf } from './cell-keys.js';
import { type Components, find, labelComponents, union } from './components.js';
import { buildTree, findNearestPairs } from './nearest-pairs.js';
import { round, squaredDistance, writePointKm } from './sphere.js';

/**
 * Longest chain of empty cells. Wider gaps, such as an ocean, are left to automatic links: 64 cells are about
 * 1,100 km at resolution 5, 420 km at 6 and 160 km at 7.
 */
export const MAX_BRIDGE_CELLS = 64;

/** Cells with their groups, kept up to date as cells are added. */
class GrowingGround {
  readonly keys: number[] = [];
  readonly parent: number[] = [];
  /** Empty neighbours per cell. */
  private readonly open: number[] = [];
  /** `[x, y, z]` in km per cell, NaN until needed. */
  private readonly points: number[] = [];
  private readonly indexOf = new Map<number, number>();
  private readonly around = new Around();

  constructor(private readonly resolution: number) {}

  add(key: number): void {
    if (this.indexOf.has(key)) return;
    const u = this.keys.push(key) - 1;
    this.indexOf.set(key, u);
    this.parent.push(u);
    this.points.push(Number.NaN, Number.NaN, Number.NaN);
    const { keys, count } = this.around.look(key, this.resolution);
    let open = count;
    for (let s = 0; s < count; s++) {
      const v = this.indexOf.get(keys[s]!);
      if (v === undefined) continue;
      union(this.parent, u, v);
      open--;
      this.open[v]!--;
    }
    this.open.push(open);
  }

  /**
   * The cells with empty neighbours. Only they can be nearest to another group: of any other cell, one of the six
   * neighbours, all in its group, is nearer.
   */
  rim(components: Components) {
    const cells: number[] = [];
    for (let u = 0; u < this.keys.length; u++) if (this.open[u]! > 0) cells.push(u);
    const points = new Float64Array(3 * cells.length);
    const of = new Int32Array(cells.length);
    for (let i = 0; i < cells.length; i++) {
      const u = cells[i]!;
      of[i] = components.of[u]!;
      if (Number.isNaN(this.points[3 * u]!)) placeCell(this.points, 3 * u, this.keys[u]!, this.resolution);
      for (let c = 0; c < 3; c++) points[3 * i + c] = this.points[3 * u + c]!;
    }
    return { cells, points, components: { ...components, of } };
  }
}

function placeCell(points: Float64Array | number[], at: number, key: number, resolution: number): void {
  const [lat, lng] = cellToLatLng(idOf(key, resolution));
  writePointKm(points, at, round(lat, 9), round(lng, 9));
}

/** Keys of `cells` and of what joins them, ascending. Up to log₂(groups) rounds of about 10 µs per cell on a rim. */
export function bridgeCells(cells: Float64Array, resolution: number): Float64Array {
  const ground = new GrowingGround(resolution);
  for (const key of cells) ground.add(key);
  // Centres of neighbours are √3 edge lengths apart on average; the factor leaves room for distortion.
  const edgeKm = getHexagonEdgeLengthAvg(resolution, 'km');
  const reachKm = 1.5 * (MAX_BRIDGE_CELLS + 1) * Math.sqrt(3) * edgeKm;
  for (let grown = true; grown; ) {
    grown = false;
    const components = labelComponents(ground.parent);
    if (components.count === 1) break;
    const rim = ground.rim(components);
    for (const { u, v, squaredKm } of findNearestPairs(buildTree(rim.points), rim.components)) {
      if (squaredKm > reachKm * reachKm) break;
      const [from, to] = [rim.cells[u]!, rim.cells[v]!];
      if (find(ground.parent, from) === find(ground.parent, to)) continue;
      const chain = walk(ground.keys[from]!, ground.keys[to]!, resolution);
      if (!chain) continue;
      for (const key of chain) ground.add(key);
      grown = true;
    }
  }
  return Float64Array.from(ground.keys).sort();
}

/**
 * The cells strictly between two cells: from each on to the neighbour nearest to the goal, the lowest among equals,
 * which on a hexagonal grid is a shortest path, also across pentagons and face edges. Null when it takes more than
 * `MAX_BRIDGE_CELLS`.
 */
function walk(from: number, to: number, resolution: number): number[] | null {
  const chain: number[] = [];
  const around = new Around();
  const points = new Float64Array(6);
  placeCell(points, 0, to, resolution);
  // Neighbours of the cell before were no nearer than this one, so its own nearest is not among them.
  const known = new Set([from]);
  for (let at = from; ; ) {
    const { keys, count } = around.look(at, resolution);
    let nearest = -1;
    let least = Infinity;
    for (let s = 0; s < count; s++) {
      const key = keys[s]!;
      if (key === to) return chain;
      if (known.has(key)) continue;
      known.add(key);
      placeCell(points, 3, key, resolution);
      const squaredKm = squaredDistance(points, 0, 1);
      if (squaredKm < least || (squaredKm === least && key < nearest)) {
        least = squaredKm;
        nearest = key;
      }
    }
    at = nearest;
    if (chain.push(at) > MAX_BRIDGE_CELLS) return null;
  }
}
