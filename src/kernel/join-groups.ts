/**
 * Groups of units that stay together but do not touch each other: the fewest units between their parts are taken along,
 * so that the group is of one piece and a plan may be contiguous.
 */
import { createFrontier, type Frontier } from './group-frontier.js';
import type { KernelInput } from './kernel-input.js';

/**
 * Group of every unit with those taken along, −1 for none; `together` itself where nothing had to be. In order of the
 * groups; a path avoids units of other groups, those that may not move, and those that no territory may serve with the
 * group; of equally short paths the lightest, then the one found first. Parts that no path joins stay apart, and so do
 * those whose territory may be in pieces or is locked. O((n + E) log n) per group for most, at worst per part, and times
 * k where the permits of a path leave nobody.
 */
export function joinGroups(input: KernelInput, together: Int32Array, groups: number): Int32Array {
  const owner = together.slice();
  const frontier = createFrontier(input, owner);
  const members: number[][] = Array.from({ length: groups }, () => []);
  owner.forEach((g, u) => {
    if (g >= 0) members[g]!.push(u);
  });
  for (const list of members) if (list.length > 1) joinParts(input, owner, list, frontier);
  return owner;
}

/** Takes paths along from the part of the first member to others, the nearest first, until all are one or none is left. */
function joinParts(input: KernelInput, owner: Int32Array, members: readonly number[], frontier: Frontier): void {
  const { locked, mayScatter } = input;
  const g = owner[members[0]!]!;
  let home = permitsOf(input, members);
  // a territory that may be in pieces needs no path, and a locked one may take none along
  const needsOnePiece = () => home.some((may, t) => may && !locked[t] && !mayScatter[t]);
  const part = listPart(input, owner, members[0]!);
  let size = members.length;
  let anew = true;
  while (part.size < size && needsOnePiece()) {
    if (anew) frontier.start(part, home);
    let path = frontier.next(g, part);
    let left = path && narrow(input, home, path.units);
    anew = left?.some((may, t) => may !== home[t]) ?? false;
    if (left && !left.includes(1)) {
      // each unit of the path shares a territory with the group, but not all the same one
      path = left = null;
      for (let t = 0; t < home.length; t++) {
        if (!home[t]) continue;
        const only = home.map((_, s) => (s === t ? 1 : 0));
        frontier.start(part, only);
        const way = frontier.next(g, part);
        if (way && (!path || way.cost < path.cost)) [path, left] = [way, narrow(input, home, way.units)];
      }
    }
    if (!path || !left) return;
    home = left;
    size += path.units.length;
    for (const u of path.units) owner[u] = g;
    const added = [...path.units];
    for (const u of added) part.add(u);
    for (const u of added) {
      for (let e = input.offsets[u]!; e < input.offsets[u + 1]!; e++) {
        const v = input.neighbors[e]!;
        if (owner[v] !== g || part.has(v)) continue;
        part.add(v);
        added.push(v);
      }
    }
    if (!anew) frontier.add(added);
  }
}

/** Of some territories those that may serve more units too, which may all move. */
function narrow(
  { permitRow, allowed, territories: k }: KernelInput,
  home: Uint8Array,
  units: readonly number[],
): Uint8Array {
  const left = home.slice();
  for (const u of units) {
    const row = permitRow ? permitRow[u]! : -1;
    if (row >= 0) for (let t = 0; t < k; t++) if (!allowed[row * k + t]) left[t] = 0;
  }
  return left;
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
