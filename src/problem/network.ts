/** The finished neighbour graph: declared or H3 neighbours, minus barriers, plus links; with borders and rings. */

import type { Objective } from '../types.js';
import type { CellGrid } from './adjacency.js';
import { singletons } from './components.js';
import { type DeclaredEdges, slotLengths } from './declared-edges.js';
import {
  areNeighbors,
  buildGraph,
  type EdgeList,
  editGraph,
  type Graph,
  type MeasuredGraph,
  NO_EDGES,
} from './graph.js';
import { linkEnds } from './link-ends.js';
import { checkBarriers, type DeclaredPairs, findAutomaticLinks, type LinkEnds, readPairs } from './links.js';
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

/** Positions of units, and which of them distances are taken from. */
export interface Places {
  readonly lngLat: Float64Array | null;
  readonly xy: Float64Array | null;
  readonly distance: Objective['distance'];
}

export interface NetworkInput {
  readonly ids: readonly string[];
  /** Declared neighbours; null for cells, which have theirs in the grid. */
  readonly edges: DeclaredEdges | null;
  /** Null for general units. */
  readonly grid: CellGrid | null;
  readonly places: Places;
  readonly checked: CheckedInput;
}

/** @throws {TerritoryError} INVALID_INPUT for links, barriers and lengths of edges. O(n + edges) where all hangs together. */
export function buildNetwork({ ids, edges, grid, places, checked }: NetworkInput): Network {
  const n = ids.length;
  const indices =
    checked.links === undefined && checked.barriers === undefined ? null : new Map(ids.map((id, u) => [id, u]));
  // H3 indexes may be given in either case.
  const indexOf = (id: string) => indices?.get(grid ? id.toLowerCase() : id);
  const links = readPairs(checked.links, 'links', indexOf, n);
  const barriers = readPairs(checked.barriers, 'barriers', indexOf, n);
  const plain = grid ?? buildDeclared(n, edges!);
  checkBarriers(barriers, links, plain, ids);

  const declared = dropNeighbors(links.edges, plain);
  const open = editGraph(plain, barriers.edges, declared);
  const joined = checked.contiguity === 'off' || (grid?.joined && barriers.edges.count === 0);
  const automatic = joined ? NO_EDGES : findAutomaticLinks(open, endFinder(n, places, grid, barriers), barriers.has);
  const { offsets, neighbors, edgeKm } = editGraph(open, NO_EDGES, automatic);
  return {
    offsets,
    neighbors,
    outerKm: grid && measureOuter(grid.perimeterKm, offsets, edgeKm!),
    edgeKm: edgeKm && roundAll(edgeKm),
    ring: grid && maskRing(grid.ring, plain, barriers, [declared, automatic]),
    links: Array.from(automatic.u, (u, e) => [ids[u]!, ids[automatic.v[e]!]!] as const),
  };
}

function buildDeclared(n: number, edges: DeclaredEdges): MeasuredGraph {
  const graph = buildGraph(n, edges);
  return { ...graph, edgeKm: slotLengths(graph, edges) };
}

/** Ends of automatic links: all units, or of cells those on a rim or at a barrier. Null without positions. */
function endFinder(n: number, places: Places, grid: CellGrid | null, barriers: DeclaredPairs): (() => LinkEnds) | null {
  if (!places.xy && !places.lngLat) return null;
  return () => linkEnds(grid ? listRim(grid.ring, barriers) : singletons(n), places)!;
}

/** Cells without six neighbours in their ring, or with a barrier. */
function listRim(ring: Int32Array, barriers: DeclaredPairs): Int32Array {
  const rim = new Set<number>([...barriers.edges.u, ...barriers.edges.v]);
  for (let i = 0; i < ring.length; i++) if (ring[i]! < 0) rim.add(Math.floor(i / 6));
  return Int32Array.from(rim).sort();
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

/** In place. */
function roundAll(km: Float64Array): Float64Array {
  for (let i = 0; i < km.length; i++) km[i] = round(km[i]!, 6);
  return km;
}

/** What is left of each outline; differences below a millimetre are rounding and come out as 0. */
function measureOuter(perimeterKm: Float64Array, offsets: Int32Array, edgeKm: Float64Array): Float64Array {
  const outer = new Float64Array(perimeterKm.length);
  for (let u = 0; u < outer.length; u++) {
    let left = perimeterKm[u]!;
    for (let i = offsets[u]!; i < offsets[u + 1]!; i++) left -= edgeKm[i]!;
    outer[u] = Math.max(0, round(left, 6));
  }
  return outer;
}

/** The ring tells nothing sure about units with links or barriers of their own, or a barrier between two neighbours. */
function maskRing(ring: Int32Array, plain: Graph, barriers: DeclaredPairs, links: readonly EdgeList[]): Int32Array {
  const mask = (u: number) => ring.fill(-1, 6 * u, 6 * u + 6).fill(-2, 6 * u, 6 * u + 1);
  for (const list of links) {
    for (let e = 0; e < list.count; e++) {
      mask(list.u[e]!);
      mask(list.v[e]!);
    }
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
