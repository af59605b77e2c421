/** Deals territories, or groups of them, out to a number of groups of about equal size. */
import type { Objective, Territory } from '../types.js';
import { planePointsKm, toPointsKm } from './sphere.js';

export interface Deal {
  /** What is dealt: the item that each territory is in. Items are never torn apart. */
  readonly items: Int32Array;
  /** Groups, at most as many as items. */
  readonly count: number;
  /** Groups above, none of which a group may cross: of each territory; null for none. */
  readonly within: Int32Array | null;
  readonly territories: readonly Territory[];
  readonly distance: Objective['distance'];
}

/**
 * Group of each territory. Every group above gets groups in proportion to its territories, at least one. Items keep
 * their order; where every territory has a fixed centre, the groups are cut by place, halving along the longest axis.
 * O(k log k + k · count).
 */
export function dealOut({ items, count, within, territories, distance }: Deal): Int32Array {
  const places = centerPoints(territories, distance);
  const stacks = stackItems(items, within);
  const shares = shareOut(stacks, count);
  const groupOf = new Map<number, number>();
  let next = 0;
  stacks.forEach((stack, s) => {
    const points = places && stack.items.map((own) => meanPoint(places, own.territories));
    const order = stack.items.map((_, i) => i);
    for (const part of split(order, shares[s]!, points)) {
      for (const i of part) groupOf.set(stack.items[i]!.id, next);
      next++;
    }
  });
  return items.map((item) => groupOf.get(item)!);
}

interface Item {
  readonly id: number;
  readonly territories: number[];
}

interface Stack {
  readonly items: Item[];
  /** Territories. */
  size: number;
}

/** Items by the group above, each in the order of their first territories. */
function stackItems(items: Int32Array, within: Int32Array | null): Stack[] {
  const stacks = new Map<number, Stack>();
  const known = new Map<number, Item>();
  items.forEach((id, t) => {
    const above = within?.[t] ?? 0;
    let stack = stacks.get(above);
    if (!stack) stacks.set(above, (stack = { items: [], size: 0 }));
    let item = known.get(id);
    if (!item) {
      known.set(id, (item = { id, territories: [] }));
      stack.items.push(item);
    }
    item.territories.push(t);
    stack.size++;
  });
  return [...stacks].sort(([a], [b]) => a - b).map(([, stack]) => stack);
}

/** Groups per stack: one each, and every further one to where the groups are largest. */
function shareOut(stacks: readonly Stack[], count: number): number[] {
  const shares = stacks.map(() => 1);
  for (let given = stacks.length; given < count; given++) {
    let most = -1;
    stacks.forEach(({ items, size }, s) => {
      if (shares[s]! === items.length) return;
      if (most < 0 || size / shares[s]! > stacks[most]!.size / shares[most]!) most = s;
    });
    shares[most]!++;
  }
  return shares;
}

/** Cuts a list into `parts` runs of about equal length, along the longest axis where there are points. */
function split(list: readonly number[], parts: number, points: readonly Float64Array[] | null): (readonly number[])[] {
  if (parts === 1) return [list];
  const sorted = points ? alongLongestAxis(list, points) : list;
  const left = parts >> 1;
  const cut = Math.round((list.length * left) / parts);
  // Both sides need an item for each of their parts.
  const at = Math.min(list.length - (parts - left), Math.max(left, cut));
  return [...split(sorted.slice(0, at), left, points), ...split(sorted.slice(at), parts - left, points)];
}

function alongLongestAxis(list: readonly number[], points: readonly Float64Array[]): number[] {
  let axis = 0;
  let longest = -1;
  for (let d = 0; d < 3; d++) {
    const values = list.map((i) => points[i]![d]!);
    const extent = Math.max(...values) - Math.min(...values);
    if (extent > longest) {
      longest = extent;
      axis = d;
    }
  }
  return [...list].sort((a, b) => points[a]![axis]! - points[b]![axis]! || a - b);
}

/** Fixed centres in km, `[x, y, z]` each; null unless every territory has one. */
function centerPoints(territories: readonly Territory[], distance: Objective['distance']): Float64Array | null {
  if (territories.some(({ center }) => center === null)) return null;
  const places = Float64Array.from(territories.flatMap(({ center }) => [...center!]));
  return distance === 'planar' ? planePointsKm(places) : toPointsKm(places);
}

function meanPoint(points: Float64Array, members: readonly number[]): Float64Array {
  const mean = new Float64Array(3);
  for (const t of members) for (let d = 0; d < 3; d++) mean[d]! += points[3 * t + d]! / members.length;
  return mean;
}
