/**
 * Groups of units that stay together as one unit each: the search knows only the contracted problem, and whatever plan it
 * finds keeps every group whole.
 */
import { joinGroups, listPart, permitsOf } from './join-groups.js';
import type { KernelInput } from './kernel-input.js';
import type { TodayEntries } from './today-entries.js';

export interface Contraction {
  readonly input: KernelInput;
  /** Whether a plan costs the same in both problems: groups have no inner distances that depend on the centre. */
  readonly exact: boolean;
  /** A plan of the contracted problem as one of the whole. */
  expand(assignment: Int32Array): Int32Array;
  /** A plan of the whole as one of the contracted problem; a group goes where its first unit is. */
  contract(assignment: Int32Array): Int32Array;
  /** Pieces of a plan of the contracted problem that fall apart in the whole, because a group did. O(n + E), or nothing. */
  brokenPieces(assignment: Int32Array): number;
}

/** The problem without its groups, or as it is where there are none or nothing may move. O(n + E + entries log entries). */
export function contractGroups(input: KernelInput): Contraction {
  const { together } = input;
  const groups = together ? together.reduce((most, g) => Math.max(most, g), -1) + 1 : 0;
  if (!together || groups === 0 || !input.locked.includes(0)) {
    const same = (assignment: Int32Array) => assignment;
    return { input, exact: true, expand: same, contract: same, brokenPieces: () => 0 };
  }
  const { unitOf, first, members, homes, apart } = number(input, together, groups);
  const contracted = merge(input, unitOf, members, homes);
  const expand = (assignment: Int32Array) => Int32Array.from(unitOf, (c) => assignment[c]!);
  const planar = input.sphereRadius === 0;
  const fixed = input.sites.length > 0 || input.fixedCenter.some((x, i) => i % 4 === 3 && x > 0);
  return {
    input: contracted,
    exact:
      !apart &&
      (input.inertia === 0 || input.matrix !== null || (input.power === 2 && !input.unitCenters && (planar || !fixed))),
    expand,
    contract: (assignment) => Int32Array.from(first, (u) => assignment[u]!),
    brokenPieces: (assignment) =>
      apart ? countPieces(input, expand(assignment)) - countPieces(contracted, assignment) : 0,
  };
}

/** Components of all territories that must be of one piece. */
function countPieces({ offsets, neighbors, mayScatter }: KernelInput, assignment: Int32Array): number {
  const seen = new Uint8Array(assignment.length);
  let pieces = 0;
  for (let s = 0; s < assignment.length; s++) {
    const t = assignment[s]!;
    if (seen[s] || t < 0 || mayScatter[t]) continue;
    pieces++;
    seen[s] = 1;
    const piece = [s];
    for (const u of piece) {
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = neighbors[e]!;
        if (seen[v] || assignment[v] !== t) continue;
        seen[v] = 1;
        piece.push(v);
      }
    }
  }
  return pieces;
}

interface Numbering {
  /** Contracted unit of each unit. */
  readonly unitOf: Int32Array;
  /** First unit of each contracted one. */
  readonly first: Int32Array;
  /** Units of each contracted one, ascending. */
  readonly members: readonly (readonly number[])[];
  /** Territories that may serve each contracted group, by its first unit. */
  readonly homes: ReadonlyMap<number, Uint8Array>;
  /** Whether some group is in pieces that no path joins. */
  readonly apart: boolean;
}

/** Numbers the contracted units in order of their first units. A group that no territory may serve is none. */
function number(input: KernelInput, together: Int32Array, groups: number): Numbering {
  const open = together.slice();
  const homes = new Map<number, Uint8Array>();
  for (const members of listByGroup(open, groups)) {
    if (!permitsOf(input, members).includes(1)) for (const u of members) open[u] = -1;
  }
  const joined = input.contiguous ? joinGroups(input, open, groups) : open;
  const whole = listByGroup(joined, groups);
  const unitOf = new Int32Array(input.units).fill(-1);
  const members: (readonly number[])[] = [];
  for (let u = 0; u < input.units; u++) {
    if (unitOf[u]! >= 0) continue;
    const list = joined[u]! < 0 ? [u] : whole[joined[u]!]!;
    for (const v of list) unitOf[v] = members.length;
    if (list.length > 1) homes.set(members.length, permitsOf(input, list));
    members.push(list);
  }
  const apart =
    input.contiguous && members.some((list) => list.length > 1 && listPart(input, joined, list[0]!).size < list.length);
  return { unitOf, first: Int32Array.from(members, (list) => list[0]!), members, homes, apart };
}

function listByGroup(group: Int32Array, groups: number): number[][] {
  const lists: number[][] = Array.from({ length: groups }, () => []);
  group.forEach((g, u) => {
    if (g >= 0) lists[g]!.push(u);
  });
  return lists;
}

function merge(
  input: KernelInput,
  unitOf: Int32Array,
  members: Numbering['members'],
  homes: Numbering['homes'],
): KernelInput {
  const units = members.length;
  const { points, costBefore } = mergePoints(input, members);
  return {
    ...input,
    units,
    ...mergeGraph(input, unitOf, members),
    points,
    costBefore,
    weight: sumRows(input.weight, input.units, members),
    activity: sumRows(input.activity, input.units, members),
    ...mergeHomes(input, members, homes),
    today: mergeToday(input, members),
    matrix: input.matrix && mergeMatrix(input, input.matrix, members),
    together: null,
  };
}

/** Sums of rows of `n` values each over the members. */
function sumRows(values: Float64Array, n: number, members: Numbering['members']): Float64Array {
  const rows = values.length / n;
  const units = members.length;
  const sums = new Float64Array(rows * units);
  for (let row = 0; row < rows; row++) {
    members.forEach((list, c) => {
      for (const u of list) sums[row * units + c]! += values[row * n + u]!;
    });
  }
  return sums;
}

/** Weighted centroids, and the inertia of the members about them, which no plan changes. */
function mergePoints(
  { points, weight, inertia, power, matrix, costBefore }: KernelInput,
  members: Numbering['members'],
) {
  const merged = new Float64Array(3 * members.length);
  let inner = 0;
  members.forEach((list, c) => {
    const total = list.reduce((sum, u) => sum + weight[u]!, 0);
    const shareOf = (u: number) => (total > 0 ? weight[u]! / total : 1 / list.length);
    for (let d = 0; d < 3; d++) {
      merged[3 * c + d] = list.length === 1 ? points[3 * list[0]! + d]! : 0;
      if (list.length > 1) for (const u of list) merged[3 * c + d]! += shareOf(u) * points[3 * u + d]!;
      for (const u of list) inner += weight[u]! * (points[3 * u + d]! - merged[3 * c + d]!) ** 2;
    }
  });
  return { points: merged, costBefore: costBefore + (power === 2 && !matrix ? inertia * inner : 0) };
}

/** Edges between contracted units, with what all that they stand for cost to cut. */
function mergeGraph(input: KernelInput, unitOf: Int32Array, members: Numbering['members']) {
  const { offsets, neighbors, writeCuts, ring } = input;
  const cuts = writeCuts ? new Float64Array(neighbors.length) : null;
  const factor = writeCuts ? writeCuts(cuts!) : 0;
  const units = members.length;
  const mergedOffsets = new Int32Array(units + 1);
  const mergedNeighbors: number[] = [];
  const mergedWeight: number[] = [];
  members.forEach((list, c) => {
    const around = new Map<number, number>();
    for (const u of list) {
      for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
        const v = unitOf[neighbors[e]!]!;
        if (v !== c) around.set(v, (around.get(v) ?? 0) + (cuts ? cuts[e]! : 0));
      }
    }
    for (const [v, weight] of [...around].sort(([a], [b]) => a - b)) {
      mergedNeighbors.push(v);
      mergedWeight.push(weight);
    }
    mergedOffsets[c + 1] = mergedNeighbors.length;
  });
  const writeMerged = (weights: Float64Array) => {
    weights.set(mergedWeight);
    return factor;
  };
  return {
    offsets: mergedOffsets,
    neighbors: Int32Array.from(mergedNeighbors),
    writeCuts: writeCuts && writeMerged,
    ring: ring && mergeRing(ring, unitOf, members),
  };
}

/** Rings of units that are as they were and whose neighbours are; the others tell nothing. */
function mergeRing(ring: Int32Array, unitOf: Int32Array, members: Numbering['members']): Int32Array {
  const merged = new Int32Array(6 * members.length).fill(-1);
  members.forEach((list, c) => {
    const around = list.length === 1 ? ring.subarray(6 * list[0]!, 6 * list[0]! + 6) : null;
    const tells =
      around !== null && around[0] !== -2 && around.every((v) => v < 0 || members[unitOf[v]!]!.length === 1);
    if (!tells) merged[6 * c] = -2;
    else for (let s = 0; s < 6; s++) merged[6 * c + s] = around[s]! < 0 ? around[s]! : unitOf[around[s]!]!;
  });
  return merged;
}

/** Groups go where all of their members may: one territory, some (with a row of their own), or any. */
function mergeHomes(input: KernelInput, members: Numbering['members'], homes: Numbering['homes']) {
  const { territories: k, locked } = input;
  const initial = Int32Array.from(members, ([u]) => input.initial[u!]!);
  const permitRow = Int32Array.from(members, ([u]) => (input.permitRow ? input.permitRow[u!]! : -1));
  const rows: number[] = [...input.allowed];
  for (const [c, home] of homes) {
    initial[c] = -1;
    permitRow[c] = -1;
    const count = home.reduce((sum, may) => sum + may, 0);
    if (count === 1) initial[c] = home.indexOf(1);
    else if (home.some((may, t) => !may && !locked[t])) {
      permitRow[c] = rows.length / k;
      rows.push(...home);
    }
  }
  const masked = permitRow.some((row) => row >= 0);
  return { initial, permitRow: masked ? permitRow : null, allowed: Uint8Array.from(rows) };
}

function mergeToday({ today, limitMost }: KernelInput, members: Numbering['members']): TodayEntries {
  const limits = limitMost.length;
  const offsets = new Int32Array(members.length + 1);
  const territory: number[] = [];
  const value: number[] = [];
  const amount: number[] = [];
  members.forEach((list, c) => {
    const held = new Map<number, number>();
    for (const u of list) {
      for (let i = today.offsets[u]!; i < today.offsets[u + 1]!; i++) {
        const t = today.territory[i]!;
        let at = held.get(t);
        if (at === undefined) {
          held.set(t, (at = territory.length));
          territory.push(t);
          value.push(0);
          for (let l = 0; l < limits; l++) amount.push(0);
        }
        value[at]! += today.value[i]!;
        for (let l = 0; l < limits; l++) amount[at * limits + l]! += today.amount[i * limits + l]!;
      }
    }
    offsets[c + 1] = territory.length;
  });
  return {
    offsets,
    territory: Int32Array.from(territory),
    value: Float64Array.from(value),
    amount: Float64Array.from(amount),
  };
}

/** Mean rows by weight, so that weight times cost sums up. */
function mergeMatrix({ territories: k, weight }: KernelInput, matrix: Float64Array, members: Numbering['members']) {
  const merged = new Float64Array(members.length * k);
  members.forEach((list, c) => {
    const total = list.reduce((sum, u) => sum + weight[u]!, 0);
    for (const u of list) {
      const share = list.length === 1 ? 1 : total > 0 ? weight[u]! / total : 1 / list.length;
      for (let t = 0; t < k; t++) merged[c * k + t]! += share * matrix[u * k + t]!;
    }
  });
  return merged;
}
