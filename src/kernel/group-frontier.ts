/** The search for the cheapest way from a growing part of a group to its other parts. */
import type { KernelInput } from './kernel-input.js';

/** Units between two parts of a group, the last first; and what the path costs. */
export interface Path {
  readonly units: readonly number[];
  readonly cost: number;
}

/** Dijkstra's search, which goes on from where it was as its start grows: what is farther off is not searched anew. */
export interface Frontier {
  /** Starts anew from some units, over units that share a territory with `home`. */
  start(units: Iterable<number>, home: Uint8Array): void;
  /** Adds units to the start. */
  add(units: Iterable<number>): void;
  /**
   * The cheapest path from the start to a unit of group `g` that is not in `part`; null where there is none. Its units
   * have to be added before the search goes on.
   */
  next(g: number, part: ReadonlySet<number>): Path | null;
}

/** `owner`: group per unit, −1 for those that a path may take along if they may move. */
export function createFrontier(input: KernelInput, owner: Int32Array): Frontier {
  const { units: n, offsets, neighbors, initial, weight } = input;
  const stamp = new Int32Array(n);
  const settled = new Int32Array(n);
  const cost = new Float64Array(n);
  const before = new Int32Array(n);
  let now = 0;
  let heap = createHeap();
  let open: Uint8Array;
  // a path's weight counts less than one unit
  const total = weight.reduce((sum, w) => sum + w, 0);
  const share = total > 0 ? 0.5 / total : 0;
  const reach = (u: number, from: number, at: number) => {
    if (stamp[u] === now && cost[u]! <= at) return;
    stamp[u] = now;
    settled[u] = 0;
    cost[u] = at;
    before[u] = from;
    heap.push(at, u);
  };
  const add = (units: Iterable<number>) => {
    for (const u of units) reach(u, -1, 0);
  };
  return {
    start(units, home) {
      now++;
      heap = createHeap();
      open = home;
      add(units);
    },
    add,
    next(g, part) {
      for (let u = heap.pop(); u >= 0; u = heap.pop()) {
        if (settled[u] === now) continue;
        settled[u] = now;
        for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
          const v = neighbors[e]!;
          if (owner[v] === g && !part.has(v)) {
            const units: number[] = [];
            for (let w = u; !part.has(w); w = before[w]!) units.push(w);
            return { units, cost: cost[u]! };
          }
          if (owner[v] !== -1 || initial[v]! >= 0 || !sharesPermit(input, open, v)) continue;
          reach(v, u, cost[u]! + 1 + share * weight[v]!);
        }
      }
      return null;
    },
  };
}

function sharesPermit({ territories: k, permitRow, allowed }: KernelInput, home: Uint8Array, u: number): boolean {
  const row = permitRow ? permitRow[u]! : -1;
  if (row < 0) return true;
  for (let t = 0; t < k; t++) if (home[t] && allowed[row * k + t]) return true;
  return false;
}

/** A binary heap of units by cost, then by unit. `pop` gives −1 once it is empty. */
function createHeap(): { push(cost: number, unit: number): void; pop(): number } {
  const costs: number[] = [];
  const units: number[] = [];
  const precedes = (i: number, j: number) => costs[i]! < costs[j]! || (costs[i] === costs[j] && units[i]! < units[j]!);
  const swap = (i: number, j: number) => {
    [costs[i], costs[j]] = [costs[j]!, costs[i]!];
    [units[i], units[j]] = [units[j]!, units[i]!];
  };
  return {
    push(cost, unit) {
      costs.push(cost);
      units.push(unit);
      for (let i = costs.length - 1; i > 0 && precedes(i, (i - 1) >> 1); i = (i - 1) >> 1) swap(i, (i - 1) >> 1);
    },
    pop() {
      if (units.length === 0) return -1;
      swap(0, units.length - 1);
      const unit = units.pop()!;
      costs.pop();
      for (let i = 0; ; ) {
        let least = i;
        for (const child of [2 * i + 1, 2 * i + 2]) if (child < units.length && precedes(child, least)) least = child;
        if (least === i) return unit;
        swap(i, least);
        i = least;
      }
    },
  };
}
