/** Numbers as messages write them, the same in every engine and language. */

/** Six significant digits. */
export function show(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A share as percent with three significant digits: enough to act on. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
