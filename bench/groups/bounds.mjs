/** The lower bounds that came with the plans, against those that published multipliers prove. */
import { cell, percent, ratio, seconds, table } from '../markdown.mjs';
import { median } from '../statistics.mjs';

/** Where the published dual bound is weak the bar says nothing: instances count whose published gap is below this. */
const STRONG = 0.01;

/**
 * Both sides in exact kilometres, which is what the search minimises: the published multipliers prove a bound there too.
 */
export function measureBounds(instances) {
  const counted = instances.filter(isStrong);
  if (counted.length === 0) return {};
  const ratios = counted.map((instance) => ratioOf(instance, 'exact'));
  const times = counted.map((instance) => median(instance.runs.map(timeToBound)));
  const missing = ratios.some((ratio) => ratio === null);
  return {
    bound: missing
      ? { value: null, note: 'no bound given' }
      : { value: Math.min(...ratios), note: `${counted.length} instances` },
    boundMs: { value: missing ? null : Math.max(...times), note: 'after the plan, same worker' },
  };
}

export function tabulateBounds(instances) {
  const rows = instances
    .filter((instance) => instance.publishedBound)
    .map((instance) => [
      instance.name,
      cell(boundOf(instance)),
      cell(instance.publishedBound.exact),
      percent(ratioOf(instance, 'exact'), 3),
      cell(instance.publishedBound.paper),
      percent(ratioOf(instance, 'paper'), 3),
      seconds(median(instance.runs.map(timeToBound))),
      instance.runs[0]?.boundKind ?? '–',
      isStrong(instance) ? 'yes' : 'no: the published bound is weak',
    ]);
  const head = [
    'instance',
    'bound',
    'published, exact km',
    'ratio',
    'published, paper',
    'ratio',
    'time',
    'kind',
    'counts',
  ];
  return `Lower bounds. The published multipliers are evaluated in the paper's metric and in exact kilometres, the metric of the plans.\n\n${table(head, rows)}`;
}

function isStrong({ publishedBound, bestKnown }) {
  return publishedBound !== null && publishedBound !== undefined && publishedBound.paper >= (1 - STRONG) * bestKnown;
}

function ratioOf(instance, metric) {
  return ratio(boundOf(instance), instance.publishedBound[metric]);
}

/** Median over the seeds in the instance's scale; null when a run gave none. */
function boundOf({ runs, scale = 1 }) {
  const bounds = runs.map(({ bound }) => bound);
  return bounds.length === 0 || bounds.includes(null) ? null : median(bounds) * scale;
}

function timeToBound({ boundMs }) {
  return boundMs ?? Number.NaN;
}
