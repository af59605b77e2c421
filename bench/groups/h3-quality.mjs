/** Quality on the H3 problems: inertia, two measures at once, short borders; two-sided and contiguous throughout. */
import { cell, decimal, percent, scientific, seconds, signed, table } from '../markdown.mjs';
import { median } from '../statistics.mjs';
import { costAt, timeToTarget } from '../trace.mjs';
import { checkWord } from './family.mjs';
import { lateness, provenGap, runsAt, solveInstances } from './solve-instances.mjs';

const CURVE_SECONDS = [0.25, 0.5, 1, 2, 5, 10, 20, 30];

/**
 * Time limits in seconds, and the inertia to reach within the first of them. `huge` ones are left out of quick runs, and are
 * not given to a checker that reads JSON, which takes it minutes.
 */
const INERTIA = [
  { name: 'colorado-res6-k10', seconds: [2], target: 1.272e10 },
  { name: 'us-res5-k50', seconds: [3], target: 5.07e12 },
  { name: 'us-res5-k200', seconds: [15], target: 1.246e12 },
  { name: 'us-res6-k200', seconds: [5, 20], target: 1.25e12 },
  { name: 'us-res6-k1000', seconds: [20], target: 2.5e11 },
  { name: 'us-res7-k1000', seconds: [10, 30], target: 2.5e11, huge: true },
];
const TWO = [
  { name: 'colorado-res6-k10-two', seconds: [10] },
  { name: 'us-res5-k50-two', seconds: [10] },
];
const BORDER = [
  { name: 'colorado-res6-k10-cut', seconds: [30] },
  { name: 'us-res5-k50-cut', seconds: [30] },
  { name: 'us-res6-k200-cut', seconds: [30] },
];

export const H3_GROUPS = [
  group('h3', 'H3 cells, ±1 %, inertia', INERTIA, measureInertia, (instances) =>
    [qualityTable(instances), targetTable(instances), curveTable(instances), memoryTable(instances)].join('\n\n'),
  ),
  group('h3-two', 'H3 cells, two measures at once', TWO, measureTwo, tabulateTwo),
  group('h3-border', 'H3 cells, ±1 %, cut edges', BORDER, measureBorder, qualityTable),
];

function group(name, title, cases, measure, details) {
  return {
    name,
    title,
    async run(context) {
      const chosen = cases.filter(({ huge }) => !(context.quick && huge));
      return solveInstances(
        chosen.map((each) => ({ ...each, source: { h3: each.name }, check: !each.huge })),
        context,
      );
    },
    measure: ({ instances }) => measure(instances),
    details: ({ instances }) => details(instances),
  };
}

/** Median over the seeds, an infeasible run counting as infinitely costly. */
function medianOf(runs, value) {
  return runs.length === 0 ? null : median(runs.map((run) => (run.feasible ? value(run) : Infinity)));
}

function measureInertia(instances) {
  const values = {};
  for (const instance of instances) {
    for (const limit of instance.seconds) {
      const runs = runsAt(instance, limit);
      values[`${instance.name}@${limit}`] = { value: medianOf(runs, (run) => run.measured.inertia), ...lateness(runs) };
    }
    values[`${instance.name}@memory`] = { value: instance.peakRssMB, note: 'peak of the whole process' };
  }
  return values;
}

function measureBorder(instances) {
  const measureOne = ({ runs }) => ({ value: medianOf(runs, (run) => run.measured.cut), ...lateness(runs) });
  return Object.fromEntries(instances.map((instance) => [instance.name, measureOne(instance)]));
}

/** The bar is a plan without violation; what is missing is told in the details. */
function measureTwo(instances) {
  const entries = instances.map(({ name, runs }) => [
    name,
    {
      value: runs.length === 0 ? null : median(runs.map((run) => (run.feasible ? 0 : run.violation || Infinity))),
      note: `${runs.filter((run) => run.feasible).length} of ${runs.length} runs feasible`,
    },
  ]);
  return Object.fromEntries(entries);
}

function qualityTable(instances) {
  const rows = instances.flatMap((instance) =>
    instance.seconds.map((limit) => {
      const runs = runsAt(instance, limit);
      const inertias = runs.map((run) => run.measured.inertia);
      return [
        instance.name,
        cell(instance.units),
        `${limit} s`,
        seconds(median(runs.map((run) => run.planMs))),
        scientific(medianOf(runs, (run) => run.measured.inertia)),
        inertias.map((value) => scientific(value)).join(', '),
        cell(medianOf(runs, (run) => run.measured.cut)),
        runs.map((run) => cell(run.measured.cut)).join(', '),
        extremes(runs, 0),
        percent(provenGap(runs.filter((run) => run.feasible)), 2),
        `${runs.filter((run) => run.feasible).length} of ${runs.length}`,
        instance.error ?? checkWord(instance),
      ];
    }),
  );
  const head = [
    'instance',
    'cells',
    'limit',
    'took',
    'inertia',
    'per seed',
    'cut',
    'per seed',
    'loads',
    'proven',
    'feasible',
    'check',
  ];
  return table(head, rows);
}

/** Lightest and heaviest load of a measure over all runs. */
function extremes(runs, m) {
  const lightest = Math.min(...runs.map((run) => run.measured.measures[m].lightest));
  const heaviest = Math.max(...runs.map((run) => run.measured.measures[m].heaviest));
  return `${signed(lightest)} … ${signed(heaviest)}`;
}

function tabulateTwo(instances) {
  const rows = instances.flatMap(({ name, runs, error }) =>
    runs.map((run) => [
      name,
      run.seed,
      run.feasible ? 'yes' : `no, violation ${decimal(run.violation, 4)}`,
      percent(run.measured.beyond, 2),
      ...[0, 1].map((m) => extremes([run], m)),
      run.measured.pieces,
      scientific(run.measured.inertia),
      cell(run.measured.cut),
      error,
    ]),
  );
  const head = [
    'instance',
    'seed',
    'feasible',
    'beyond a bound',
    'population',
    'places',
    'pieces',
    'inertia',
    'cut',
    'error',
  ];
  return table(head, rows);
}

function targetTable(instances) {
  const targets = new Map(INERTIA.map(({ name, target }) => [name, target]));
  const rows = instances.flatMap((instance) =>
    instance.seconds.map((limit) => {
      const target = targets.get(instance.name);
      const times = runsAt(instance, limit).map((run) => timeToTarget(run.trace, target) ?? Infinity);
      const reached = median(times);
      return [instance.name, `${limit} s`, scientific(target), reached === Infinity ? 'not reached' : seconds(reached)];
    }),
  );
  return `Time to target: when the search first held a feasible plan of that inertia, median.\n\n${table(['instance', 'limit', 'inertia', 'time'], rows)}`;
}

/** Above the best plan of any run on the instance. */
function curveTable(instances) {
  const rows = instances.flatMap((instance) => {
    const best = Math.min(...instance.runs.filter((run) => run.feasible).map((run) => run.cost));
    return instance.seconds.map((limit) => {
      const at = CURVE_SECONDS.map((time) => {
        if (time > limit) return null;
        const costs = runsAt(instance, limit).map((run) => costAt(run.trace, time * 1000) ?? Infinity);
        const middle = median(costs);
        return middle === Infinity ? 'none yet' : percent(middle / best - 1, 2);
      });
      return [instance.name, `${limit} s`, ...at];
    });
  });
  const head = ['instance', 'limit', ...CURVE_SECONDS.map((time) => `${time} s`)];
  return `Gap over time to the best plan of all runs on the instance, median of the seeds.\n\n${table(head, rows)}`;
}

function memoryTable(instances) {
  const rows = instances.map((instance) => [
    instance.name,
    cell(instance.units),
    `${decimal(median(instance.runs.map((run) => run.rssMB)), 0)} MB`,
    `${decimal(instance.peakRssMB, 0)} MB`,
    seconds(instance.prepareMs),
  ]);
  const head = ['instance', 'cells', 'while it searches', 'peak of the process', 'prepared in'];
  return `Memory of the whole process, Node, input and a worker included (resident set; MB are 2^20 bytes).\n\n${table(head, rows)}`;
}
