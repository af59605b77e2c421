/** Links and barriers that the input declares, and the automatic links that join what is still apart. */
import { invalid } from '../errors.js';
import { type Components, joinGraph, labelComponents, union } from './components.js';
import { areNeighbors, type EdgeList, type Graph, NO_EDGES } from './graph.js';
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

/** Where the ends of automatic links are. */
export interface LinkEnds {
  /** Units that may be ends, ascending: whoever is not among them has a neighbour of its own part that is nearer. */
  readonly units: Int32Array;
  /** `[x, y, z]` in km per end. */
  readonly points: Float64Array;
}

/**
 * The shortest links that join all components: the minimum spanning tree of the components, whose distance is that of
 * their nearest units. Without positions every component is joined to the first by their lowest units, or
 * to another where barriers forbid that. Pairs that a
 * barrier parts are never linked; components that only such pairs could join stay apart.
 * `findEnds` is called when there is something to join; null without positions. O(edges + ends log² ends).
 */
export function findAutomaticLinks(
  graph: Graph,
  findEnds: (() => LinkEnds) | null,
  barred: (u: number, v: number) => boolean,
): EdgeList {
  const parent = joinGraph(graph);
  const components = labelComponents(parent);
  if (components.count === 1) return NO_EDGES;
  const pairs = findEnds ? joinNearest(parent, components, findEnds(), barred) : joinLowest(components, barred);
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

function joinNearest(
  parent: Int32Array,
  first: Components,
  { units, points }: LinkEnds,
  barred: (u: number, v: number) => boolean,
): UnitPair[] {
  const links: UnitPair[] = [];
  const tree = buildTree(points);
  const areBarred = (a: number, b: number) => barred(units[a]!, units[b]!);
  for (let components = first; components.count > 1; components = labelComponents(parent)) {
    const before = links.length;
    const ofEnds = { ...components, of: units.map((u) => components.of[u]!) };
    for (const pair of findNearestPairs(tree, ofEnds, areBarred)) {
      const [u, v] = [units[pair.u]!, units[pair.v]!];
      if (union(parent, u, v)) links.push({ u, v });
    }
    if (links.length === before) break;
  }
  return links;
}

function joinLowest({ count, of }: Components, barred: (u: number, v: number) => boolean): UnitPair[] {
  const links: UnitPair[] = [];
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
