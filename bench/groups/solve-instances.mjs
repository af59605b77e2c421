import { runTask } from '../child.mjs';
import { seconds } from '../markdown.mjs';
import { median } from '../statistics.mjs';

/** Beyond the runs themselves: loading, preparing, scoring; generous, because only a hang should meet it. */
const OVERHEAD_MS = 180_000;

/**
 * Solves each instance in a process of its own, all seeds and time limits one after the other in one warm worker.
 * @param {{ source: object, name: string, seconds: readonly number[], check?: boolean }[]} cases
 * @returns {Promise<{ instances: object[] }>} what the runs gave, and for an instance that failed, why
 */
export async function solveInstances(cases, { seeds, timeScale, checker, log }) {
  const instances = [];
  for (const { source, name, seconds: asked, check = true } of cases) {
    const limits = asked.map((value) => Math.max(200, Math.round(value * 1000 * timeScale)));
    const runs = limits.flatMap((timeLimitMs) => seeds.map((seed) => ({ seed, timeLimitMs })));
    const spent = runs.reduce((sum, run) => sum + run.timeLimitMs, 0);
    const input = { source, runs, checker: check ? checker : null };
    const { lines, error } = await runTask('solve', input, { limitMs: 2 * spent + OVERHEAD_MS, log });
    const instance = {
      name,
      seconds: asked,
      ...fieldsOf(lines, 'prepared')[0],
      runs: fieldsOf(lines, 'run').map((run, i) => ({ ...run, seconds: asked[Math.floor(i / seeds.length)] })),
      checked: fieldsOf(lines, 'checked')[0] ?? null,
      peakRssMB: fieldsOf(lines, 'memory')[0]?.peakRssMB ?? null,
      error,
    };
    instances.push(instance);
    log(`${name}: ${describe(instance)}`);
  }
  return { instances };
}

/** Lines of one kind, without it. */
export function fieldsOf(lines, kind) {
  return lines.filter((line) => line.kind === kind).map(({ kind: _, ...fields }) => fields);
}

/** Runs with one time limit, as it was asked for before any scaling. */
export function runsAt(instance, seconds) {
  return instance.runs.filter((run) => run.seconds === seconds);
}

/** How far plans are proven to be from the best possible at most, median; null when a run came without a proof. */
export function provenGap(runs) {
  const gaps = runs.map(({ bound, cost }) => (bound === null ? null : (cost - bound) / cost));
  return gaps.includes(null) ? null : median(gaps);
}

/** What a plan may take beyond its limit: the last quantum, evaluation, the way back to the page. */
const GRACE = 1.05;
const GRACE_MS = 500;

/**
 * Runs that took clearly longer than they were given, in the median, do not reach a bar that names a time.
 * @returns {{ late: boolean, note?: string }} to be part of a bar's value
 */
export function lateness(runs) {
  if (runs.length === 0) return { late: false };
  const took = median(runs.map((run) => run.planMs));
  const late = took > GRACE * runs[0].timeLimitMs + GRACE_MS;
  return late ? { late, note: `late: took ${seconds(took)}` } : { late };
}

function describe({ runs, error }) {
  const words = runs.map((run) => {
    const value = run.scored ? `${(100 * run.scored.gap).toFixed(3)} %` : run.cost.toPrecision(5);
    return run.feasible ? value : `infeasible (${run.violation.toPrecision(3)})`;
  });
  return [...words, ...(error ? [error] : [])].join(', ');
}
