// Hoare's selection (1961) on an array of numbers.

/** Reorders the first `count` values so that the m least come first (0 < m ≤ count); returns the m-th. O(count). */
export function selectLeast(values: StaticArray<f64>, count: i32, m: i32): f64 {
  const k = m - 1;
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const a = values[from];
    const b = values[(from + to) >> 1];
    const c = values[to];
    const pivot = max(min(a, b), min(max(a, b), c));
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const x = values[i];
        values[i++] = values[j];
        values[j--] = x;
      }
    }
    if (k <= j) to = j;
    else if (k >= i) from = i;
    else break;
  }
  return values[k];
}
