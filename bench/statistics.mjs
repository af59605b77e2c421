/** Middle value; of an even number the mean of the two in the middle. null without values. Infinity sorts last. */
export function median(values) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export function mean(values) {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Exponent b of the least-squares fit y = a · x^b through two points or more, all positive; null otherwise. */
export function fitExponent(points) {
  if (points.length < 2 || points.some(([x, y]) => !(x > 0 && y > 0))) return null;
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const [mx, my] = [mean(logs.map(([x]) => x)), mean(logs.map(([, y]) => y))];
  let [over, under] = [0, 0];
  for (const [x, y] of logs) {
    over += (x - mx) * (y - my);
    under += (x - mx) ** 2;
  }
  return under === 0 ? null : over / under;
}
