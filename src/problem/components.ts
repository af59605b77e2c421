/** Connected components by union-find. The root of a component is its lowest unit. */
import type { Graph } from './graph.js';

/** Root of u, of a parent per unit; a root is its own. Halves the path on the way, so that later calls are short. */
export function find(parent: Int32Array, u: number): number {
  let at = u;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!;
    at = parent[at]!;
  }
  return at;
}

/** Joins the components of u and v; false when they were one already. */
export function union(parent: Int32Array, u: number, v: number): boolean {
  const a = find(parent, u);
  const b = find(parent, v);
  if (a === b) return false;
  parent[Math.max(a, b)] = Math.min(a, b);
  return true;
}

export function singletons(n: number): Int32Array {
  const parent = new Int32Array(n);
  for (let u = 0; u < n; u++) parent[u] = u;
  return parent;
}

export function joinGraph({ offsets, neighbors }: Graph): Int32Array {
  const parent = singletons(offsets.length - 1);
  for (let u = 0; u < parent.length; u++) {
    for (let i = offsets[u]!; i < offsets[u + 1]!; i++) if (neighbors[i]! > u) union(parent, u, neighbors[i]!);
  }
  return parent;
}

export interface Components {
  readonly count: number;
  /** Component per unit, numbered 0, 1, … in the order of their lowest units. */
  readonly of: Int32Array;
  /** The component with the most units, the lowest among equals. */
  readonly largest: number;
}

export function labelComponents(parent: Int32Array): Components {
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
