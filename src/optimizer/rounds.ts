/**
 * How a search spends its limits: first on independent starts, then in rounds in which the better half of the plans
 * goes on, each in two runs that differ by chance alone ("go with the winners": Aldous, Vazirani 1994). What a round
 * begins with depends on the results of the one before, never on when or where they were found.
 */

export interface Round {
  readonly runs: number;
  /** Number of its first run within the search. */
  readonly firstIndex: number;
  /** Share of the limits that its runs may take, each of moves, together of time. All rounds: 1. */
  readonly share: number;
}

/** The starts get the first share; a single start gets all, for nothing is there to choose from. */
const SHARES = [0.5, 0.25, 0.25];

/**
 * Under a time limit the later rounds have one run per worker, for the winners gain more from long runs than from many;
 * without one the number of workers must not show, and every round has as many runs as there are starts.
 */
export function planRounds(starts: number, lanes: number, timed: boolean): Round[] {
  const shares = starts === 1 ? [1] : SHARES;
  return shares.map((share, r) => ({
    runs: r > 0 && timed ? Math.min(lanes, starts) : starts,
    firstIndex: r * starts,
    share,
  }));
}

/** Moves per run of each round; they add up to `limit`. A round may get none. */
export function splitMoves(limit: number, rounds: readonly Round[]): number[] {
  if (limit === Infinity) return rounds.map(() => limit);
  let sum = 0;
  let spent = 0;
  return rounds.map(({ share }) => {
    sum += share;
    const moves = Math.round(limit * sum) - spent;
    spent += moves;
    return moves;
  });
}

/** What run `i` of a later round continues, of the plans of the round before, best first. */
export function parentOf<T>(ranked: readonly T[], i: number): T {
  return ranked[Math.min(i >> 1, ranked.length - 1)]!;
}
