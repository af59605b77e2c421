import type { MeasureName } from '../types.js';

/** One value per measure. The record has no prototype, so that a measure may have any name, `__proto__` included. */
export function measureRecord(
  measures: readonly MeasureName[],
  value: (m: number) => number,
): Readonly<Record<MeasureName, number>> {
  const record: Record<MeasureName, number> = Object.create(null);
  for (let m = 0; m < measures.length; m++) record[measures[m]!] = value(m);
  return record;
}
