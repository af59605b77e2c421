/** The finished neighbour graph: declared or H3 neighbours, minus barriers, plus links; with borders and rings. */
import type { CellGrid } from './adjacency.js';
import { areNeighbors, buildGraph, type EdgeList, type Graph } from './graph.js';
import { checkBarriers, type DeclaredPairs, findAutomaticLinks, readPairs } from './links.js';
import { round } from './sphere.js';
import type { CheckedInput } from './validate-input.js';

export interface Network {
  readonly offsets: Int32Array;
  readonly neighbors: Int32Array;
  readonly edgeKm: Float64Array | null;
  readonly outerKm: Float64Array | null;
  readonly ring: Int32Array | null;
  /** Automatic links. */
  readonly links: readonly (readonly [string, string])[];
}

export interface NetworkInput {
  readonly ids: readonly string[];
  readonly edges: EdgeList;
  /** Null for general units. */
  readonly grid: CellGrid | null;
  /** `[x, y, z]` in km per unit; null without positions. */
  readonly points: Float64Array | null;
  readonly checked: CheckedInput;
}

/** @throws {TerritoryError} INVALID_INPUT for links and barriers. O(n log n + edges). */
export function buildNetwork({ ids, edges, grid, points, checked }: NetworkInput): Network {
  const n = ids.length;
  const indices =
    checked.links === undefined && checked.barriers === undefined ? null : new Map(ids.map((id, u) => [id, u]));
  // H3 indexes may be given in either case.
  const indexOf = (id: string) => indices?.get(grid ? id.toLowerCase() : id);
  const links = readPairs(checked.links, 'links', indexOf, n);
  const barriers = readPairs(checked.barriers, 'barriers', indexOf, n);
  const plain = buildGraph(n, edges);
  checkBarriers(barriers, links, plain, ids);

  const open = dropEdges(edges, grid?.edgeKm ?? null, barriers);
  const declared = joinLists(open.edges, dropNeighbors(links.edges, plain));
  const automatic =
    checked.contiguity === 'off'
      ? { count: 0, u: new Int32Array(0), v: new Int32Array(0) }
      : findAutomaticLinks(n, declared, points, barriers.has);
  const all = joinLists(declared, automatic);
  const graph = buildGraph(n, all);
  return {
    offsets: graph.offsets,
    neighbors: graph.neighbors,
    edgeKm: grid && spreadLengths(graph.edges, open.km!),
    outerKm: grid && measureOuter(grid, open.edges, open.km!),
    ring: grid && maskRing(grid, plain, barriers, all, open.edges.count),
    links: Array.from(automatic.u, (u, e) => [ids[u]!, ids[automatic.v[e]!]!] as const),
  };
}

function dropEdges(edges: EdgeList, km: Float64Array | null, barriers: DeclaredPairs) {
  if (barriers.edges.count === 0) return { edges, km };
  const kept: number[] = [];
  for (let e = 0; e < edges.count; e++) if (!barriers.has(edges.u[e]!, edges.v[e]!)) kept.push(e);
  return { edges: pick(edges, kept), km: km && Float64Array.from(kept, (e) => km[e]!) };
}

/** Length per slot; links, which come after the borders, have none. */
function spreadLengths(edges: Int32Array, km: Float64Array): Float64Array {
  const lengths = new Float64Array(edges.length);
  for (let i = 0; i < edges.length; i++) if (edges[i]! < km.length) lengths[i] = round(km[edges[i]!]!, 6);
  return lengths;
}

/** A link between units that are neighbours anyway adds nothing. */
function dropNeighbors(links: EdgeList, graph: Graph): EdgeList {
  if (links.count === 0) return links;
  const kept: number[] = [];
  for (let e = 0; e < links.count; e++) if (!areNeighbors(graph, links.u[e]!, links.v[e]!)) kept.push(e);
  return pick(links, kept);
}

function pick(list: EdgeList, kept: readonly number[]): EdgeList {
  return {
    count: kept.length,
    u: Int32Array.from(kept, (e) => list.u[e]!),
    v: Int32Array.from(kept, (e) => list.v[e]!),
  };
}

function joinLists(a: EdgeList, b: EdgeList): EdgeList {
  if (b.count === 0) return a;
  const u = new Int32Array(a.count + b.count);
  const v = new Int32Array(a.count + b.count);
  u.set(a.u);
  u.set(b.u, a.count);
  v.set(a.v);
  v.set(b.v, a.count);
  return { count: a.count + b.count, u, v };
}

/** What is left of each outline; differences below a millimetre are rounding and come out as 0. */
function measureOuter(grid: CellGrid, edges: EdgeList, km: Float64Array): Float64Array {
  const outer = grid.perimeterKm.slice();
  for (let e = 0; e < edges.count; e++) {
    outer[edges.u[e]!]! -= km[e]!;
    outer[edges.v[e]!]! -= km[e]!;
  }
  return outer.map((left) => Math.max(0, round(left, 6)));
}

/** The ring tells nothing sure about units with links or barriers of their own, or a barrier between two neighbours. */
function maskRing(
  grid: CellGrid,
  plain: Graph,
  barriers: DeclaredPairs,
  edges: EdgeList,
  firstLink: number,
): Int32Array {
  const ring = grid.ring;
  const mask = (u: number) => ring.fill(-1, 6 * u, 6 * u + 6).fill(-2, 6 * u, 6 * u + 1);
  for (let e = firstLink; e < edges.count; e++) {
    mask(edges.u[e]!);
    mask(edges.v[e]!);
  }
  const { count, u, v } = barriers.edges;
  for (let e = 0; e < count; e++) {
    mask(u[e]!);
    mask(v[e]!);
    const beside = new Set(plain.neighbors.subarray(plain.offsets[u[e]!]!, plain.offsets[u[e]! + 1]!));
    for (let i = plain.offsets[v[e]!]!; i < plain.offsets[v[e]! + 1]!; i++) {
      if (beside.has(plain.neighbors[i]!)) mask(plain.neighbors[i]!);
    }
  }
  return ring;
}
