import { runTask } from '../child.mjs';
import { decimal, ratio, scientific, seconds, table } from '../markdown.mjs';
import { findMetis, METIS_ADVICE } from '../peers/partitioners.mjs';
import { fitExponent, median } from '../statistics.mjs';
import { fieldsOf } from './solve-instances.mjs';

const NAMES = [
  'colorado-res6-k10',
  'us-res5-k50',
  'us-res5-k200',
  'us-res6-k200',
  'us-res6-k1000',
  'us-res7-k200',
  'us-res7-k1000',
];
const GROWTH = /-k200$/;
const HUGE = /-res7-/;
/** What a user may think of as at once. */
const INSTANT_MS = 250;
const LIMIT_MS = 60_000;

export const FIRST_PLAN = {
  name: 'first-plan',
  title: 'Time to the first feasible, contiguous plan',
  async run({ seeds, quick, log }) {
    const metis = findMetis();
    if (!metis) log(METIS_ADVICE);
    const instances = [];
    for (const name of NAMES.filter((each) => !(quick && HUGE.test(each)))) {
      const limitMs = quick ? LIMIT_MS / 10 : LIMIT_MS;
      const { lines, error } = await runTask(
        'first-plan',
        { h3: name, seeds, limitMs, metis },
        { limitMs: 180_000 + limitMs * (seeds.length + 1), log },
      );
      const instance = {
        name,
        firstCall: fieldsOf(lines, 'first-call')[0] ?? null,
        runs: fieldsOf(lines, 'first-plan'),
        metisMs: fieldsOf(lines, 'metis')[0]?.ms ?? null,
        error,
      };
      instances.push(instance);
      log(`${name}: ${seconds(timeOf(instance))}, gpmetis ${seconds(instance.metisMs)}${error ? `, ${error}` : ''}`);
    }
    return { instances, advice: metis ? null : METIS_ADVICE };
  },
  measure({ instances }) {
    const values = {};
    for (const instance of instances) {
      const limit = Math.max(INSTANT_MS, 2 * (instance.metisMs ?? 0));
      const note = instance.metisMs === null ? 'without gpmetis' : `gpmetis ${seconds(instance.metisMs)}`;
      values[instance.name] = { value: timeOf(instance), limit, note };
    }
    const growth = growthPoints(instances);
    if (growth.length >= 3) values.exponent = { value: fitExponent(growth), note: `${growth.length} sizes` };
    return values;
  },
  details({ instances, advice }) {
    const rows = instances.map((instance) => [
      instance.name,
      instance.firstCall?.units,
      seconds(timeOf(instance)),
      instance.runs.map((run) => (run.feasible ? seconds(run.ms) : 'none')).join(', '),
      seconds(instance.firstCall?.ms),
      seconds(instance.metisMs),
      decimal(ratio(timeOf(instance), instance.metisMs)),
      scientific(median(instance.runs.map((run) => run.inertia))),
      instance.error,
    ]);
    const head = [
      'instance',
      'cells',
      'first plan',
      'per seed',
      'first call',
      'gpmetis u10',
      'ratio',
      'inertia then',
      'error',
    ];
    return [
      'From the call of `optimize` on a problem that the worker holds to the first report of a plan within every bound and in one piece each; the plan is then checked. The first call on a problem also loads the kernel. gpmetis is timed as a process, reading included; it bounds the heaviest only.',
      table(head, rows),
      growthText(instances),
      ...(advice ? [advice] : []),
    ].join('\n\n');
  },
};

/** Median over the seeds; Infinity when the median run found none. */
function timeOf({ runs }) {
  return runs.length === 0 ? null : median(runs.map((run) => (run.feasible && run.ms !== null ? run.ms : Infinity)));
}

function growthPoints(instances) {
  return found(instances)
    .filter((instance) => GROWTH.test(instance.name))
    .map((instance) => [instance.firstCall.units, timeOf(instance)]);
}

/** With the number of territories, on equal cells. */
function growthText(instances) {
  const groups = new Map();
  for (const instance of found(instances)) {
    const { units, territories } = instance.firstCall;
    groups.set(units, [...(groups.get(units) ?? []), [territories, timeOf(instance)]]);
  }
  const phrases = [...groups]
    .filter(([, points]) => points.length > 1)
    .map(([units, points]) => {
      const [from, to] = [points[0][0], points.at(-1)[0]];
      return `${decimal(fitExponent(points))} from k ${from} to ${to} on ${units.toLocaleString('en-US')} cells`;
    });
  const withK = phrases.length > 0 ? phrases.join(', ') : 'not measured';
  return `Growth of that time, as exponents: with n at k 200 ${decimal(fitExponent(growthPoints(instances)))}; with k ${withK}.`;
}

function found(instances) {
  return instances.filter((instance) => instance.firstCall && Number.isFinite(timeOf(instance)));
}
