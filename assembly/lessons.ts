// What a run has learned beside its best plan: the prices of its diagram, which set the scale of its moves, and the
// pressure of balance, which takes many adaptions to grow. The host carries both from run to run along with the plan.

import { pressureLength, readPressure, writePressure } from './balance-pressure';
import { price } from './power-diagram';
import { territoryCount } from './problem';

/** Prices, k, then the pressure. */
export let lessons: StaticArray<f64> = new StaticArray<f64>(0);

export function allocateLessons(): void {
  lessons = new StaticArray<f64>(territoryCount + pressureLength());
}

/** Writes down what stands now. */
export function keepLessons(): void {
  for (let t = 0; t < territoryCount; t++) lessons[t] = price[t];
  readPressure(lessons, territoryCount);
}

/** Goes on with what is written down. */
export function recallLessons(): void {
  for (let t = 0; t < territoryCount; t++) price[t] = lessons[t];
  writePressure(lessons, territoryCount);
}
