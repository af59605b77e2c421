/**
 * Number of connected parts of equal territory, units without one left out. Union–find over the edges, so that it shares
 * nothing with how the library tests contiguity. O(n + edges).
 * @param {number} n
 * @param {Iterable<readonly [number, number]>} edges
 * @param {ArrayLike<number>} assignment
 */
export function countParts(n, edges, assignment) {
  const parent = Int32Array.from({ length: n }, (_, u) => u);
  let parts = 0;
  for (let u = 0; u < n; u++) if (assignment[u] >= 0) parts++;
  for (const [a, b] of edges) {
    if (assignment[a] < 0 || assignment[a] !== assignment[b]) continue;
    const [ra, rb] = [root(a), root(b)];
    if (ra === rb) continue;
    parent[ra] = rb;
    parts--;
  }
  return parts;

  function root(u) {
    let at = u;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]];
    return at;
  }
}
