/** The report: what was measured, each bar beside its figure, and the details of every group. */
import { BARS, reaches } from './bars.mjs';
import { cell, decimal, percent, scientific, seconds, table } from './markdown.mjs';

const WRITERS = {
  percent: (value) => percent(value, 3),
  inertia: (value) => scientific(value, 4),
  seconds,
  milliseconds: (value) => `${decimal(value, 1)} ms`,
  megabytes: (value) => `${decimal(value, 0)} MB`,
  count: cell,
  number: (value) => decimal(value, 3),
};
const SIGNS = { 'at-most': '≤', 'at-least': '≥', below: '<' };

/**
 * Every bar with its figure.
 * @param groupsOfBench the groups that can be measured
 * @param measured the report's groups by name: `{ data }` or `{ error }`
 * @returns {{ name: string, bar: string, measured: string, reached: boolean | null, note: string }[]}
 */
export function judgeBars(groupsOfBench, measured, bars = BARS) {
  const values = new Map();
  for (const group of groupsOfBench) {
    const data = measured[group.name]?.data;
    if (data) values.set(group.name, group.measure(data));
  }
  return bars.map((bar) => {
    const value = values.get(bar.group)?.[bar.id];
    const write = WRITERS[bar.unit];
    const error = measured[bar.group]?.error;
    return {
      name: bar.name,
      bar: limitText(bar, value, write),
      measured: valueText(value, write),
      reached: reaches(bar, value),
      note: value?.note ?? error ?? (values.has(bar.group) ? '' : 'not run'),
    };
  });
}

/** @param report `{ package, machine, node, commit, command, seeds, quick, groups }` */
export function writeMarkdown(groupsOfBench, report) {
  const rows = judgeBars(groupsOfBench, report.groups);
  const count = (reached) => rows.filter((row) => row.reached === reached).length;
  const parts = [
    '# Bench report',
    [
      `- equiterra ${report.package}, commit ${report.commit}${report.quick ? ', **quick run: a tenth of the time, one seed**' : ''}`,
      `- ${report.machine}; Node ${report.node}; one worker unless said otherwise`,
      `- \`${report.command}\`; seeds a figure, whose median counts: ${report.seeds}`,
    ].join('\n'),
    `## Figures to reach\n\n${count(true)} reached, ${count(false)} not reached, ${count(null)} not measured.`,
    table(
      ['figure', 'bar', 'measured', 'reached', 'note'],
      rows.map((row) => [row.name, row.bar, row.measured, reachedText(row.reached), row.note]),
    ),
    ...groupsOfBench.map((group) => writeGroup(group, report)),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** null for a group that was not run. */
function writeGroup(group, report) {
  const entry = report.groups[group.name];
  if (!entry) return null;
  const head = `## ${group.title}`;
  const where = describeOrigin(entry, report);
  if (entry.error) return [head, where, `This group failed: ${entry.error}`].filter(Boolean).join('\n\n');
  return [head, where, group.details(entry.data, report.groups)].filter(Boolean).join('\n\n');
}

/** Parts of a report may have been measured at another time; what differs is said. */
function describeOrigin(entry, report) {
  const differs = ['commit', 'machine', 'node', 'command', 'seeds', 'quick'].filter(
    (key) => entry[key] !== report[key],
  );
  const took = `Group \`${entry.name}\`, measured in ${seconds(1000 * entry.seconds)}`;
  return `${took}${differs.map((key) => `; ${key} ${entry[key]}`).join('')}.`;
}

function limitText(bar, value, write) {
  if (bar.compare === 'all') return value?.of === undefined ? 'all' : `all ${value.of}`;
  if (bar.compare === 'own') return value?.limit === undefined ? '≤ its own' : `≤ ${write(value.limit)}`;
  return `${SIGNS[bar.compare]} ${write(bar.limit)}`;
}

function valueText(value, write) {
  if (value?.value === undefined || value.value === null) return '–';
  return write(value.value);
}

function reachedText(reached) {
  return reached === null ? '–' : reached ? 'yes' : '**no**';
}
