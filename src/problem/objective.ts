/** The objective with every default filled in. */
import { invalid } from '../errors.js';
import type { Objective } from '../types.js';
import { checkKeys, checkNotNegative, checkObject, checkOneOf } from './input-rules.js';

const KEYS = new Set(['inertia', 'cutEdges', 'borderKm', 'disruption', 'mix', 'weight', 'power', 'distance', 'center']);

export interface ObjectiveContext {
  readonly measures: readonly string[];
  /** The default weight. */
  readonly firstBalanced: string | null;
  /** Whether units have degrees and planar kilometres. */
  readonly hasLngLat: boolean;
  readonly hasXy: boolean;
  /** Where positions would have to stand; for the message. */
  readonly source: 'accounts' | 'cells' | 'units';
  /** Whether the input says what a mix is. */
  readonly hasMix: boolean;
  /** Whether a cost matrix takes the place of distances. */
  readonly hasMatrix: boolean;
}

/** @throws {TerritoryError} INVALID_INPUT */
export function readObjective(value: unknown, context: ObjectiveContext): Objective {
  const input = value === undefined ? {} : checkObject(value, 'objective');
  checkKeys(input, 'objective', KEYS);
  const weighed = (key: 'inertia' | 'cutEdges' | 'borderKm' | 'disruption' | 'mix', standard: number) =>
    input[key] === undefined ? standard : checkNotNegative(input[key], `objective.${key}`);
  const objective: Objective = {
    inertia: weighed('inertia', 1),
    cutEdges: weighed('cutEdges', 0),
    borderKm: weighed('borderKm', 0),
    disruption: weighed('disruption', 0),
    mix: weighed('mix', 0),
    weight: readWeight(input.weight, context),
    power: input.power === undefined ? 2 : checkOneOf(input.power, 'objective.power', [1, 2]),
    distance:
      input.distance === undefined
        ? defaultDistance(context)
        : checkOneOf(input.distance, 'objective.distance', ['great-circle', 'planar']),
    center:
      input.center === undefined ? 'centroid' : checkOneOf(input.center, 'objective.center', ['centroid', 'unit']),
  };
  if (objective.mix > 0 && !context.hasMix) throw invalid('objective.mix', objective.mix, 'needs mix');
  if (!context.hasMatrix) checkPositions(objective, context);
  return objective;
}

function readWeight(value: unknown, { measures, firstBalanced }: ObjectiveContext): string | null {
  if (value === undefined) return firstBalanced;
  if (value === null) return null;
  if (typeof value !== 'string' || !measures.includes(value)) {
    throw invalid('objective.weight', value, `must be null or a measure (${measures.join(', ')})`);
  }
  return value;
}

function defaultDistance({ hasLngLat, hasXy }: ObjectiveContext): 'great-circle' | 'planar' {
  return hasXy && !hasLngLat ? 'planar' : 'great-circle';
}

function checkPositions({ inertia, distance }: Objective, { hasLngLat, hasXy, source }: ObjectiveContext): void {
  if (inertia === 0 || (distance === 'planar' ? hasXy : hasLngLat)) return;
  if (source !== 'units') throw invalid('objective.distance', distance, `must be 'great-circle' for ${source}`);
  const [field, pair] = distance === 'planar' ? ['x', 'x and y'] : ['lat', 'lat and lng'];
  throw invalid(
    `units[0].${field}`,
    undefined,
    `is missing: objective.inertia > 0 with ${distance} distance needs ${pair}`,
  );
}
