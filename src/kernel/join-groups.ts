/**
 * Groups of units that stay together but do not touch each other: the fewest units between their parts are taken along,
 * so that the group is of one piece and a plan may be contiguous.
 */
import type { KernelInput } from './kernel-input.js';

/**
 * Group of every unit with those taken along, −1 for none; `together` itself where nothing had to be. In order of the
 * groups; a path avoids units of other groups, those that may not move, and those that no territory may serve with the
 * group; of equally short paths the lightest, then the one found first. Parts that no path joins stay apart, and so do
 * those whose territory may be in pieces or is locked. O((n + E) log n) per part at worst, times k where the permits of a
 * path leave nobody.
 */
export function joinGroups(input: KernelInput, together: Int32Array, groups: number): Int32Array {
  const owner = together.slice();
  const search = createSearch(input, owner);
  const members: number[][] = Array.from({ length: groups }, () => []);
  owner.forEach((g, u) => {
    if (g >= 0) members[g]!.push(u);
  });
  for (const list of members) while (search(list)) {}
  return owner;
}

/** Looks for a path from the first part of a group to any other, takes it along, and says whether there was one. */
function createSearch(input: KernelInput, owner: Int32Array): (members: number[]) => boolean {
  const walk = createWalk(input, owner);
  const { territories: k, locked, mayScatter } = input;
  return (members) => {
    if (members.length < 2) return false;
    const home = permitsOf(input, members);
    // a territory that may be in pieces needs no path, and a locked one may take none along
    if (!home.some((may, t) => may && !locked[t] && !mayScatter[t])) return false;
    const first = listPart(input, owner, members[0]!);
    if (first.size === members.length) return false;
    const g = owner[members[0]!]!;
    let found = walk(g, first, home);
    if (found && !permitsOf(input, [...members, ...found.units]).includes(1)) {
      // each unit of it shares a territory with the group, but not all the same one
      found = null;
      for (let t = 0; t < k; t++) {
        if (!home[t]) continue;
        const way = walk(
          g,
          first,
          home.map((_, s) => (s === t ? 1 : 0)),
        );
        if (way && (!found || way.cost < found.cost)) found = way;
      }
    }
    if (!found) return false;
    for (const u of found.units) owner[u] = g;
    members.push(...found.units);
    return true;
  };
}

/** Units between two parts of a group, and what the path costs. */
interface Path {
  readonly units: readonly number[];
  readonly cost: number;
}

/** The cheapest path from the part `first` of group `g` to any other part, over units that share a territory with `home`. */
function createWalk(
  input: KernelInput,
  owner: Int32Array,
): (g: number, first: ReadonlySet<number>, home: Uint8Array) => Path | null {
  const { units: n, offsets, neighbors, initial, weight } = input;
  const stamp = new Int32Array(n);
  const settled = new Int32Array(n);
  const cost = new Float64Array(n);
  const before = new Int32Array(n);
  let now = 0;
  // a path's weight counts less than one unit
  const total = weight.reduce((sum, w) => sum + w, 0);
  const share = total > 0 ? 0.5 / total : 0;

  return (g, first, home) => {
    now++;
    const heap = createHeap();
    const reach = (u: number, from: number, at: number) => {
      if (stamp[u] === now && cost[u]! <= at) return;
      stamp[u] = now;
      cost[u] = at;
      before[u] = from;
      heap.push(at, u);
    };
    for (const u of first) reach(u, -1, 0);
    for (let u = heap.pop(); u >= 0; u = heap.pop()) {
      if (settled[u] === now) continue;
      settled[u] = now;
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbors[e]!;
        if (owner[v] === g && !first.has(v)) {
          const units: number[] = [];
          for (let w = u; !first.has(w); w = before[w]!) units.push(w);
          return { units, cost: cost[u]! };
        }
        if (owner[v] !== -1 || initial[v]! >= 0 || !sharesPermit(input, home, v)) continue;
        reach(v, u, cost[u]! + 1 + share * weight[v]!);
      }
    }
    return null;
  };
}

/** Units of the group of `start` that it reaches through the group alone. */
export function listPart({ offsets, neighbors }: KernelInput, owner: Int32Array, start: number): Set<number> {
  const part = new Set([start]);
  for (const u of part) {
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++)
      if (owner[neighbors[e]!] === owner[start]) part.add(neighbors[e]!);
  }
  return part;
}

/** Territories that may serve all of some units, 1 each; k. */
export function permitsOf(input: KernelInput, members: readonly number[]): Uint8Array {
  const { territories: k, permitRow, allowed, initial, locked } = input;
  const home = Uint8Array.from(locked, (is) => (is ? 0 : 1));
  for (const u of members) {
    if (initial[u]! >= 0) {
      const t = initial[u]!;
      const was = home[t]! || (locked[t]! && home.every((may, s) => !may || !locked[s]!)) ? 1 : 0;
      home.fill(0);
      home[t] = was;
      continue;
    }
    const row = permitRow ? permitRow[u]! : -1;
    if (row >= 0) for (let t = 0; t < k; t++) if (!allowed[row * k + t]) home[t] = 0;
  }
  return home;
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
