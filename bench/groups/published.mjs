/** Families of published instances, each scored by its paper's rule against the best value known. */
import { median } from '../statistics.mjs';
import { measureBounds, tabulateBounds } from './bounds.mjs';
import { family, medianGap } from './family.mjs';
import { runsAt } from './solve-instances.mjs';

const GRID_SIDE = /(\d+)x\d+$/;

const tract = family('moi-tract', /^moi-tract-[A-Z]{2}$/, [10], 'Moment of inertia, tracts', measureBounds);

export const PUBLISHED_GROUPS = [
  { ...tract, details: (data) => `${tract.details(data)}\n\n${tabulateBounds(data.instances)}` },
  family('moi-county', /^moi-county-[A-Z]{2}$/, [3], 'Moment of inertia, counties'),
  family('grid', /^grid-/, [10], 'Moment of inertia, grids with exact balance', measureGrids),
  family('moi-tract-large', /^moi-tract-large-/, [30], 'Moment of inertia, large tract graphs'),
  family('moi-hex102k', /^moi-hex/, [20], 'Moment of inertia, a lattice of 102,400 cells'),
  family('nocontig', /-nocontig$/, [10], 'Moment of inertia without contiguity (no bar)'),
  family('cut-county', /^cut-county-/, [5], 'Cut edges, counties'),
  family('cut-tract', /^cut-tract-/, [10], 'Cut edges, tracts'),
  family('gp', /^gp-/, [10, 30], 'Graph partition, +3 % above only', measureAgainstMetis),
];

function measureGrids(instances) {
  const worst = (some) => (some.length === 0 ? null : Math.max(...some.map((instance) => medianGap(instance, 10))));
  const isSmall = ({ name }) => Number(GRID_SIDE.exec(name)?.[1]) <= 8;
  return {
    small: { value: worst(instances.filter(isSmall)) },
    large: { value: worst(instances.filter((instance) => !isSmall(instance))) },
  };
}

/** Against the cut that came with the instance: gpmetis -contig, the best of ten. */
function measureAgainstMetis(instances) {
  const known = instances.filter((instance) => instance.published?.metisContigCut);
  const below = known.filter((instance) => {
    const cuts = runsAt(instance, 10).map((run) => (run.feasible ? run.scored.value : Infinity));
    return cuts.length > 0 && median(cuts) < instance.published.metisContigCut;
  });
  return { belowMetis: { value: below.length, of: known.length } };
}
