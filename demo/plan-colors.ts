import { computed } from '@preact/signals';
import { colorTerritories, type TerritoryMap } from 'equiterra/layers';
import { preview, problem, result } from './store.js';

export interface ShownPlan {
  readonly plan: TerritoryMap;
  /** Index into `TERRITORY_COLORS` per territory. */
  readonly colors: Uint8Array;
}

let last: ShownPlan | null = null;

/**
 * The plan on the map: the result, else the best one so far. A territory inherits the colour of the one that held most
 * of its units in the plan shown before, so that the map does not flicker while the search goes on.
 */
export const shownPlan = computed<ShownPlan | null>(() => {
  const current = problem.value;
  const assignment = result.value?.plan.assignment ?? preview.value;
  if (!current || !assignment) return null;
  const plan = { assignment, territories: current.territories.map(({ id }) => id) };
  const previous = last && last.plan.assignment.length === assignment.length ? inherit(last, plan) : null;
  last = { plan, colors: colorTerritories(current, plan, previous) };
  return last;
});

function inherit(before: ShownPlan, { assignment, territories }: TerritoryMap): Uint8Array {
  const width = before.plan.territories.length;
  const shared = new Int32Array(territories.length * width);
  for (let u = 0; u < assignment.length; u++) {
    const [from, to] = [before.plan.assignment[u]!, assignment[u]!];
    if (from >= 0 && to >= 0) shared[to * width + from]! += 1;
  }
  return Uint8Array.from(territories, (_, t) => {
    const row = shared.subarray(t * width, (t + 1) * width);
    return before.colors[row.indexOf(row.reduce((most, units) => Math.max(most, units), 0))]!;
  });
}
