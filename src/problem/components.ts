/** Connected components by union-find. The root of a component is its lowest unit. */
import type { EdgeList } from './graph.js';

/** Parent per unit; a root is its own. */
export type Forest = Int32Array | number[];

/** Root of u. Halves the path on the way, so that later calls are short. */
export function find(parent: Forest, u: number): number {
  let at = u;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!;
    at = parent[at]!;
  }
  return at;
}

/** Joins the components of u and v; false when they were one already. */
export function union(parent: Forest, u: number, v: number): boolean {
  const a = find(parent, u);
  const b = find(parent, v);
  if (a === b) return false;
  parent[Math.max(a, b)] = Math.min(a, b);
  return true;
}

export function singletons(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, u) => u);
}

export function joinEdges(n: number, edges: EdgeList): Int32Array {
  const parent = singletons(n);
  for (let e = 0; e < edges.count; e++) union(parent, edges.u[e]!, edges.v[e]!);
  return parent;
}

export interface Components {
  readonly count: number;
  /** Component per unit, numbered 0, 1, … in the order of their lowest units. */
  readonly of: Int32Array;
  /** The component with the most units, the lowest among equals. */
  readonly largest: number;
}

export function labelComponents(parent: Forest): Components {
  const of = new Int32Array(parent.length);
  const sizes: number[] = [];
  for (let u = 0; u < parent.length; u++) {
    const root = find(parent, u);
    if (root === u) of[u] = sizes.push(0) - 1;
    else of[u] = of[root]!;
    sizes[of[u]!]!++;
  }
  let largest = 0;
  for (let c = 1; c < sizes.length; c++) if (sizes[c]! > sizes[largest]!) largest = c;
  return { count: sizes.length, of, largest };
}
