/** The neighbour graph in compressed rows. */

/** Undirected edges, `u[e] < v[e]`. */
export interface EdgeList {
  readonly count: number;
  readonly u: Int32Array;
  readonly v: Int32Array;
}

export const NO_EDGES: EdgeList = { count: 0, u: new Int32Array(0), v: new Int32Array(0) };

/** Symmetric; the neighbours of unit u are `neighbors[offsets[u]] … neighbors[offsets[u + 1] - 1]`, ascending. */
export interface Graph {
  readonly offsets: Int32Array;
  readonly neighbors: Int32Array;
}

/**
 * Rows come out ascending without a sort: filled from a scan in ascending order of the far end. Equal edges are
 * joined. O(n + edges).
 */
export function buildGraph(n: number, list: EdgeList): Graph {
  const starts = new Int32Array(n + 1);
  for (let e = 0; e < list.count; e++) {
    starts[list.u[e]! + 1]!++;
    starts[list.v[e]! + 1]!++;
  }
  for (let u = 0; u < n; u++) starts[u + 1]! += starts[u]!;
  const sorted = transpose(starts, fillRows(starts, list));
  const offsets = new Int32Array(n + 1);
  let slots = 0;
  for (let u = 0; u < n; u++) {
    let last = -1;
    for (let i = starts[u]!; i < starts[u + 1]!; i++) {
      const v = sorted[i]!;
      if (v !== last) sorted[slots++] = v;
      last = v;
    }
    offsets[u + 1] = slots;
  }
  return { offsets, neighbors: sorted.slice(0, slots) };
}

function fillRows(starts: Int32Array, list: EdgeList): Int32Array {
  const next = starts.slice();
  const rows = new Int32Array(2 * list.count);
  for (let e = 0; e < list.count; e++) {
    rows[next[list.u[e]!]!++] = list.v[e]!;
    rows[next[list.v[e]!]!++] = list.u[e]!;
  }
  return rows;
}

function transpose(starts: Int32Array, rows: Int32Array): Int32Array {
  const next = starts.slice();
  const out = new Int32Array(rows.length);
  for (let u = 0; u + 1 < starts.length; u++) {
    for (let i = starts[u]!; i < starts[u + 1]!; i++) out[next[rows[i]!]!++] = u;
  }
  return out;
}

/** O(degree of u). */
export function areNeighbors(graph: Graph, u: number, v: number): boolean {
  for (let i = graph.offsets[u]!; i < graph.offsets[u + 1]!; i++) if (graph.neighbors[i] === v) return true;
  return false;
}

/** A graph whose edges have lengths: `edgeKm` per slot; null where edges have none. */
export interface MeasuredGraph extends Graph {
  readonly edgeKm: Float64Array | null;
}

/**
 * The graph without `removed`, all of which it has, and with `added`, none of which it has, at length 0.
 * O(n + edges), nearly all of it copies of whole runs.
 */
export function editGraph(graph: MeasuredGraph, removed: EdgeList, added: EdgeList): MeasuredGraph {
  if (removed.count === 0 && added.count === 0) return graph;
  const changes = new Map<number, { readonly out: Set<number>; readonly in: number[] }>();
  const at = (u: number) => {
    let change = changes.get(u);
    if (!change) changes.set(u, (change = { out: new Set(), in: [] }));
    return change;
  };
  for (let e = 0; e < removed.count; e++) {
    at(removed.u[e]!).out.add(removed.v[e]!);
    at(removed.v[e]!).out.add(removed.u[e]!);
  }
  for (let e = 0; e < added.count; e++) {
    at(added.u[e]!).in.push(added.v[e]!);
    at(added.v[e]!).in.push(added.u[e]!);
  }
  const n = graph.offsets.length - 1;
  const offsets = new Int32Array(n + 1);
  const neighbors = new Int32Array(graph.neighbors.length - 2 * removed.count + 2 * added.count);
  const edgeKm = graph.edgeKm && new Float64Array(neighbors.length);
  let slots = 0;
  let copied = 0;
  const copyRows = (end: number) => {
    const [first, last] = [graph.offsets[copied]!, graph.offsets[end]!];
    for (let u = copied; u < end; u++) offsets[u + 1] = graph.offsets[u + 1]! - first + slots;
    neighbors.set(graph.neighbors.subarray(first, last), slots);
    edgeKm?.set(graph.edgeKm!.subarray(first, last), slots);
    slots += last - first;
    copied = end;
  };
  for (const [u, change] of [...changes].sort(([a], [b]) => a - b)) {
    copyRows(u);
    const row = change.in.map((v): [number, number] => [v, 0]);
    for (let i = graph.offsets[u]!; i < graph.offsets[u + 1]!; i++) {
      const v = graph.neighbors[i]!;
      if (!change.out.has(v)) row.push([v, graph.edgeKm ? graph.edgeKm[i]! : 0]);
    }
    for (const [v, km] of row.sort(([a], [b]) => a - b)) {
      neighbors[slots] = v;
      if (edgeKm) edgeKm[slots] = km;
      slots++;
    }
    offsets[u + 1] = slots;
    copied = u + 1;
  }
  copyRows(n);
  return { offsets, neighbors, edgeKm };
}
