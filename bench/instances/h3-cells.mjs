/** Cells with their activity, built once from npm data and kept under `build/bench/` (a few minutes for 1.5 M cells). */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../paths.mjs';
import { measureCells } from './cell-geometry.mjs';
import { findNeighbors, readOutlineCells } from './outline.mjs';
import { spreadPopulation } from './population.mjs';

/** Raised when the rule of the instances changes, so that cached cells are built anew. */
const RULE = 1;

/**
 * @param {'colorado' | 'us'} area
 * @param {number} resolution
 * @param {(line: string) => void} [log] told when cells have to be built
 * @returns {{ cell: string[], activity: { population: Float64Array, places: Int32Array } }} columns of a problem input
 */
export function loadCells(area, resolution, log = () => {}) {
  const file = join(CACHE, `cells-${RULE}-${area}-res${resolution}.bin`);
  return readCells(file) ?? buildCells(area, resolution, file, log);
}

function buildCells(area, resolution, file, log) {
  log(`building ${area} at resolution ${resolution}`);
  const ids = readOutlineCells(area, resolution);
  const geometry = measureCells(ids, findNeighbors(ids));
  // A state has neighbours where a country has a coast: their places are not its own.
  const activity = spreadPopulation({ ids, ...geometry }, { resolution, coast: area === 'us' });
  writeCells(file, ids, activity);
  return { cell: ids, activity };
}

/** Columns one after the other: ids and population 8 bytes each, places 4. */
function writeCells(file, ids, { population, places }) {
  mkdirSync(CACHE, { recursive: true });
  const keys = BigUint64Array.from(ids, (id) => BigInt(`0x${id}`));
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, Buffer.concat([keys, population, places].map((column) => Buffer.from(column.buffer))));
  renameSync(aside, file);
}

function readCells(file) {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
  const n = bytes.length / 20;
  const { buffer } = new Uint8Array(bytes);
  return {
    cell: Array.from(new BigUint64Array(buffer, 0, n), (key) => key.toString(16)),
    activity: { population: new Float64Array(buffer, 8 * n, n), places: new Int32Array(buffer, 16 * n, n) },
  };
}
