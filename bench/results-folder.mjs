/** Reads and writes the report's two files. Infinity, which JSON lacks, is kept as a string. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INFINITY = 'Infinity';
const SIGNIFICANT_DIGITS = 10;

/** The report as it was left, or null. */
export function readReport(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'), (_, value) =>
      value === INFINITY ? Infinity : value,
    );
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

export function writeReport(folder, report, markdown) {
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, 'report.json'), stringify(report));
  writeWhole(join(folder, 'report.md'), markdown);
}

/** A line per group, so that a part that was measured anew is one changed line. */
function stringify({ groups, ...head }) {
  const lines = Object.entries(groups).map(
    ([name, group]) => `${JSON.stringify(name)}:${JSON.stringify(group, plain)}`,
  );
  return `${JSON.stringify(head).slice(0, -1)},"groups":{\n${lines.join(',\n')}\n}}\n`;
}

/** Nothing that is measured has more digits. */
function plain(_, value) {
  if (value === Infinity) return INFINITY;
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(SIGNIFICANT_DIGITS)) : value;
}

/** A reader meets the old file or the new one. */
function writeWhole(file, text) {
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}
