/**
 * `npm run bench`: measures the built package and writes one report. A group that fails is reported as such and ends
 * nothing; the report is written after every group, so a run that is broken off leaves what it had.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments, USAGE } from './arguments.mjs';
import { GROUPS } from './groups/all.mjs';
import { describeCommit, describeMachine } from './machine.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { judgeBars, writeMarkdown } from './report.mjs';
import { readReport, writeReport } from './results-folder.mjs';

// A run that is broken off takes the process that it waits for with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const options = readArguments(process.argv.slice(2));
if (options.help) console.log(USAGE);
else if (options.list) for (const { name, title } of GROUPS) console.log(`${name.padEnd(16)} ${title}`);
else await bench();

async function bench() {
  const groups = chooseGroups();
  const { quick, seeds, instances, timeScale } = options;
  const out = options.out ?? (quick ? join(CACHE, 'quick') : join(ROOT, 'bench/results'));
  const origin = {
    commit: describeCommit(),
    machine: describeMachine(),
    node: process.version,
    command: ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '),
    seeds: seeds.length,
    quick,
  };
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const kept = options.only ? readReport(out)?.groups : null;
  const report = { format: 1, package: version, ...origin, groups: kept ?? {} };
  console.log(
    `equiterra ${version}, commit ${origin.commit}\n${origin.machine}, Node ${origin.node}\n${origin.command}`,
  );

  for (const group of groups) {
    const log = (line) => console.log(`[${group.name}] ${line}`);
    const began = performance.now();
    const entry = { name: group.name, ...origin };
    try {
      entry.data = await group.run({ instances, checker: findChecker(), seeds, timeScale, quick, log });
    } catch (error) {
      entry.error = error.message;
      log(`failed: ${error.stack}`);
    }
    entry.seconds = Math.round((performance.now() - began) / 100) / 10;
    report.groups[group.name] = entry;
    writeReport(out, report, writeMarkdown(GROUPS, report));
    log(`done in ${entry.seconds} s`);
  }
  for (const { name, bar, measured, reached } of judgeBars(GROUPS, report.groups)) {
    if (reached !== null) console.log(`${reached ? 'reached    ' : 'NOT REACHED'} ${name}: ${measured} (${bar})`);
  }
  console.log(`report: ${join(out, 'report.md')}`);
}

/** Those asked for, or all that there are instances for; what is missing is named. */
function chooseGroups() {
  const unknown = options.only?.filter((name) => !GROUPS.some((group) => group.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`no such group: ${unknown.join(', ')}; --list names them`);
  const asked = GROUPS.filter(({ name }) => options.only?.includes(name) ?? true);
  const missing = asked.filter((group) => group.needsInstances && !options.instances);
  if (missing.length > 0) {
    console.log(`without --instances DIR there are no ${missing.map(({ name }) => name).join(', ')}`);
  }
  return asked.filter((group) => !missing.includes(group));
}

/** The instances' own checker, where their folder has one. */
function findChecker() {
  const file = options.instances && join(options.instances, 'check-plan.mjs');
  return file && existsSync(file) ? file : null;
}
