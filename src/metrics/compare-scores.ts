/** How plans are compared: by their violation first, then by their cost. */

/** Violations are compared in this fraction, as in the kernel. */
const VIOLATIONS = 2 ** 30;

/** Differences below what sums round to are none: plans that violate the same are told apart by their cost. */
export function compareViolations(a: number, b: number): number {
  return Math.round(a * VIOLATIONS) - Math.round(b * VIOLATIONS);
}
