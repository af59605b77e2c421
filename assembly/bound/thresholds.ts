// From what size on a bound is gone about in another way.

/** Up to this many items the ascent has rounds enough to get further from the first multipliers, however bad. */
export let fewItems: i32 = 10_000;
/** From this many territories on that may have any centre, neighbourhoods are better to begin with than the plan. */
export let manyTerritories: i32 = 20;
/** On more units the nodes of a tree with small leaves would take as much room as the items. */
export let manyUnits: i32 = 400_000;

/** Takes every problem for a large one, so that tests can weigh what is proven there against all plans of a small one. */
export function takeAllForLarge(): void {
  fewItems = 0;
  manyTerritories = 1;
  manyUnits = 0;
}
