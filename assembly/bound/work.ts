// The work done on a bound, in moves of a search that would take as long. How it is cut into steps does not change it.

export let work: f64 = 0;

export function resetWork(): void {
  work = 0;
}

// @ts-ignore: decorator
@inline
export function spend(amount: f64): void {
  work += amount;
}
