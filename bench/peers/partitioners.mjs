/** METIS and KaHIP, native programs that are run as they come. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { median } from '../statistics.mjs';

const LIMIT_MS = 120_000;

export const METIS_ADVICE = 'gpmetis is not on the PATH; Debian has it in the package metis';
export const KAHIP_ADVICE = 'kaffpa is neither on the PATH nor in the folder that KAHIP names';

/** What the first-plan bar compares with. */
export const METIS_FAST = { tool: 'metis kway contig u10', flags: ['-ptype=kway', '-contig', '-ufactor=10'] };

export const METIS_SETUPS = [
  METIS_FAST,
  { tool: 'metis kway contig u30', flags: ['-ptype=kway', '-contig', '-ufactor=30'] },
  { tool: 'metis kway contig u30, 20 cuts', flags: ['-ptype=kway', '-contig', '-ufactor=30', '-ncuts=20'], slow: true },
  { tool: 'metis rb u10', flags: ['-ptype=rb', '-ufactor=10'] },
  {
    tool: 'metis kway contig, two measures',
    flags: ['-ptype=kway', '-contig', '-ubvec=1.03 1.03'],
    measures: ['population', 'places'],
  },
];

export const KAHIP_SETUPS = [
  { tool: 'kahip eco i1', flags: ['--preconfiguration=eco', '--imbalance=1'] },
  {
    tool: 'kahip strong i1, connected',
    flags: ['--preconfiguration=strong', '--imbalance=1', '--connected_blocks'],
    slow: true,
  },
];

export function findMetis() {
  return onPath('gpmetis');
}

/** KAHIP names the program `kaffpa` or the folder that holds it. */
export function findKahip() {
  const named = process.env.KAHIP;
  if (!named) return onPath('kaffpa');
  return [join(named, 'kaffpa'), named].find((file) => existsSync(file)) ?? null;
}

/** One partition by gpmetis; `wallMs` is that of the process, reading included. */
export async function runMetis(program, graph, k, flags, seed) {
  const wallMs = await time(program, [...flags, `-seed=${seed}`, graph, String(k)]);
  return { wallMs, assignment: readParts(`${graph}.part.${k}`) };
}

export async function runKahip(program, graph, k, flags, seed) {
  const file = `${graph}.kahip`;
  const wallMs = await time(program, [graph, `--k=${k}`, `--seed=${seed}`, `--output_filename=${file}`, ...flags]);
  return { wallMs, assignment: readParts(file) };
}

/** Median wall time in ms of a METIS set-up over the seeds. */
export async function timeMetis(program, graph, k, flags, seeds) {
  const times = [];
  for (const seed of seeds) times.push((await runMetis(program, graph, k, flags, seed)).wallMs);
  return median(times);
}

function readParts(file) {
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  return Int32Array.from(text.trim().split('\n'), Number);
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}

function time(program, args) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    execFile(program, args, { timeout: LIMIT_MS, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const wallMs = performance.now() - began;
      if (!error) resolve(wallMs);
      else if (error.killed) reject(new Error(`stopped after ${LIMIT_MS / 1000} s`));
      else reject(new Error((stderr || stdout || error.message).trim().split('\n').at(-1).slice(0, 200)));
    });
  });
}
