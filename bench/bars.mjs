/**
 * The figures to reach, one worker on a 2-core machine; a median of seeds each. `group` names the group that measures it,
 * `id` the value among what that group's `measure` gives. `at-most` and `below` compare as they say, `all` wants the value
 * to be as large as the `of` that comes with it.
 */
export const BARS = [
  bar('moi-tract', 'mean', 'moi-tract, 10 s: mean gap', 'at-most', 0.001, 'percent'),
  bar('moi-tract', 'worst', 'moi-tract, 10 s: worst gap', 'at-most', 0.003, 'percent'),
  bar('moi-tract', 'bound', 'moi-tract: bound against the published dual bound, worst', 'at-least', 0.998, 'percent'),
  bar('moi-tract', 'boundMs', 'moi-tract: time from the plan to its bound, worst', 'at-most', 10_000, 'seconds'),
  bar('moi-county', 'mean', 'moi-county, 3 s: mean gap', 'at-most', 0.003, 'percent'),
  bar('moi-county', 'worst', 'moi-county, 3 s: worst gap', 'at-most', 0.01, 'percent'),
  bar('moi-county', 'solved', 'moi-county, 3 s: instances solved', 'all', null, 'count'),
  bar('grid', 'small', 'grid to 8×8: worst gap', 'at-most', 0.001, 'percent'),
  bar('grid', 'large', 'grid beyond 8×8: worst gap', 'at-most', 0.01, 'percent'),
  bar('moi-tract-large', 'mean', 'moi-tract-large, 30 s: mean gap to the reference', 'at-most', 0.001, 'percent'),
  bar('moi-tract-large', 'least', 'moi-tract-large, 30 s: below the reference somewhere', 'below', 0, 'percent'),
  bar('moi-hex102k', 'mean', 'moi-hex102k, 20 s: gap to the reference', 'below', 0, 'percent'),
  bar('cut-county', 'optimal', 'cut-county, 5 s: instances at the optimum', 'all', null, 'count'),
  bar('cut-tract', 'mean', 'cut-tract, 10 s: mean gap', 'at-most', 0.015, 'percent'),
  bar('gp', 'belowMetis', 'gp, 10 s: instances below METIS', 'all', null, 'count'),
  bar('gp', 'worst', 'gp, 30 s: worst gap to KaFFPa strong', 'at-most', 0.03, 'percent'),

  bar('h3', 'colorado-res6-k10@2', 'colorado-res6, k 10, 2 s: inertia', 'at-most', 1.272e10, 'inertia'),
  bar('h3', 'us-res5-k50@3', 'us-res5, k 50, 3 s: inertia', 'at-most', 5.07e12, 'inertia'),
  bar('h3', 'us-res5-k200@15', 'us-res5, k 200, 15 s: inertia', 'at-most', 1.246e12, 'inertia'),
  bar('h3', 'us-res6-k200@5', 'us-res6, k 200, 5 s: inertia', 'at-most', 1.25e12, 'inertia'),
  bar('h3', 'us-res6-k200@20', 'us-res6, k 200, 20 s: inertia', 'at-most', 1.24e12, 'inertia'),
  bar('h3', 'us-res6-k1000@20', 'us-res6, k 1,000, 20 s: inertia', 'at-most', 2.5e11, 'inertia'),
  bar('h3', 'us-res7-k1000@10', 'us-res7, k 1,000, 10 s: inertia', 'at-most', 2.5e11, 'inertia'),
  bar('h3', 'us-res7-k1000@30', 'us-res7, k 1,000, 30 s: inertia', 'at-most', 2.48e11, 'inertia'),
  bar('h3', 'us-res7-k1000@memory', 'us-res7, k 1,000: memory of the process', 'at-most', 1500, 'megabytes'),

  ...['colorado-res6-k10', 'us-res5-k50', 'us-res5-k200', 'us-res6-k200', 'us-res6-k1000', 'us-res7-k1000'].map(
    (name) =>
      bar('first-plan', name, `${name}: first feasible plan, against max(0.25 s, 2 × gpmetis)`, 'own', null, 'seconds'),
  ),
  bar('first-plan', 'exponent', 'first feasible plan, k 200: growth with n, exponent', 'at-most', 1.1, 'number'),

  bar('h3-two', 'colorado-res6-k10-two', 'colorado-res6, k 10, two measures: violation', 'at-most', 0, 'number'),
  bar('h3-two', 'us-res5-k50-two', 'us-res5, k 50, two measures: violation', 'at-most', 0, 'number'),
  bar('h3-border', 'colorado-res6-k10-cut', 'colorado-res6, k 10, 30 s: cut edges', 'at-most', 450, 'count'),
  bar('h3-border', 'us-res5-k50-cut', 'us-res5, k 50, 30 s: cut edges', 'at-most', 3100, 'count'),
  bar('h3-border', 'us-res6-k200-cut', 'us-res6, k 200, 30 s: cut edges', 'at-most', 17_400, 'count'),

  bar('ingest', 'us-res7', '1.5 M cell ids, as text, to a ready problem', 'at-most', 3000, 'seconds'),
  bar('ingest', 'us-res7@indexes', '1.5 M cell ids, as 64-bit numbers, to a ready problem', 'at-most', 3000, 'seconds'),
  bar('workers', 'speedup', 'starts per minute, two workers against one', 'at-least', 1.6, 'number'),
  bar('demands', 'rate', 'moves per second with demands, against without', 'at-least', 0.8, 'percent'),
  bar('demands', 'moves', 'sample, at most 5 % of accounts moved: worst deviation of hours', 'at-most', 0.1, 'percent'),
  bar('cancel', 'worst', 'cancel with a plan at hand, worst', 'at-most', 50, 'milliseconds'),
  bar('session', 'editMs', '100,000 units: all figures after an edit of 1,000', 'at-most', 16, 'milliseconds'),
  bar('session', 'undoMs', '100,000 units: undo of that edit', 'at-most', 5, 'milliseconds'),
  bar('session', 'rebalanceMs', '100,000 units: repair around that edit', 'at-most', 100, 'milliseconds'),
];

function bar(group, id, name, compare, limit, unit) {
  return { group, id, name, compare, limit, unit };
}

/**
 * @param {{ compare: string, limit: number | null }} bar
 * @param {{ value: number | null, limit?: number, of?: number, late?: boolean } | undefined} measured `late`: took too long
 * @returns {boolean | null} null when there is no value
 */
export function reaches({ compare, limit }, measured) {
  if (measured?.value === undefined || measured.value === null) return null;
  const { value } = measured;
  if (measured.late) return false;
  switch (compare) {
    case 'at-most':
      return value <= limit;
    case 'at-least':
      return value >= limit;
    case 'below':
      return value < limit;
    case 'own':
      return value <= measured.limit;
    case 'all':
      return value === measured.of;
    default:
      throw new Error(`unknown comparison ${compare}`);
  }
}
