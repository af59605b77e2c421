/**
 * Triangles of a simple polygon by clipping ears (Meisters 1975). `positions`: `[x, y]` per vertex, those of the polygon
 * `first` … `last - 1`, anticlockwise; writes vertex indices to `out` from `at` on, three per triangle, last − first − 2
 * triangles. O(vertices²) for the few bends of an outline, at worst cubic.
 */
export function clipEars(positions: Float64Array, first: number, last: number, out: Uint32Array, at: number): void {
  const ring = Array.from({ length: last - first }, (_, i) => first + i);
  let next = at;
  for (let i = 0, tried = 0; ring.length > 3; ) {
    const size = ring.length;
    const a = ring[(i + size - 1) % size]!;
    const b = ring[i % size]!;
    const c = ring[(i + 1) % size]!;
    // Rounding may leave no ear at all; then any corner will do.
    if (tried < size && !isEar(positions, ring, a, b, c)) {
      i = (i + 1) % size;
      tried++;
      continue;
    }
    out[next++] = a;
    out[next++] = b;
    out[next++] = c;
    ring.splice(i % size, 1);
    i %= ring.length;
    tried = 0;
  }
  for (const vertex of ring) out[next++] = vertex;
}

/** Whether the corner is convex and no other vertex lies in its triangle. */
function isEar(positions: Float64Array, ring: readonly number[], a: number, b: number, c: number): boolean {
  if (turn(positions, a, b, c) <= 0) return false;
  return !ring.some(
    (v) =>
      v !== a &&
      v !== b &&
      v !== c &&
      turn(positions, a, b, v) >= 0 &&
      turn(positions, b, c, v) >= 0 &&
      turn(positions, c, a, v) >= 0,
  );
}

/** Twice the area of the triangle: above 0 when it turns left. */
function turn(positions: Float64Array, a: number, b: number, c: number): number {
  const x = positions[2 * a]!;
  const y = positions[2 * a + 1]!;
  return (positions[2 * b]! - x) * (positions[2 * c + 1]! - y) - (positions[2 * b + 1]! - y) * (positions[2 * c]! - x);
}
