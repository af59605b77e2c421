import type { Problem } from '../types.js';
import type { TerritoryMap } from './color-territories.js';

export interface TerritoryLabel {
  readonly territory: number;
  readonly text: string;
  /** `[lng, lat]` of the unit that lies deepest inside the territory. */
  readonly position: readonly [number, number];
  readonly units: number;
}

const LONGEST_TEXT = 22;

/**
 * One label per territory that has units: in its part with most of the weight measure, at the unit furthest from the
 * part's border in steps between neighbours, ties by weight. Empty without positions in degrees. O(n + E).
 */
export function territoryLabels(problem: Problem, plan: TerritoryMap): TerritoryLabel[] {
  const { lngLat } = problem;
  if (!lngLat) return [];
  const count = plan.territories.length;
  const { assignment } = plan;
  const depth = borderDepth(problem, assignment);
  const weight = labelWeights(problem);
  const part = heaviestParts(problem, plan, weight);
  const anchor = new Int32Array(count).fill(-1);
  const units = new Int32Array(count);
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    if (t < 0) continue;
    units[t]! += 1;
    if (!part[u]) continue;
    const best = anchor[t]!;
    if (best < 0 || depth[u]! > depth[best]! || (depth[u] === depth[best] && weight[u]! > weight[best]!)) anchor[t] = u;
  }
  const labels: TerritoryLabel[] = [];
  for (let t = 0; t < count; t++) {
    const u = anchor[t]!;
    if (u < 0) continue;
    const position: [number, number] = [lngLat[2 * u]!, lngLat[2 * u + 1]!];
    labels.push({ territory: t, text: shorten(plan.territories[t]!), position, units: units[t]! });
  }
  return labels;
}

function labelWeights({ objective, measures, activity, ids }: Problem): Float64Array {
  const m = Math.max(0, measures.indexOf(objective.weight ?? ''));
  return activity.subarray(m * ids.length, (m + 1) * ids.length);
}

/** 1 for every unit of each territory's heaviest connected part; of equal ones, the part with the lowest unit. */
function heaviestParts(problem: Problem, { assignment, territories }: TerritoryMap, weight: Float64Array): Uint8Array {
  const { offsets, neighbors } = problem;
  const n = assignment.length;
  const heaviest = new Uint8Array(n);
  const seen = new Uint8Array(n);
  const queue = new Int32Array(n);
  const best = territories.map(() => ({ load: -1, members: new Int32Array(0) }));
  for (let origin = 0; origin < n; origin++) {
    const t = assignment[origin]!;
    if (t < 0 || seen[origin]) continue;
    let tail = 0;
    let load = 0;
    queue[tail++] = origin;
    seen[origin] = 1;
    for (let head = 0; head < tail; head++) {
      const u = queue[head]!;
      load += weight[u]!;
      for (let slot = offsets[u]!; slot < offsets[u + 1]!; slot++) {
        const v = neighbors[slot]!;
        if (seen[v] || assignment[v] !== t) continue;
        seen[v] = 1;
        queue[tail++] = v;
      }
    }
    if (load > best[t]!.load) best[t] = { load, members: queue.slice(0, tail) };
  }
  for (const { members } of best) for (const u of members) heaviest[u] = 1;
  return heaviest;
}

/** Steps from each unit to the nearest one on its territory's border; the rim of the problem counts as border. */
function borderDepth(problem: Problem, assignment: Int32Array): Int32Array {
  const { offsets, neighbors, ring } = problem;
  const n = assignment.length;
  const depth = new Int32Array(n).fill(-1);
  const queue = new Int32Array(n);
  let tail = 0;
  for (let u = 0; u < n; u++) {
    let border = ring !== null && offsets[u + 1]! - offsets[u]! < 6;
    for (let slot = offsets[u]!; slot < offsets[u + 1]! && !border; slot++) {
      border = assignment[neighbors[slot]!] !== assignment[u];
    }
    if (!border) continue;
    depth[u] = 0;
    queue[tail++] = u;
  }
  for (let head = 0; head < tail; head++) {
    const u = queue[head]!;
    for (let slot = offsets[u]!; slot < offsets[u + 1]!; slot++) {
      const v = neighbors[slot]!;
      if (depth[v]! >= 0) continue;
      depth[v] = depth[u]! + 1;
      queue[tail++] = v;
    }
  }
  return depth;
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT - 1).join('')}…` : text;
}

/** Of the labels, those that stand clear of each other on the screen, large territories first. O(k²). */
export function clearLabels(
  labels: readonly TerritoryLabel[],
  project: (position: readonly [number, number]) => readonly number[],
  sizePixels: number,
): TerritoryLabel[] {
  const placed: { label: TerritoryLabel; x: number; y: number; halfWidth: number }[] = [];
  const order = [...labels].sort((a, b) => b.units - a.units || a.territory - b.territory);
  for (const label of order) {
    const [x, y] = project(label.position) as [number, number];
    const halfWidth = (label.text.length * sizePixels * 0.58) / 2 + 3;
    const clear = placed.every(
      (other) => Math.abs(other.x - x) > other.halfWidth + halfWidth || Math.abs(other.y - y) > sizePixels * 1.25,
    );
    if (clear) placed.push({ label, x, y, halfWidth });
  }
  return placed.map(({ label }) => label);
}
