/** Links and barriers that the input declares, and the automatic links that join what is still apart. */
import { invalid } from '../errors.js';
import { joinEdges, labelComponents, union } from './components.js';
import { areNeighbors, type EdgeList, type Graph } from './graph.js';
import { checkArray } from './input-rules.js';
import { buildTree, findNearestPairs } from './nearest-pairs.js';

export interface DeclaredPairs {
  readonly edges: EdgeList;
  /** Position of each pair in the input. */
  readonly rows: readonly number[];
  has(u: number, v: number): boolean;
}

/** Pairs of unit ids as edges, each pair once. @throws {TerritoryError} INVALID_INPUT */
export function readPairs(
  value: unknown,
  path: 'links' | 'barriers',
  indexOf: (id: string) => number | undefined,
  n: number,
): DeclaredPairs {
  const pairs = value === undefined ? [] : checkArray(value, path);
  const keys = new Set<number>();
  const us: number[] = [];
  const vs: number[] = [];
  const rows: number[] = [];
  pairs.forEach((pair, i) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw invalid(`${path}[${i}]`, pair, 'must be a pair of unit ids');
    const ends = pair.map((id: unknown, end) => {
      const unit = typeof id === 'string' ? indexOf(id) : undefined;
      if (unit === undefined) throw invalid(`${path}[${i}][${end}]`, id, 'must be the id of a unit');
      return unit;
    });
    const u = Math.min(ends[0]!, ends[1]!);
    const v = Math.max(ends[0]!, ends[1]!);
    if (u === v) throw invalid(`${path}[${i}]`, pair[0], 'must name two different units');
    if (keys.has(u * n + v)) return;
    keys.add(u * n + v);
    us.push(u);
    vs.push(v);
    rows.push(i);
  });
  return {
    edges: { count: us.length, u: Int32Array.from(us), v: Int32Array.from(vs) },
    rows,
    has: (u, v) => keys.has(Math.min(u, v) * n + Math.max(u, v)),
  };
}

/** A barrier must part neighbours, and must not contradict a link. */
export function checkBarriers(barriers: DeclaredPairs, links: DeclaredPairs, graph: Graph, ids: readonly string[]) {
  const { count, u, v } = barriers.edges;
  for (let e = 0; e < count; e++) {
    const path = `barriers[${barriers.rows[e]}]`;
    const pair = `${ids[u[e]!]} | ${ids[v[e]!]}`;
    if (links.has(u[e]!, v[e]!)) throw invalid(path, pair, 'must not part a pair that links joins');
    if (!areNeighbors(graph, u[e]!, v[e]!)) throw invalid(path, pair, 'must part units that are neighbours');
  }
}

/**
 * The shortest links that join all components: the minimum spanning tree of the components, whose distance is that of
 * their nearest units. Without positions every component is joined to the first by their lowest units, or
 * to another where barriers forbid that. Pairs that a
 * barrier parts are never linked; components that only such pairs could join stay apart.
 * `points`: `[x, y, z]` in km per unit. O(n log² n).
 */
export function findAutomaticLinks(
  n: number,
  edges: EdgeList,
  points: Float64Array | null,
  barred: (u: number, v: number) => boolean,
): EdgeList {
  const parent = joinEdges(n, edges);
  const pairs = points ? joinNearest(parent, points, barred) : joinLowest(parent, barred);
  pairs.sort((a, b) => a.u - b.u || a.v - b.v);
  return {
    count: pairs.length,
    u: Int32Array.from(pairs, (pair) => pair.u),
    v: Int32Array.from(pairs, (pair) => pair.v),
  };
}

interface UnitPair {
  readonly u: number;
  readonly v: number;
}

function joinNearest(parent: Int32Array, points: Float64Array, barred: (u: number, v: number) => boolean): UnitPair[] {
  const links: UnitPair[] = [];
  let components = labelComponents(parent);
  if (components.count === 1) return links;
  const tree = buildTree(points);
  while (components.count > 1) {
    const before = links.length;
    for (const pair of findNearestPairs(tree, components, barred)) {
      if (union(parent, pair.u, pair.v)) links.push(pair);
    }
    if (links.length === before) break;
    components = labelComponents(parent);
  }
  return links;
}

function joinLowest(parent: Int32Array, barred: (u: number, v: number) => boolean): UnitPair[] {
  const links: UnitPair[] = [];
  const { count, of } = labelComponents(parent);
  const members: number[][] = Array.from({ length: count }, () => []);
  for (let u = 0; u < of.length; u++) members[of[u]!]!.push(u);
  const [first, ...rest] = members as [number[], ...number[][]];
  const joined = [...first];
  // where barriers part a component from the first, another that is joined already takes it
  for (let waiting = rest, before = Infinity; waiting.length < before; ) {
    before = waiting.length;
    waiting = waiting.filter((units) => {
      const pair = lowestPair(first, units, barred) ?? lowestPair(joined, units, barred);
      if (!pair) return true;
      links.push(pair);
      for (const u of units) joined.push(u);
      return false;
    });
  }
  return links;
}

function lowestPair(first: number[], second: number[], barred: (u: number, v: number) => boolean): UnitPair | null {
  for (const v of second) {
    for (const u of first) if (!barred(u, v)) return { u: Math.min(u, v), v: Math.max(u, v) };
  }
  return null;
}
