/** The ground under given cells of several resolutions. */
import { layGround } from './ground.js';
import type { CellLevel } from './mixed-cells.js';
import { coarsen, splitCells } from './split-cells.js';

/**
 * The ground of the coarsest resolution, each of its cells split as far as the given ones in it ask for: all of them
 * are units, and empty cells beside them are as coarse as they can be. `given`: coarsest first, at least two levels, no
 * cell inside another. O(cells × levels).
 * @throws {TerritoryError} INVALID_INPUT for a bad ground.
 */
export function layGivenLevels(given: readonly CellLevel[], ground: unknown): CellLevel[] {
  const coarsest = given[0]!.resolution;
  const finest = given.at(-1)!.resolution;
  const ofPlace = new Map<number, number>();
  for (const { keys, resolution } of given) {
    const scale = 8 ** (finest - resolution);
    for (const key of keys) ofPlace.set(key * scale, resolution);
  }
  const places = Float64Array.from(ofPlace.keys()).sort();
  const occupied = coarsen(places, finest, coarsest);
  return splitCells(layGround(ground, occupied, coarsest).cells.keys, coarsest, {
    places,
    finest,
    mustSplit: (resolution, first) => ofPlace.get(places[first]!)! > resolution,
  });
}
