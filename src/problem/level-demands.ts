/** What a plan has to respect, of groups instead of territories. */
import type { Demands, Level, Permits, Problem } from '../types.js';

/**
 * A unit pinned to a territory is pinned to its group. So is what a locked territory holds today, where the rest of the
 * group is not locked.
 */
export function levelPins(problem: Problem, { of }: Level): Int32Array | null {
  const { pinned, today, territories } = problem;
  const free = new Set(territories.flatMap(({ locked }, t) => (locked ? [] : [of[t]!])));
  const isHeld = (t: number) => t >= 0 && t < territories.length && territories[t]!.locked && free.has(of[t]!);
  const pins = new Int32Array(problem.ids.length).fill(-1);
  for (let u = 0; u < pins.length; u++) {
    const held = today?.[u] ?? -1;
    const t = isHeld(held) ? held : (pinned?.[u] ?? -1);
    if (t >= 0) pins[u] = of[t]!;
  }
  return pins.some((g) => g >= 0) ? pins : null;
}

/**
 * A group may serve what one of its territories may, and serves at the cost of the cheapest of them; it has the accounts
 * that are laid over the map for its territories. Sites are for the territories' centres, not for the groups'.
 */
export function levelDemands(problem: Problem, level: Level): Demands | null {
  const { demands } = problem;
  if (!demands) return null;
  const { of, groups } = level;
  const { permits, accountPermits, overlay, baseLoad, matrix } = demands;
  return {
    ...demands,
    permits: permits && joinPermits(permits, of, groups.length),
    accountPermits: accountPermits && joinPermits(accountPermits, of, groups.length),
    overlay: overlay?.map((t) => (t < 0 ? -1 : of[t]!)) ?? null,
    baseLoad: baseLoad && joinColumns(baseLoad, of, groups.length, 0, (a, b) => a + b),
    matrix: matrix && joinColumns(matrix, of, groups.length, Infinity, Math.min),
    candidates: null,
  };
}

function joinPermits({ row, allowed }: Permits, of: Int32Array, groups: number): Permits {
  const k = of.length;
  const joined = new Uint8Array((allowed.length / k) * groups);
  for (let i = 0; i < allowed.length; i++) {
    if (allowed[i] === 1) joined[Math.floor(i / k) * groups + of[i % k]!] = 1;
  }
  return { row, allowed: joined };
}

/** Rows of one value per territory as rows of one per group. */
function joinColumns(
  values: Float64Array,
  of: Int32Array,
  groups: number,
  start: number,
  join: (a: number, b: number) => number,
): Float64Array {
  const k = of.length;
  const joined = new Float64Array((values.length / k) * groups).fill(start);
  for (let i = 0; i < values.length; i++) {
    const at = Math.floor(i / k) * groups + of[i % k]!;
    joined[at] = join(joined[at]!, values[i]!);
  }
  return joined;
}
