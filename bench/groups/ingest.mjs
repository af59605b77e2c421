import { runTask } from '../child.mjs';
import { cell, decimal, seconds, table } from '../markdown.mjs';
import { median } from '../statistics.mjs';
import { fieldsOf } from './solve-instances.mjs';

/** `fill`: also places over the cells of an outline. */
const CASES = [
  { name: 'colorado-res6', area: 'colorado', resolution: 6 },
  { name: 'us-res5', area: 'us', resolution: 5, fill: true },
  { name: 'us-res6', area: 'us', resolution: 6, fill: true },
  { name: 'us-res7', area: 'us', resolution: 7, huge: true },
];
const LIMIT_MS = 5 * 60_000;

export const INGEST = {
  name: 'ingest',
  title: 'From cells to a ready problem',
  async run({ seeds, quick, log }) {
    const instances = [];
    for (const { name, huge, ...input } of CASES) {
      if (quick && huge) continue;
      const { lines, error } = await runTask('ingest', { ...input, rounds: seeds.length }, { limitMs: LIMIT_MS, log });
      const instance = {
        name,
        cells: fieldsOf(lines, 'cells')[0] ?? null,
        indexes: fieldsOf(lines, 'indexes')[0] ?? null,
        accounts: fieldsOf(lines, 'accounts')[0] ?? null,
        error,
      };
      instances.push(instance);
      log(`${name}: ${seconds(stage(instance.cells, 'allMs'))}${error ? `, ${error}` : ''}`);
    }
    return { instances };
  },
  measure({ instances }) {
    const values = instances.flatMap(({ name, cells, indexes }) => [
      [name, { value: stage(cells, 'allMs') }],
      [`${name}@indexes`, { value: stage(indexes, 'allMs') }],
    ]);
    return Object.fromEntries(values);
  },
  details({ instances }) {
    const rows = instances.flatMap(({ name, cells, indexes, accounts, error }) => [
      [`${name}: cell ids`, ...columns(cells), error],
      [`${name}: 64-bit indexes`, ...columns(indexes), null],
      ...(accounts ? [[`${name}: places over an outline`, ...columns(accounts), null]] : []),
    ]);
    const head = [
      'input',
      'units',
      'call of `prepare`',
      'into the worker',
      'building',
      'back to the page',
      'memory',
      'error',
    ];
    return `Medians, in a warm worker; the first call included.\n\n${table(head, rows)}`;
  },
};

function columns(measured) {
  const times = ['allMs', 'inMs', 'buildMs', 'outMs'].map((name) => seconds(stage(measured, name)));
  return [cell(measured?.units), ...times, measured && `${decimal(measured.rssMB, 0)} MB`];
}

function stage(measured, name) {
  return measured && median(measured.times.map((times) => times[name]));
}
