/** Equiterra's own plans, from the other groups of the report, as rows beside those of the peers. */
import { median } from '../statistics.mjs';
import { runsAt } from './solve-instances.mjs';

/**
 * @param {string} name of an H3 problem
 * @param groups of the report, some of which may be missing
 * @returns {{ tool: string, goal: string | null, wallMs: number, measured: object }[]} the median run of each kind
 */
export function ownRows(name, groups) {
  const rows = [];
  const instance = find(groups.h3, name);
  const first = find(groups['first-plan'], name);
  const border = find(groups['h3-border'], `${name}-cut`);
  for (const limit of instance?.seconds ?? []) {
    const run = middle(runsAt(instance, limit), (each) => each.measured.inertia);
    if (run) rows.push({ tool: `**equiterra**, inertia, ${limit} s`, goal: 'inertia', ...run });
  }
  const cut = border && middle(border.runs, (each) => each.measured.cut);
  if (cut) rows.push({ tool: `**equiterra**, cut edges, ${border.seconds[0]} s`, goal: 'cut', ...cut });
  const earliest = median((first?.runs ?? []).filter((run) => run.feasible).map((run) => run.ms));
  if (earliest !== null) rows.push({ tool: '**equiterra**, first feasible plan', goal: null, wallMs: earliest });
  return rows;
}

/**
 * Where a peer's figure is better than ours, whatever else it gives up; the time against our first feasible plan.
 * @returns {string[]} a phrase each
 */
export function betterPeers(own, peers) {
  const cut = own.find(({ goal }) => goal === 'cut');
  const inertia = own.find(({ goal }) => goal === 'inertia');
  const first = own.find(({ goal }) => goal === null);
  const phrases = [];
  for (const { tool, wallMs, measured } of peers) {
    if (!measured) continue;
    const better = [];
    if (cut && measured.cut < cut.measured.cut) better.push('cut');
    if (inertia && measured.inertia < inertia.measured.inertia) better.push('inertia');
    if (first && wallMs < first.wallMs) better.push('time to a plan');
    if (better.length > 0) phrases.push(`${tool} in ${better.join(', ')} (${shortcoming(measured)})`);
  }
  return phrases;
}

function shortcoming({ measures, pieces }) {
  const [{ heaviest, lightest }] = measures;
  const off = `loads ${(100 * lightest).toFixed(1)} to ${(100 * heaviest).toFixed(1)} %`.replaceAll('-', '−');
  return pieces > 0 ? `${off}, ${pieces} extra pieces` : off;
}

function find(group, name) {
  return group?.data?.instances.find((instance) => instance.name === name);
}

/** The feasible run of median value. */
function middle(runs, value) {
  const feasible = runs.filter((run) => run.feasible).sort((a, b) => value(a) - value(b));
  const run = feasible[(feasible.length - 1) >> 1];
  return run && { wallMs: run.planMs, measured: run.measured };
}
