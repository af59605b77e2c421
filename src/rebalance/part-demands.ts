/** What a part of a problem has to respect beyond bounds and pins. */
import { basePlan, type PlanTally } from '../metrics/plan-tally.js';
import { laidLoad } from '../metrics/served-accounts.js';
import type { Demands, MoveLimit } from '../types.js';

/** Accounts of the units that follow them, unit by unit. O(accounts of the units). */
export function listFollowers({ basis, accounts }: PlanTally, units: Int32Array): number[] {
  const { problem, accountsOf } = basis;
  const overlay = problem.demands?.overlay ?? null;
  const own: number[] = [];
  if (!accountsOf) return own;
  for (const u of units) {
    for (let e = accountsOf.offsets[u]!; e < accountsOf.offsets[u + 1]!; e++) {
      const a = accountsOf.units[e]!;
      if (!(accounts && accounts[a]! >= 0) && !(overlay && overlay[a]! >= 0)) own.push(a);
    }
  }
  return own;
}

/** Units of groups that also have units elsewhere: these cannot follow, so they must stay. */
export function isParted({ basis, assignment }: PlanTally, territories: readonly number[]): (u: number) => boolean {
  const together = basis.problem.demands?.together;
  if (!together) return () => false;
  const inside = new Set(territories);
  const parted = new Set<number>();
  for (let u = 0; u < together.length; u++)
    if (together[u]! >= 0 && !inside.has(assignment[u]!)) parted.add(together[u]!);
  return (u) => parted.has(together[u]!);
}

/** null for nothing. O(M k, the part's units and accounts, and n with groups). */
export function carveDemands(tally: PlanTally, units: Int32Array, territories: readonly number[]): Demands | null {
  const { basis, accounts, guests } = tally;
  const { problem } = basis;
  const { demands } = problem;
  const k = problem.territories.length;
  if (!demands && !accounts) return null;
  const parted = isParted(tally, territories);
  const permits = demands?.permits;
  const matrix = demands?.matrix;
  return {
    permits: permits
      ? { row: units.map((u) => permits.row[u]!), allowed: pickColumns(permits.allowed, k, territories) }
      : null,
    accountPermits: null,
    together: demands?.together ? units.map((u) => (parted(u) ? -1 : demands.together![u]!)) : null,
    groupIds: demands?.groupIds ?? [],
    overlay: null,
    baseLoad: Float64Array.from(
      problem.measures.flatMap((_, m) => territories.map((t) => laidLoad(basis, t, guests[t]!, m, accounts))),
    ),
    limits: carveLimits(tally, units),
    matrix: matrix ? Float64Array.from([...units].flatMap((u) => territories.map((t) => matrix[u * k + t]!))) : null,
    mix: demands?.mix ?? null,
    classMeasures: demands?.classMeasures ?? [],
    candidates: carveSites(tally, territories),
  };
}

/** The sites that no territory elsewhere is based at. */
function carveSites(tally: PlanTally, territories: readonly number[]): Float64Array | null {
  const sites = tally.basis.problem.demands?.candidates;
  const based = sites && basePlan(tally);
  if (!based) return null;
  const taken = new Set([...based].flatMap(([t, { site }]) => (territories.includes(t) ? [] : [site])));
  return sites.filter((_, i) => !taken.has(i >> 1));
}

/** What moves elsewhere, or whatever the part does, uses the limits up. */
function carveLimits(tally: PlanTally, units: Int32Array): MoveLimit[] {
  const { basis, territories: tallies, pool, assignment } = tally;
  const { holdings } = basis;
  if (!holdings || holdings.limits.length === 0) return [];
  const own = holdings.unit ? listFollowers(tally, units) : [...units];
  return holdings.limits.map((limit, l) => {
    let elsewhere = pool.moved?.limited[l] ?? 0;
    for (const { moved } of tallies) elsewhere += moved?.limited[l] ?? 0;
    for (const i of own) {
      const t = assignment[holdings.unit ? holdings.unit[i]! : i]!;
      if (holdings.today[i]! >= 0 && holdings.today[i] !== t) elsewhere -= limit.amount[i]!;
    }
    return {
      ...limit,
      max: Math.max(0, limit.max - elsewhere),
      amount: Float64Array.from(own, (i) => limit.amount[i]!),
    };
  });
}

function pickColumns(values: Uint8Array, k: number, columns: readonly number[]): Uint8Array {
  const rows = values.length / k;
  return Uint8Array.from(Array.from({ length: rows }, (_, row) => columns.map((t) => values[row * k + t]!)).flat());
}
