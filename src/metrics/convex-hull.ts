/**
 * Area of the convex hull of points in the plane (`[x, y]` pairs), 0 for fewer than three or for points on one line.
 * Monotone chain (Andrew 1979): O(p log p).
 */
export function convexHullArea(points: Float64Array): number {
  const count = points.length / 2;
  if (count < 3) return 0;
  const order = outerPoints(points).sort(
    (i, j) => points[2 * i]! - points[2 * j]! || points[2 * i + 1]! - points[2 * j + 1]!,
  );
  return Math.abs(chainArea(points, order) + chainArea(points, order.reverse())) / 2;
}

/** Fewer points than this are sorted as they are. */
const FEW = 64;
/** Eight directions, counter-clockwise. */
const TURN_X = [1, 1, 0, -1, -1, -1, 0, 1];
const TURN_Y = [0, 1, 1, 1, 0, -1, -1, -1];

/**
 * Indices of the points that may be corners of the hull: all but those inside of the octagon through the extremes in
 * eight directions (Akl, Toussaint 1978), which leaves few to be sorted.
 */
function outerPoints(points: Float64Array): Int32Array {
  const count = points.length / 2;
  const all = Int32Array.from({ length: count }, (_, i) => i);
  if (count < FEW) return all;
  const corners = new Int32Array(8);
  const most = new Float64Array(8).fill(-Infinity);
  for (let i = 0; i < count; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    for (let d = 0; d < 8; d++) {
      const reach = x * TURN_X[d]! + y * TURN_Y[d]!;
      if (reach <= most[d]!) continue;
      most[d] = reach;
      corners[d] = i;
    }
  }
  return all.filter((i) => {
    for (let d = 0; d < 8; d++) {
      const a = corners[d]!;
      const b = corners[(d + 1) % 8]!;
      if (a !== b && cross(points, a, b, i) <= 0) return true;
    }
    return false;
  });
}

/** Twice the signed area under one half of the hull, its points taken in the given order. */
function chainArea(points: Float64Array, order: Int32Array): number {
  const chain: number[] = [];
  for (const i of order) {
    while (chain.length > 1 && cross(points, chain[chain.length - 2]!, chain[chain.length - 1]!, i) <= 0) chain.pop();
    chain.push(i);
  }
  let area = 0;
  for (let c = 1; c < chain.length; c++) area += cross(points, order[0]!, chain[c - 1]!, chain[c]!);
  return area;
}

/** (b − a) × (c − a). */
function cross(points: Float64Array, a: number, b: number, c: number): number {
  const ax = points[2 * a]!;
  const ay = points[2 * a + 1]!;
  return (points[2 * b]! - ax) * (points[2 * c + 1]! - ay) - (points[2 * b + 1]! - ay) * (points[2 * c]! - ax);
}
