/** `candidates`: sites where centres may be. */
import { invalid } from '../../errors.js';
import type { Objective, Territory } from '../../types.js';
import { checkArray, checkFinite, checkLat, checkLng } from '../input-rules.js';
import { round } from '../sphere.js';

/**
 * `[lng, lat]` (`[x, y]`) per site, rounded as positions are; null without.
 * @throws {TerritoryError} INVALID_INPUT, also where there are fewer sites than territories without a centre.
 */
export function readCandidates(
  value: unknown,
  territories: readonly Territory[],
  { distance }: Objective,
): Float64Array | null {
  if (value === undefined) return null;
  const sites = checkArray(value, 'candidates');
  checkSiteCount(sites.length, territories);
  const places = new Float64Array(2 * sites.length);
  sites.forEach((site, i) => {
    const path = `candidates[${i}]`;
    if (!Array.isArray(site) || site.length !== 2) throw invalid(path, site, 'must be a pair of numbers');
    const planar = distance === 'planar';
    const x = planar ? checkFinite(site[0], `${path}[0]`) : checkLng(site[0], `${path}[0]`);
    const y = planar ? checkFinite(site[1], `${path}[1]`) : checkLat(site[1], `${path}[1]`);
    places[2 * i] = round(x, planar ? 6 : 9);
    places[2 * i + 1] = round(y, planar ? 6 : 9);
  });
  return places;
}

/** Every territory without a centre needs a site of its own. @throws {TerritoryError} INVALID_INPUT */
export function checkSiteCount(sites: number, territories: readonly Territory[]): void {
  const free = territories.filter(({ center, locked }) => center === null && !locked).length;
  if (sites < free) {
    throw invalid('candidates', sites, `must be at least as many as the territories without a centre (${free})`);
  }
}
