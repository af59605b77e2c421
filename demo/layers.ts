import type { Layer } from '@deck.gl/core';
import type { Overlap, Problem } from 'equiterra';
import { TerritoryLayer, UnitLayer } from 'equiterra/layers';
import { landLayers, stateLayer } from './basemap.js';
import type { ShownPlan } from './plan-colors.js';
import type { Basemap } from './sample.js';
import { balanceColors, overlapColors, type ViewName } from './views.js';

export interface Scene {
  readonly basemap: Basemap | null;
  readonly problem: Problem | null;
  readonly overlap: Overlap | null;
  readonly view: ViewName | null;
  readonly shownPlan: ShownPlan | null;
  /** Labels wait until the search is over, so that nothing jumps. */
  readonly final: boolean;
  readonly labelSizePixels: number;
}

/** The map's layers from the ground up. */
export function buildLayers(scene: Scene): (Layer | null)[] {
  const { basemap } = scene;
  const [land, lines] = basemap ? basemapLayers(basemap) : [[], null];
  return [...land, unitsOf(scene), lines];
}

const basemaps = new WeakMap<Basemap, [Layer[], Layer]>();

function basemapLayers(basemap: Basemap): [Layer[], Layer] {
  let layers = basemaps.get(basemap);
  if (!layers) {
    layers = [landLayers(basemap), stateLayer(basemap)];
    basemaps.set(basemap, layers);
  }
  return layers;
}

function unitsOf({ problem, overlap, view, shownPlan, final, labelSizePixels }: Scene): Layer | null {
  if (!problem) return null;
  if (view === 'plan' && shownPlan) {
    return new TerritoryLayer({ id: 'plan', problem, ...shownPlan, labels: final, labelSizePixels });
  }
  if (!overlap || !problem.today) return null;
  if (view === 'reps') {
    const plan = todayMap(problem, problem.today);
    return new TerritoryLayer({ id: 'reps', problem, plan, borders: false, unassignedAlpha: 0, labelSizePixels });
  }
  const measure = problem.objective.weight ?? problem.measures[0]!;
  const colors = view === 'balance' ? balanceColors(problem, overlap, measure) : overlapColors(overlap);
  return new UnitLayer({ id: 'today', problem, colors });
}

const todayMaps = new WeakMap<Problem, { assignment: Int32Array; territories: readonly string[] }>();

function todayMap(problem: Problem, assignment: Int32Array) {
  let map = todayMaps.get(problem);
  if (!map) {
    map = { assignment, territories: problem.todayIds };
    todayMaps.set(problem, map);
  }
  return map;
}
