const MOST_POINTS = 40;

/** Collects the progress of one run: when its best plan changed, and to what. */
export function createTrace() {
  /** @type {[number, number, number][]} */
  const points = [];
  return {
    add({ elapsedMs, best }) {
      if (!best) return;
      const last = points.at(-1);
      if (last && last[1] === best.violation && last[2] === best.cost) return;
      points.push([elapsedMs, best.violation, best.cost]);
    },
    /**
     * `[ms, violation, cost]` ascending in time; thinned by time on a logarithmic scale, the last point kept.
     * @returns {number[][]}
     */
    points() {
      return thin(points).map(([ms, violation, cost]) => [Math.round(ms), violation, Number(cost.toPrecision(7))]);
    },
  };
}

/** First point of each of `MOST_POINTS` spans of equal ratio, every change to feasible, and the last. */
function thin(points) {
  if (points.length <= MOST_POINTS) return points;
  const [from, to] = [Math.max(1, points[0][0]), points.at(-1)[0]];
  const spanOf = ([ms]) => Math.floor((Math.log(Math.max(1, ms) / from) / Math.log(to / from)) * MOST_POINTS);
  return points.filter((point, i) => {
    const before = points[i - 1];
    if (!before || i === points.length - 1) return true;
    return spanOf(point) !== spanOf(before) || (point[1] === 0 && before[1] > 0);
  });
}

/** Cost of the best feasible plan at a time, or null. */
export function costAt(trace, ms) {
  let cost = null;
  for (const [at, violation, value] of trace) if (at <= ms && violation === 0) cost = value;
  return cost;
}

/** When a feasible plan first cost at most `target`, in ms, or null. */
export function timeToTarget(trace, target) {
  return trace.find(([, violation, cost]) => violation === 0 && cost <= target)?.[0] ?? null;
}
