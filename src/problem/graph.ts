/** The neighbour graph in compressed rows: what joins which units, and how long the border between them is. */

/** Undirected edges, `u[e] < v[e]`. */
export interface EdgeList {
  readonly count: number;
  readonly u: Int32Array;
  readonly v: Int32Array;
}

/** Symmetric; the neighbours of unit u are `neighbors[offsets[u]] … neighbors[offsets[u + 1] - 1]`, ascending. */
export interface Graph {
  readonly offsets: Int32Array;
  readonly neighbors: Int32Array;
  /** Edge that each slot comes from: its index in the list, of equal edges one of them. */
  readonly edges: Int32Array;
}

/**
 * Rows come out ascending without a sort: filled from a scan in ascending order of the far end. Equal edges are
 * joined. O(n + edges).
 */
export function buildGraph(n: number, list: EdgeList): Graph {
  const degree = new Int32Array(n + 1);
  for (let e = 0; e < list.count; e++) {
    degree[list.u[e]! + 1]!++;
    degree[list.v[e]! + 1]!++;
  }
  for (let u = 0; u < n; u++) degree[u + 1]! += degree[u]!;
  const unsorted = fillRows(degree, list);
  const sorted = transpose(degree, unsorted, list);

  const offsets = new Int32Array(n + 1);
  let slots = 0;
  for (let u = 0; u < n; u++) {
    let last = -1;
    for (let i = degree[u]!; i < degree[u + 1]!; i++) {
      const e = sorted[i]!;
      const v = list.u[e]! + list.v[e]! - u;
      if (v !== last) sorted[slots++] = e;
      last = v;
    }
    offsets[u + 1] = slots;
  }
  const edges = sorted.slice(0, slots);
  const neighbors = new Int32Array(slots);
  for (let u = 0; u < n; u++) {
    for (let i = offsets[u]!; i < offsets[u + 1]!; i++) neighbors[i] = list.u[edges[i]!]! + list.v[edges[i]!]! - u;
  }
  return { offsets, neighbors, edges };
}

function fillRows(offsets: Int32Array, list: EdgeList): Int32Array {
  const next = offsets.slice();
  const rows = new Int32Array(2 * list.count);
  for (let e = 0; e < list.count; e++) {
    rows[next[list.u[e]!]!++] = e;
    rows[next[list.v[e]!]!++] = e;
  }
  return rows;
}

function transpose(offsets: Int32Array, rows: Int32Array, list: EdgeList): Int32Array {
  const next = offsets.slice();
  const out = new Int32Array(rows.length);
  for (let u = 0; u + 1 < offsets.length; u++) {
    for (let i = offsets[u]!; i < offsets[u + 1]!; i++) {
      const e = rows[i]!;
      const v = list.u[e]! + list.v[e]! - u;
      out[next[v]!++] = e;
    }
  }
  return out;
}

/** O(degree of u). */
export function areNeighbors(graph: Graph, u: number, v: number): boolean {
  for (let i = graph.offsets[u]!; i < graph.offsets[u + 1]!; i++) if (graph.neighbors[i] === v) return true;
  return false;
}
