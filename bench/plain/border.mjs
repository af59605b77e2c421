/** The units with a neighbour in another territory, as a list with a place for each, so that changes cost O(degree). */
export function createBorder({ ids, offsets, neighbors }, assignment) {
  const n = ids.length;
  const units = new Int32Array(n);
  const place = new Int32Array(n).fill(-1);
  const border = {
    units,
    count: 0,
    /** After unit u has changed hands. */
    update(u) {
      check(u);
      for (let i = offsets[u]; i < offsets[u + 1]; i++) check(neighbors[i]);
    },
  };
  for (let u = 0; u < n; u++) check(u);
  return border;

  function check(u) {
    const isListed = place[u] >= 0;
    if (isOnBorder(u) === isListed) return;
    if (isListed) {
      const last = units[--border.count];
      units[place[u]] = last;
      place[last] = place[u];
      place[u] = -1;
    } else {
      place[u] = border.count;
      units[border.count++] = u;
    }
  }

  function isOnBorder(u) {
    for (let i = offsets[u]; i < offsets[u + 1]; i++) if (assignment[neighbors[i]] !== assignment[u]) return true;
    return false;
  }
}
