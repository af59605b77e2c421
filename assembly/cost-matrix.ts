// Costs that are given per unit and territory and take the place of distances: places then only shape the first plan.

import { territoryCount, unitCount } from './problem';

export let hasMatrix: bool = false;
/** Cost per unit of weight, n × k. */
export let matrix: StaticArray<f64> = new StaticArray<f64>(0);

export function allocateCostMatrix(given: bool): void {
  hasMatrix = given;
  matrix = new StaticArray<f64>(given ? unitCount * territoryCount : 0);
}

/** What unit `u` costs at territory `t`, per unit of weight. */
// @ts-ignore: decorator
@inline
export function givenCost(u: i32, t: i32): f64 {
  return matrix[u * territoryCount + t];
}
