import type { Overlap, Problem } from 'equiterra';
import { type Rgb, UNASSIGNED_COLOR } from 'equiterra/layers';

export type ViewName = 'overlap' | 'balance' | 'reps' | 'plan';

/** Name of each view; the second part is left out on narrow screens. */
export const VIEW_LABELS: Readonly<Record<ViewName, readonly [string, string]>> = {
  overlap: ['Overlap', ' today'],
  balance: ['Balance', ' today'],
  reps: ['Reps', ' today'],
  plan: ['New', ' territories'],
};

/** Reps per cell: one stands back, more stand out; lightness grows with each step, so hue is never needed. */
export const OVERLAP_COLORS: readonly { readonly label: string; readonly color: Rgb }[] = [
  { label: '1 rep', color: [47, 79, 109] },
  { label: '2 reps', color: [196, 118, 34] },
  { label: '3 reps', color: [240, 178, 62] },
  { label: '4 or more', color: [255, 240, 178] },
];

/** Deviation from an equal share, blue below and orange above; the middle is grey. */
export const DEVIATION_COLORS: readonly { readonly deviation: number; readonly color: Rgb }[] = [
  { deviation: -0.6, color: [86, 180, 233] },
  { deviation: -0.3, color: [72, 122, 158] },
  { deviation: 0, color: [78, 84, 94] },
  { deviation: 0.3, color: [166, 118, 44] },
  { deviation: 0.6, color: [240, 165, 20] },
];

const ALPHA = 225;

/** RGBA per unit; units without accounts stay clear. */
export function overlapColors(overlap: Overlap): Uint8Array {
  const { repsPerUnit } = overlap;
  const colors = new Uint8Array(4 * repsPerUnit.length);
  for (let u = 0; u < repsPerUnit.length; u++) {
    const reps = repsPerUnit[u]!;
    if (reps > 0) paint(colors, u, OVERLAP_COLORS[Math.min(reps, OVERLAP_COLORS.length) - 1]!.color);
  }
  return colors;
}

/** RGBA per unit by how far its main rep is from an equal share of a measure. */
export function balanceColors(problem: Problem, overlap: Overlap, measure: string): Uint8Array {
  const today = problem.today!;
  const colorOf = new Map(overlap.reps.map((rep) => [rep.id, deviationColor(rep.deviation[measure] ?? 0)]));
  const colors = new Uint8Array(4 * today.length);
  for (let u = 0; u < today.length; u++) {
    if (today[u]! >= 0) paint(colors, u, colorOf.get(problem.todayIds[today[u]!]!) ?? UNASSIGNED_COLOR);
  }
  return colors;
}

/** Linear between the stops. */
export function deviationColor(deviation: number): Rgb {
  const stops = DEVIATION_COLORS;
  if (deviation <= stops[0]!.deviation) return stops[0]!.color;
  for (let i = 1; i < stops.length; i++) {
    const [low, high] = [stops[i - 1]!, stops[i]!];
    if (deviation > high.deviation) continue;
    const part = (deviation - low.deviation) / (high.deviation - low.deviation);
    return low.color.map((value, channel) => Math.round(value + (high.color[channel]! - value) * part)) as never as Rgb;
  }
  return stops.at(-1)!.color;
}

function paint(colors: Uint8Array, u: number, color: Rgb): void {
  colors.set(color, 4 * u);
  colors[4 * u + 3] = ALPHA;
}
