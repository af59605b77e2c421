// Costs that are given per unit and territory and take the place of distances: places then only shape the first plan.

import { freshArray } from './fresh-array';
import { territoryCount, unitCount } from './problem';

export let hasMatrix: bool = false;
/** Cost per unit of weight, n × k. */
export let matrix: StaticArray<f64> = new StaticArray<f64>(0);

export function allocateCostMatrix(given: bool): void {
  hasMatrix = given;
  matrix = freshArray<f64>(given ? unitCount * territoryCount : 0);
}

/** Derived: mean difference of a unit's two lowest costs, and the largest of its highest and its lowest. */
export let usualGap: f64 = 1;
export let widestRange: f64 = 1;

/** Measures how far costs lie apart; once per problem. O(n k). */
export function deriveCostMatrix(): void {
  if (!hasMatrix) return;
  let sum: f64 = 0;
  widestRange = 0;
  for (let u = 0; u < unitCount; u++) {
    let low = Infinity;
    let next = Infinity;
    let high = -Infinity;
    for (let t = 0; t < territoryCount; t++) {
      const cost = givenCost(u, t);
      next = min(next, max(low, cost));
      low = min(low, cost);
      high = max(high, cost);
    }
    if (territoryCount > 1) sum += next - low;
    widestRange = max(widestRange, high - low);
  }
  if (widestRange == 0) widestRange = 1;
  usualGap = sum > 0 ? sum / <f64>unitCount : widestRange;
}

/** What unit `u` costs at territory `t`, per unit of weight. */
// @ts-ignore: decorator
@inline
export function givenCost(u: i32, t: i32): f64 {
  return matrix[u * territoryCount + t];
}
