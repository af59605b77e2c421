// Turns of a fair cut: pairs of sites between which so many territories on the near side go from too little to too much,
// or back. Somewhere between the two the cut is even. The few whose cuts are shortest are noted.

/** Turns that are noted at most. */
const MOST: i32 = 3;

export let turns: i32 = 0;
/** Sites on either side; the count that turns, how the lower site misses it, and how long its cut counts and by what factor. */
export const turnLow: StaticArray<f64> = new StaticArray<f64>(3 * MOST);
export const turnHigh: StaticArray<f64> = new StaticArray<f64>(3 * MOST);
export const turnCount: StaticArray<i32> = new StaticArray<i32>(MOST);
export const turnMiss: StaticArray<f64> = new StaticArray<f64>(MOST);
export const turnFactor: StaticArray<f64> = new StaticArray<f64>(MOST);
const turnLength: StaticArray<f64> = new StaticArray<f64>(MOST);

export function forgetTurns(): void {
  turns = 0;
}

/** Notes a turn between the sites `low` and `high`, unless there are enough of shorter cuts. */
export function noteTurn(
  low: StaticArray<f64>,
  high: StaticArray<f64>,
  count: i32,
  miss: f64,
  length: f64,
  factor: f64,
): void {
  if (turns == MOST && length >= turnLength[MOST - 1]) return;
  let at = turns < MOST ? turns++ : MOST - 1;
  for (; at > 0 && turnLength[at - 1] > length; at--) {
    turnLength[at] = turnLength[at - 1];
    turnCount[at] = turnCount[at - 1];
    turnMiss[at] = turnMiss[at - 1];
    turnFactor[at] = turnFactor[at - 1];
    for (let d = 0; d < 3; d++) {
      turnLow[3 * at + d] = turnLow[3 * at - 3 + d];
      turnHigh[3 * at + d] = turnHigh[3 * at - 3 + d];
    }
  }
  turnLength[at] = length;
  turnCount[at] = count;
  turnMiss[at] = miss;
  turnFactor[at] = factor;
  for (let d = 0; d < 3; d++) {
    turnLow[3 * at + d] = low[d];
    turnHigh[3 * at + d] = high[d];
  }
}
