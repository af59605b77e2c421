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
 * One label per territory that has units, at the unit furthest from the territory's border in steps between neighbours,
 * ties by unit index. Empty without positions in degrees. O(n + E).
 */
export function territoryLabels(problem: Problem, plan: TerritoryMap): TerritoryLabel[] {
  const { lngLat } = problem;
  if (!lngLat) return [];
  const count = plan.territories.length;
  const depth = borderDepth(problem, plan.assignment);
  const deepest = new Int32Array(count).fill(-1);
  const units = new Int32Array(count);
  for (let u = 0; u < plan.assignment.length; u++) {
    const t = plan.assignment[u]!;
    if (t < 0) continue;
    units[t]! += 1;
    if (deepest[t]! < 0 || depth[u]! > depth[deepest[t]!]!) deepest[t] = u;
  }
  const labels: TerritoryLabel[] = [];
  for (let t = 0; t < count; t++) {
    const u = deepest[t]!;
    if (u < 0) continue;
    const position: [number, number] = [lngLat[2 * u]!, lngLat[2 * u + 1]!];
    labels.push({ territory: t, text: shorten(plan.territories[t]!), position, units: units[t]! });
  }
  return labels;
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
