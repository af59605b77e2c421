/**
 * Distances between the units of a published instance as its paper measures them.
 * @returns {(i: number, j: number) => number} in the paper's unit, before any squaring
 */
export function paperDistance({ units, metric }) {
  const straight = (i, j) => Math.hypot(units[i].x - units[j].x, units[i].y - units[j].y);
  switch (metric.type) {
    case 'planar-km-rounded':
      return (i, j) => roundHalfEven(straight(i, j) / 1000);
    case 'planar-km':
      return (i, j) => straight(i, j) / 1000;
    case 'grid-x100-trunc':
      return (i, j) => Math.trunc(straight(i, j) * 100);
    case 'planar-floor':
      return (i, j) => Math.floor(straight(i, j));
    case 'planar':
      return straight;
    default:
      throw new Error(`unknown metric ${metric.type}`);
  }
}

/** As the papers' Python rounds: a half goes to the even neighbour. */
export function roundHalfEven(x) {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}
