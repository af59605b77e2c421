/** How many territories there should be, from what plans of several numbers of territories come to. */

export interface SizePoint {
  /** Number of territories. */
  readonly territories: number;
  readonly feasible: boolean;
  /** Activity beyond the reps' capacity; null without a capacity. */
  readonly uncovered: number | null;
  /** Estimated travel in km; null without accounts. */
  readonly travelKm: number | null;
  readonly cost: number;
}

export interface SizeRecommendation {
  /** null when nothing can be recommended. */
  readonly territories: number | null;
  /** What decided: the reps' capacity, or the knee of a curve. */
  readonly basis: 'capacity' | 'travelKm' | 'cost';
  /** A sentence that says why. */
  readonly message: string;
}

/**
 * With capacities, the fewest territories whose plan is feasible and leaves nothing uncovered. Without, the knee of
 * travel (of cost, where there are no accounts) over the number of territories: the point furthest below the chord from
 * the first feasible plan to the last, both axes scaled to 0 … 1 (Satopää et al. 2011, Finding a "Kneedle" in a
 * Haystack). `points` ascending by territories. O(points).
 */
export function recommendSize(points: readonly SizePoint[]): SizeRecommendation {
  const feasible = points.filter((point) => point.feasible);
  const bounded = points.some(({ uncovered }) => uncovered !== null);
  const travels = points.every(({ travelKm }) => travelKm !== null);
  const basis = bounded ? 'capacity' : travels ? 'travelKm' : 'cost';
  const none = (message: string): SizeRecommendation => ({ territories: null, basis, message });
  if (feasible.length === 0) return none('No number of territories has a plan within all bounds.');
  if (bounded) {
    const enough = feasible.find(({ uncovered }) => uncovered === 0);
    if (!enough) return none('With every number of territories some rep is beyond capacity.');
    const { territories } = enough;
    return {
      territories,
      basis,
      message: `${territories} is the least number whose plan holds all bounds and keeps every rep within capacity.`,
    };
  }
  const curve = travels ? 'travel' : 'cost';
  const territories = findKnee(
    feasible.map((point) => point.territories),
    feasible.map(({ travelKm, cost }) => (travels ? travelKm! : cost)),
  );
  if (territories === null) return none(`The ${curve} of the ${feasible.length} feasible plans has no knee.`);
  return {
    territories,
    basis,
    message: `${territories} is the knee of the ${curve} curve: fewer territories cost much more ${curve}, more save little.`,
  };
}

/** The x whose point lies furthest below the chord; null when none does. */
function findKnee(x: readonly number[], y: readonly number[]): number | null {
  const last = x.length - 1;
  const width = x[last]! - x[0]!;
  const height = Math.max(...y) - Math.min(...y);
  let knee: number | null = null;
  let furthest = 1e-9;
  for (let i = 1; i < last; i++) {
    const chord = y[0]! + ((y[last]! - y[0]!) * (x[i]! - x[0]!)) / width;
    const below = (chord - y[i]!) / height;
    if (below > furthest) {
      furthest = below;
      knee = x[i]!;
    }
  }
  return knee;
}
