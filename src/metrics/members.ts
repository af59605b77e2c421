/** The units of every territory, side by side. */

export interface Members {
  /** Length k + 1: territory t owns `units[offsets[t]]` … `units[offsets[t + 1] - 1]`. */
  readonly offsets: Int32Array;
  /** Unit indices, ascending within each territory; unassigned units are left out. */
  readonly units: Int32Array;
}

/** Counting sort of the units by territory. O(n + k). */
export function groupUnits(assignment: Int32Array, k: number): Members {
  const offsets = new Int32Array(k + 1);
  for (let u = 0; u < assignment.length; u++) if (assignment[u]! >= 0) offsets[assignment[u]! + 1]!++;
  for (let t = 0; t < k; t++) offsets[t + 1]! += offsets[t]!;
  const units = new Int32Array(offsets[k]!);
  const next = offsets.slice(0, k);
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    if (t >= 0) units[next[t]!++] = u;
  }
  return { offsets, units };
}

/** One view per territory on its own units. */
export function listMembers({ offsets, units }: Members): Int32Array[] {
  return Array.from({ length: offsets.length - 1 }, (_, t) => units.subarray(offsets[t]!, offsets[t + 1]!));
}

/** Ascending `members` without those that `leaves` and with `joins`, ascending and not among them. O(size). */
export function amendMembers(members: Int32Array, leaves: (u: number) => boolean, joins: Int32Array): Int32Array {
  const amended = new Int32Array(members.length + joins.length);
  let size = 0;
  let j = 0;
  for (const u of members) {
    if (leaves(u)) continue;
    while (j < joins.length && joins[j]! < u) amended[size++] = joins[j++]!;
    amended[size++] = u;
  }
  while (j < joins.length) amended[size++] = joins[j++]!;
  return amended.subarray(0, size);
}
