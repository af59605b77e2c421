/**
 * Linear assignment: gives every row a column of its own so that the sum of the chosen gains is as large as possible.
 * Shortest augmenting paths with dual prices (Jonker, Volgenant 1987, Computing 38; without their start heuristics).
 * Invariant: cost − rowPrice − columnPrice ≥ 0, and 0 on every matched pair.
 */

/**
 * `gain`: rows × size, row-major, finite; no more rows than columns. Returns the column of each row. Ties are settled by
 * index. O(rows² size).
 */
export function maximizeAssignment(gain: Float64Array, size: number, rows = size): Int32Array {
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(size);
  const columnOf = new Int32Array(rows).fill(-1);
  const rowOf = new Int32Array(size).fill(-1);
  const distance = new Float64Array(size);
  const parent = new Int32Array(size);
  const done = new Uint8Array(size);
  for (let start = 0; start < rows; start++) {
    distance.fill(Infinity);
    done.fill(0);
    let row = start;
    let reached = 0;
    let column = -1;
    while (true) {
      let next = -1;
      for (let c = 0; c < size; c++) {
        if (done[c]) continue;
        const d = reached - gain[row * size + c]! - rowPrice[row]! - columnPrice[c]!;
        if (d < distance[c]!) {
          distance[c] = d;
          parent[c] = row;
        }
        if (next < 0 || distance[c]! < distance[next]!) next = c;
      }
      reached = distance[next]!;
      done[next] = 1;
      column = next;
      if (rowOf[column]! < 0) break;
      row = rowOf[column]!;
    }
    rowPrice[start]! += reached;
    for (let c = 0; c < size; c++) {
      if (!done[c] || c === column) continue;
      columnPrice[c]! -= reached - distance[c]!;
      rowPrice[rowOf[c]!]! += reached - distance[c]!;
    }
    while (true) {
      const r = parent[column]!;
      rowOf[column] = r;
      const previous = columnOf[r]!;
      columnOf[r] = column;
      if (r === start) break;
      column = previous;
    }
  }
  return columnOf;
}
