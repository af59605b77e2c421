/**
 * Whether a territory stays in one piece without a unit. Around a hexagon the neighbours of its own territory form runs:
 * one run stays connected; with more the territory is searched from one of them until all are met.
 */
export function createRingTest({ ids, ring, offsets, neighbors }, assignment) {
  const seen = new Int32Array(ids.length);
  const queue = new Int32Array(ids.length);
  let stamp = 0;
  return (u) => {
    const own = assignment[u];
    if (ring && ring[6 * u] !== -2) {
      const runs = countRuns(6 * u, own);
      if (runs <= 1) return runs === 1;
    }
    return meetsAll(u, own);
  };

  function countRuns(first, own) {
    let runs = 0;
    let before = isOwn(ring[first + 5], own);
    let whole = before;
    for (let slot = first; slot < first + 6; slot++) {
      const now = isOwn(ring[slot], own);
      if (now && !before) runs++;
      whole &&= now;
      before = now;
    }
    return whole ? 1 : runs;
  }

  function isOwn(v, own) {
    return v >= 0 && assignment[v] === own;
  }

  /** Breadth-first without u; ends as soon as every neighbour of u in the territory was reached. */
  function meetsAll(u, own) {
    stamp++;
    seen[u] = stamp;
    let wanted = 0;
    let end = 0;
    for (let i = offsets[u]; i < offsets[u + 1]; i++) {
      const v = neighbors[i];
      if (assignment[v] !== own) continue;
      if (wanted++ > 0) continue;
      seen[v] = stamp;
      queue[end++] = v;
    }
    if (wanted === 0) return false;
    let met = 1;
    for (let at = 0; at < end && met < wanted; at++) {
      const w = queue[at];
      for (let i = offsets[w]; i < offsets[w + 1]; i++) {
        const v = neighbors[i];
        if (seen[v] === stamp || assignment[v] !== own) continue;
        seen[v] = stamp;
        queue[end++] = v;
        if (isNeighbor(v, u)) met++;
      }
    }
    return met === wanted;
  }

  function isNeighbor(v, u) {
    for (let i = offsets[v]; i < offsets[v + 1]; i++) if (neighbors[i] === u) return true;
    return false;
  }
}
