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

/**
 * Indices of the points that may be corners of the hull: all but those inside of the octagon through the extremes in
 * eight directions (Akl, Toussaint 1978), which leaves few to be sorted.
 */
function outerPoints(points: Float64Array): Int32Array {
  const count = points.length / 2;
  const outer = new Int32Array(count);
  for (let i = 0; i < count; i++) outer[i] = i;
  if (count < FEW) return outer;
  const corners = extremes(points);
  let size = 0;
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < 8; d++) {
      const a = corners[d]!;
      const b = corners[(d + 1) & 7]!;
      if (a === b || cross(points, a, b, i) > 0) continue;
      outer[size++] = i;
      break;
    }
  }
  return outer.subarray(0, size);
}

/** The points farthest in eight directions, counter-clockwise from x. */
function extremes(points: Float64Array): Int32Array {
  const at = new Int32Array(8);
  let [east, north, west, south] = [-Infinity, -Infinity, -Infinity, -Infinity];
  let [northEast, northWest, southWest, southEast] = [-Infinity, -Infinity, -Infinity, -Infinity];
  for (let i = 0; 2 * i < points.length; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    if (x > east) [east, at[0]] = [x, i];
    if (x + y > northEast) [northEast, at[1]] = [x + y, i];
    if (y > north) [north, at[2]] = [y, i];
    if (y - x > northWest) [northWest, at[3]] = [y - x, i];
    if (-x > west) [west, at[4]] = [-x, i];
    if (-x - y > southWest) [southWest, at[5]] = [-x - y, i];
    if (-y > south) [south, at[6]] = [-y, i];
    if (x - y > southEast) [southEast, at[7]] = [x - y, i];
  }
  return at;
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
