/** Weighted mean of the units' positions (`positionsKm`), length 3; the plain mean when they weigh nothing. */
export function weightedMean(points: Float64Array, weights: Float64Array, units: Int32Array): Float64Array {
  let total = 0;
  for (let i = 0; i < units.length; i++) total += weights[units[i]!]!;
  const mean = new Float64Array(3);
  for (let i = 0; i < units.length; i++) {
    const u = units[i]!;
    const share = total > 0 ? weights[u]! / total : 1 / units.length;
    mean[0]! += share * points[3 * u]!;
    mean[1]! += share * points[3 * u + 1]!;
    mean[2]! += share * points[3 * u + 2]!;
  }
  return mean;
}
