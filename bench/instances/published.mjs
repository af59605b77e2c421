/** Published districting instances, read from a folder that is not part of this repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const FILE = /^(.+)\.json(\.gz)?$/;

/**
 * @param {string} folder that holds `published/`
 * @returns {string[]} names, ascending
 */
export function listPublished(folder) {
  const published = join(folder, 'published');
  if (!existsSync(published)) throw new Error(`${folder} has no folder published/`);
  return readdirSync(published)
    .map((file) => FILE.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}

export function readPublished(folder, name) {
  const plain = join(folder, 'published', `${name}.json`);
  const bytes = existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
  // Python writes what JSON has no word for, in fields that nothing here reads.
  return JSON.parse(bytes.toString().replace(/:\s*(?:-?Infinity|NaN)(?=\s*[,}])/g, ':null'));
}

/** The dual multipliers that were published for an instance, or null. */
export function readMultipliers(folder, name) {
  const file = join(folder, 'published/multipliers', `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Ids of the instance's units, in its order. */
export function unitIds(instance) {
  return instance.units.map((unit) => String(unit.geoid || unit.id));
}

/**
 * The instance as a problem input. Distances are exact kilometres here, whatever the instance rounds them to, and the
 * measure is called `load`.
 */
export function toProblem(instance) {
  const { metric, lower, upper, objective } = instance;
  const kilometre = metric.type.startsWith('planar-km') ? 1000 : 1;
  const ids = unitIds(instance);
  return {
    name: instance.name,
    units: instance.units.map(({ weight, lat, lon, x, y }, i) => ({
      id: ids[i],
      activity: { load: weight },
      ...(isNumber(lat) && { lat, lng: lon }),
      ...(isNumber(x) && { x: x / kilometre, y: y / kilometre }),
    })),
    edges: instance.edges,
    territories: instance.k,
    balance: { load: { ...(isNumber(lower) && { lower }), ...(isNumber(upper) && { upper }) } },
    contiguity: instance.contiguity ? 'required' : 'off',
    objective:
      objective === 'cut-edges'
        ? { inertia: 0, cutEdges: 1 }
        : {
            inertia: 1,
            cutEdges: 0,
            power: objective === 'moment-of-inertia' ? 2 : 1,
            distance: 'planar',
            center: 'unit',
            weight: instance.objectiveWeighted === false ? null : 'load',
          },
  };
}

function isNumber(value) {
  return typeof value === 'number';
}
