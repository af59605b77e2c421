/** Levels from the bottom: territories first, then neighbouring territories into districts, those into regions. */
import { carveProblem } from '../problem/carve.js';
import { boundsBySize } from '../problem/level-problem.js';
import { mergeUnits } from '../problem/merge-units.js';
import type { Level, Problem } from '../types.js';
import type { LevelSearch } from './level-search.js';

/** Work of putting one level together, as a share of designing the territories: far more than its few units ask for. */
const GROUPING_WORK = 0.05;

/** Work of all searches of `designBottomUp`, in units. */
export function bottomUpWork({ ids, levels }: Problem): number {
  return ids.length * (1 + GROUPING_WORK * levels.length);
}

/**
 * Territory per unit, and the problem's levels with the groups that were found. Levels that name their groups stay as
 * they are; the others are put together of whole groups of the level below, within the groups of the nearest level
 * above that names its own.
 */
export async function designBottomUp(
  problem: Problem,
  search: LevelSearch,
): Promise<{ readonly assignment: Int32Array; readonly levels: readonly Level[] }> {
  const assignment = await search.run(problem, 'territory');
  const levels = [...problem.levels];
  for (let l = levels.length - 1; l >= 0; l--) {
    const level = levels[l]!;
    if (level.given) continue;
    const above = levels.slice(0, l).findLast(({ given }) => given) ?? null;
    levels[l] = { ...level, of: await groupItems(problem, assignment, levels[l + 1] ?? null, level, above, search) };
  }
  return { assignment, levels };
}

/** Group of each territory. The items that are put together are the groups of `below`, or the territories. */
async function groupItems(
  problem: Problem,
  assignment: Int32Array,
  below: Level | null,
  level: Level,
  above: Level | null,
  search: LevelSearch,
): Promise<Int32Array> {
  const ids = below ? below.groups : problem.territories.map(({ id }) => id);
  const itemOf = (t: number) => (below ? below.of[t]! : t);
  const partOf = assignment.map((t) => (t < 0 ? -1 : itemOf(t)));
  const merged = mergeUnits(problem, partOf, ids);
  const contiguous = problem.contiguity === 'required';
  const whole: Problem = {
    ...merged,
    activity: withBaseLoad(problem, merged.activity, itemOf, ids.length),
    ...boundsBySize(problem, level),
    territories: level.groups.map((id) => ({ id, share: 1, center: null, locked: false, contiguous })),
    balance: level.balance ?? problem.balance,
    todayIds: level.groups,
  };
  const territories = [...problem.territories.keys()];
  const groupOf = new Int32Array(ids.length);
  const parts = above ? above.groups.length : 1;
  const work = (GROUPING_WORK * assignment.length) / parts;
  for (let p = 0; p < parts; p++) {
    const inside = territories.filter((t) => !above || above.of[t] === p);
    const items = ascending(inside.map(itemOf));
    const groups = ascending(inside.map((t) => level.of[t]!));
    const part = carveProblem(whole, items, groups, { targets: 'kept' });
    const found = await search.run(part, level.name, work);
    items.forEach((item, i) => {
      groupOf[item] = groups[found[i]!]!;
    });
  }
  return Int32Array.from(territories, (t) => groupOf[itemOf(t)]!);
}

/** What the items carry, with the accounts that are laid over the map for their territories; M × items. */
function withBaseLoad(
  { demands, territories }: Problem,
  activity: Float64Array,
  itemOf: (t: number) => number,
  items: number,
): Float64Array {
  const baseLoad = demands?.baseLoad;
  if (!baseLoad) return activity;
  const k = territories.length;
  const sums = activity.slice();
  baseLoad.forEach((load, i) => {
    sums[Math.floor(i / k) * items + itemOf(i % k)]! += load;
  });
  return sums;
}

/** Each value once. */
function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
