/**
 * Nearest pairs of points in different components: one round of Borůvka's minimum spanning tree (1926) over a k-d tree
 * whose nodes know when all their points are of one component. Pairs are ordered by (distance, lower, higher index),
 * a total order, so the tree is one and the same whatever the rounding of ties.
 */

import type { Components } from './components.js';
import { squaredDistance } from './sphere.js';

/** Points per leaf at most. */
const LEAF = 8;

/** The node that spans `[first, last)` of `order`; children are 2i + 1 and 2i + 2. */
interface Tree {
  readonly order: Int32Array;
  readonly points: Float64Array;
  readonly nodes: number;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Lowest and highest x, y, z per node. */
  readonly boxes: Float64Array;
  readonly leaf: Uint8Array;
}

/** `points`: `[x, y, z]` each. O(n log n). */
export function buildTree(points: Float64Array): Tree {
  const n = points.length / 3;
  let levels = 0;
  while (LEAF * 2 ** levels < n) levels++;
  const nodes = 2 ** (levels + 1) - 1;
  const tree: Tree = {
    order: Int32Array.from({ length: n }, (_, u) => u),
    points,
    nodes,
    first: new Int32Array(nodes),
    last: new Int32Array(nodes),
    boxes: new Float64Array(6 * nodes),
    leaf: new Uint8Array(nodes),
  };
  tree.last[0] = n;
  for (let i = 0; i < nodes; i++) {
    const first = tree.first[i]!;
    const last = tree.last[i]!;
    const axis = fitBox(tree, i);
    tree.leaf[i] = 2 * i + 2 < nodes ? 0 : 1;
    if (tree.leaf[i]) continue;
    const middle = (first + last) >> 1;
    selectMedian(tree.order, points, axis, first, last - 1, middle);
    tree.first[2 * i + 1] = first;
    tree.last[2 * i + 1] = middle;
    tree.first[2 * i + 2] = middle;
    tree.last[2 * i + 2] = last;
  }
  return tree;
}

/** Bounding box of a node; returns its longest axis. */
function fitBox({ order, points, boxes, first, last }: Tree, node: number): number {
  let longest = 0;
  let size = -1;
  for (let axis = 0; axis < 3; axis++) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = first[node]!; i < last[node]!; i++) {
      const value = points[3 * order[i]! + axis]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    boxes[6 * node + axis] = low;
    boxes[6 * node + 3 + axis] = high;
    if (high - low > size) {
      size = high - low;
      longest = axis;
    }
  }
  return longest;
}

/** Quickselect: the points left of `middle` are not above it on the axis, those right of it not below. */
function selectMedian(order: Int32Array, points: Float64Array, axis: number, from: number, to: number, middle: number) {
  let low = from;
  let high = to;
  while (low < high) {
    const pivot = points[3 * order[(low + high) >> 1]! + axis]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (points[3 * order[i]! + axis]! < pivot) i++;
      while (points[3 * order[j]! + axis]! > pivot) j--;
      if (i > j) break;
      const swapped = order[i]!;
      order[i++] = order[j]!;
      order[j--] = swapped;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

export interface Pair {
  /** Lower index. */
  readonly u: number;
  readonly v: number;
  readonly squaredKm: number;
}

/**
 * The nearest pair that joins each component but the largest to another one: ascending, no pair twice. A component
 * all of whose pairs are `barred` has none. The pairs are edges of the minimum
 * spanning tree: merging along them and asking again until one component is left gives all of it.
 */
export function findNearestPairs(
  tree: Tree,
  components: Components,
  barred: (u: number, v: number) => boolean = () => false,
): Pair[] {
  const { of, count, largest } = components;
  const uniform = labelNodes(tree, of);
  const best: (Pair | undefined)[] = new Array(count);
  for (let u = 0; u < of.length; u++) {
    const c = of[u]!;
    if (c !== largest) best[c] = searchFrom(tree, uniform, of, u, best[c], barred);
  }
  const pairs = new Map<number, Pair>();
  for (const pair of best) if (pair) pairs.set(pair.u * of.length + pair.v, pair);
  return [...pairs.values()].sort((a, b) => a.squaredKm - b.squaredKm || a.u - b.u || a.v - b.v);
}

/** Component per node where all its points are of one, else −1. */
function labelNodes({ order, first, last, leaf, nodes }: Tree, of: Int32Array): Int32Array {
  const uniform = new Int32Array(nodes);
  for (let i = nodes - 1; i >= 0; i--) {
    if (leaf[i]) {
      uniform[i] = of[order[first[i]!]!] ?? -1;
      for (let j = first[i]! + 1; j < last[i]!; j++) if (of[order[j]!] !== uniform[i]) uniform[i] = -1;
    } else {
      uniform[i] = uniform[2 * i + 1] === uniform[2 * i + 2] ? uniform[2 * i + 1]! : -1;
    }
  }
  return uniform;
}

function searchFrom(
  tree: Tree,
  uniform: Int32Array,
  of: Int32Array,
  u: number,
  start: Pair | undefined,
  barred: (u: number, v: number) => boolean,
): Pair | undefined {
  const { points, order, first, last, leaf, boxes } = tree;
  const own = of[u]!;
  const x = points[3 * u]!;
  const y = points[3 * u + 1]!;
  const z = points[3 * u + 2]!;
  let best = start;
  let bestKm2 = start ? start.squaredKm : Infinity;
  const toBox = (node: number): number => {
    const at = 6 * node;
    const dx = Math.max(boxes[at]! - x, 0, x - boxes[at + 3]!);
    const dy = Math.max(boxes[at + 1]! - y, 0, y - boxes[at + 4]!);
    const dz = Math.max(boxes[at + 2]! - z, 0, z - boxes[at + 5]!);
    return dx * dx + dy * dy + dz * dz;
  };
  const visit = (node: number): void => {
    if (leaf[node]) {
      for (let i = first[node]!; i < last[node]!; i++) {
        const v = order[i]!;
        if (of[v] === own) continue;
        const squaredKm = squaredDistance(points, u, v);
        if (squaredKm > bestKm2) continue;
        const pair = u < v ? { u, v, squaredKm } : { u: v, v: u, squaredKm };
        if ((best && !precedes(pair, best)) || barred(pair.u, pair.v)) continue;
        best = pair;
        bestKm2 = squaredKm;
      }
      return;
    }
    const a = 2 * node + 1;
    const b = 2 * node + 2;
    // Nodes of u's own component hold nothing for it.
    const toA = uniform[a] === own ? Infinity : toBox(a);
    const toB = uniform[b] === own ? Infinity : toBox(b);
    const nearer = toA <= toB ? a : b;
    const least = Math.min(toA, toB);
    const most = Math.max(toA, toB);
    if (least < Infinity && least <= bestKm2) visit(nearer);
    if (most < Infinity && most <= bestKm2) visit(a + b - nearer);
  };
  visit(0);
  return best;
}

function precedes(a: Pair, b: Pair): boolean {
  if (a.squaredKm !== b.squaredKm) return a.squaredKm < b.squaredKm;
  return a.u !== b.u ? a.u < b.u : a.v < b.v;
}
