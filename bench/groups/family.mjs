import { listPublished } from '../instances/published.mjs';
import { cell, percent, table } from '../markdown.mjs';
import { mean, median } from '../statistics.mjs';
import { lateness, provenGap, runsAt, solveInstances } from './solve-instances.mjs';

/** A gap this small is the optimum: values are published with two decimals. */
const OPTIMAL = 1e-6;

/**
 * A group that solves the published instances whose names fit a pattern.
 * @param {number[]} seconds time limits; the bars are about the last
 * @param {(instances: object[]) => object} [more] further values
 */
export function family(name, pattern, seconds, title, more = () => ({})) {
  return {
    name,
    title,
    needsInstances: true,
    async run(context) {
      const names = listPublished(context.instances).filter((each) => pattern.test(each));
      const cases = names.map((each) => ({
        name: each,
        source: { published: each, folder: context.instances },
        seconds,
      }));
      return solveInstances(cases, context);
    },
    measure: ({ instances }) => ({ ...measureGaps(instances, seconds.at(-1)), ...more(instances) }),
    details: ({ instances }) => seconds.map((limit) => gapTable(instances, limit)).join('\n\n'),
  };
}

/** Median gap of each instance; Infinity where the median run is infeasible or missing. */
export function medianGap(instance, seconds) {
  const runs = runsAt(instance, seconds);
  return runs.length === 0 ? Infinity : median(runs.map((run) => (run.feasible ? run.scored.gap : Infinity)));
}

function measureGaps(instances, seconds) {
  const gaps = instances.map((instance) => medianGap(instance, seconds));
  if (gaps.length === 0) return {};
  const runs = instances.flatMap((instance) => runsAt(instance, seconds));
  const feasible = runs.filter((run) => run.feasible).length;
  const note = `${feasible} of ${runs.length} runs feasible`;
  const late = instances.map((instance) => lateness(runsAt(instance, seconds))).find((each) => each.late);
  const values = {
    mean: { value: mean(gaps), note },
    worst: { value: Math.max(...gaps) },
    least: { value: Math.min(...gaps) },
    solved: { value: gaps.filter((gap) => gap < Infinity).length, of: gaps.length, note },
    optimal: { value: gaps.filter((gap) => gap <= OPTIMAL).length, of: gaps.length },
  };
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { ...value, ...late }]));
}

function gapTable(instances, seconds) {
  const rows = instances.map((instance) => {
    const runs = runsAt(instance, seconds);
    const feasible = runs.filter((run) => run.feasible);
    return [
      instance.name,
      cell(instance.units),
      cell(instance.territories),
      cell(median(feasible.map((run) => run.scored.value))),
      cell(instance.bestKnown),
      percent(medianGap(instance, seconds), 3),
      runs.map((run) => (run.feasible ? percent(run.scored.gap, 3) : 'infeasible')).join(', '),
      percent(provenGap(feasible), 2),
      instance.error ?? checkWord(instance),
    ];
  });
  const head = ['instance', 'units', 'k', 'found', 'best known', 'gap', 'gap per seed', 'proven', 'check'];
  return `${seconds} s a run; medians of the seeds.\n\n${table(head, rows)}`;
}

/** Whether the instances' own checker agrees with the bench about the first plan. */
export function checkWord({ checked, runs }) {
  if (!checked) return '–';
  if (checked.ok !== runs[0].feasible) return `**disagrees**: ${checked.said}`;
  return checked.ok ? 'ok' : 'refused too';
}
