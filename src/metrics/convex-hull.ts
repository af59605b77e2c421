/**
 * Area of the convex hull of points in the plane (`[x, y]` pairs), 0 for fewer than three or for points on one line.
 * Monotone chain (Andrew 1979): O(p log p).
 */
export function convexHullArea(points: Float64Array): number {
  const count = points.length / 2;
  if (count < 3) return 0;
  const order = Int32Array.from({ length: count }, (_, i) => i).sort(
    (i, j) => points[2 * i]! - points[2 * j]! || points[2 * i + 1]! - points[2 * j + 1]!,
  );
  return Math.abs(chainArea(points, order) + chainArea(points, order.reverse())) / 2;
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
