/**
 * The next best move. Single units, chunks and pieces are estimated over every border; the most promising are tried in
 * full, so that what is suggested does what it says.
 */
import { type Score, scoreOf } from '../metrics/evaluate.js';
import type { PlanTally } from '../metrics/plan-tally.js';
import type { Effect, Problem, Suggestion } from '../types.js';
import { type Border, findBorders, isFree, mayLeave } from './border.js';
import { moveUnits } from './changes.js';
import { type Candidate, growChunk } from './chunk.js';
import type { Holds } from './holds.js';
import { MoveEstimate } from './move-estimate.js';
import { findPieces } from './pieces.js';
import { compareEffects, tryChanges } from './trial.js';

/** Candidates that are tried in full; twice as many while none of them does any good. */
const TRIALS = 12;
/** Changes of the cost below this share of it are rounding. */
const LEAST_GAIN = 1e-12;

const NOTHING: Effect = { violation: 0, cost: 0 };

/** null when nothing that was tried makes the plan better. About O(n + E), and the trials. */
export function suggestMove(tally: PlanTally, holds: Holds): Suggestion | null {
  const before = scoreOf(tally);
  const estimate = new MoveEstimate(tally);
  const borders = [...findBorders(tally, holds), ...seatsOfEmpty(tally, holds, estimate)];
  // Where a bound is broken, what mends it wins over all that saves cost.
  const broken = (t: number) => t < 0 || tally.territories[t]!.violation > 0;
  const urgent = borders.filter(({ from, to }) => broken(from) || broken(to));
  const best =
    findBest(tally, holds, before, [
      ...loosePieces(tally, holds, borders),
      ...listMoves(tally, holds, estimate, urgent),
    ]) ?? findBest(tally, holds, before, listMoves(tally, holds, estimate, borders));
  return best && describe(tally.basis.problem, best);
}

function listMoves(tally: PlanTally, holds: Holds, estimate: MoveEstimate, borders: readonly Border[]): Candidate[] {
  return borders.flatMap((border) =>
    [bestUnit(tally, estimate, border), growChunk(tally, holds, estimate, border)].filter((move) => move !== null),
  );
}

/** Of the most promising candidates the best, if it does any good. */
function findBest(tally: PlanTally, holds: Holds, before: Score, found: readonly Candidate[]): Candidate | null {
  const candidates = [...found].sort(compareEffects);
  let best: Candidate | null = null;
  const least = { violation: 0, cost: -LEAST_GAIN * Math.abs(before.cost.total) };
  for (const [i, candidate] of candidates.entries()) {
    if (i >= (best ? TRIALS : 2 * TRIALS)) break;
    const exact = tryCandidate(tally, holds, before, candidate);
    if (compareEffects(exact, best ?? least) < 0) best = exact;
  }
  return best;
}

/** The candidate with its exact effect; with what it would cut off, where that is better. */
function tryCandidate(tally: PlanTally, holds: Holds, before: Score, candidate: Candidate): Candidate {
  const { from, to, units } = candidate;
  const trial = tryChanges(tally, before, moveUnits(tally, units, to));
  const exact = { ...candidate, violation: trial.violation, cost: trial.cost };
  const apart = (t: PlanTally) => t.territories[from]?.components ?? 0;
  if (apart(trial.after) <= Math.max(1, apart(tally))) return exact;
  const [, ...cutOff] = findPieces(tally, trial.after.members[from]!);
  const rest = cutOff.flatMap((piece) => [...piece]);
  if (!rest.every((u) => isFree(tally, holds, u))) return exact;
  const all = Int32Array.from([...units, ...rest]).sort();
  const whole = tryChanges(tally, before, moveUnits(tally, all, to));
  const absorbed = { ...candidate, units: all, violation: whole.violation, cost: whole.cost };
  return compareEffects(absorbed, exact) < 0 ? absorbed : exact;
}

/** Of the units on a border that leave their territory whole, the one that does most good. */
function bestUnit(tally: PlanTally, estimate: MoveEstimate, { from, to, units }: Border): Candidate | null {
  if (from >= 0 && tally.members[from]!.length < 2) return null;
  const territoryOf = (v: number) => tally.assignment[v]!;
  let best: Candidate | null = null;
  for (const u of units) {
    const effect = estimate.effect(u, from, to, territoryOf);
    if (compareEffects(effect, best ?? NOTHING) >= 0) continue;
    if (tally.basis.problem.territories[from]?.contiguous && !mayLeave(tally, u)) continue;
    best = { ...effect, from, to, units: Int32Array.of(u) };
  }
  return best;
}

/** Pieces beyond the first of each territory, and pieces without one, to every territory that they border on. */
function loosePieces(tally: PlanTally, holds: Holds, borders: readonly Border[]): Candidate[] {
  const { territories, members, basis } = tally;
  const { territories: own } = basis.problem;
  const loose = territories.flatMap(({ components }, t) => (components > 1 && own[t]!.contiguous ? [t] : []));
  const found: Candidate[] = [];
  for (const from of [...loose, -1]) {
    const pieces = findPieces(tally, members[from < 0 ? territories.length : from]!);
    const { offsets, neighbors } = basis.problem;
    for (const units of from < 0 ? pieces : pieces.slice(1)) {
      if (!units.every((u) => isFree(tally, holds, u))) continue;
      const beside = new Set<number>();
      for (const u of units) {
        for (let e = offsets[u]!; e < offsets[u + 1]!; e++) beside.add(tally.assignment[neighbors[e]!]!);
      }
      for (const border of borders) {
        if (border.from !== from || !beside.has(border.to)) continue;
        // What it does to the loads is left to the trial: that it mends a piece decides.
        found.push({
          violation: -units.length * (from < 0 ? 1 : 0) - (from < 0 ? 0 : 1),
          cost: 0,
          from,
          to: border.to,
          units,
        });
      }
    }
  }
  return found;
}

/** Borders of territories without units: the unit where each may begin, of the largest territory that may give one. */
function seatsOfEmpty(tally: PlanTally, holds: Holds, estimate: MoveEstimate): Border[] {
  const { members, basis } = tally;
  const { territories, assignment } = { territories: tally.territories, assignment: tally.assignment };
  const empty = territories.flatMap((_, t) => (members[t]!.length === 0 && !holds.locks.has(t) ? [t] : []));
  if (empty.length === 0) return [];
  const free = members
    .map((units) => units.filter((u) => isFree(tally, holds, u)))
    .filter((units) => units.length > 0)
    .sort((a, b) => b.length - a.length)[0];
  if (!free) return [];
  const from = assignment[free[0]!]!;
  return empty.map((to) => {
    const fixed = basis.problem.territories[to]!.center !== null;
    // Near its own centre, else far from the centre of those that it is to relieve.
    const key = (u: number) => (fixed ? estimate.pull(u, -1, to) : estimate.pull(u, from, -1));
    const seat = free.reduce((best, u) => (key(u) < key(best) ? u : best));
    estimate.seat(to, seat);
    return { from, to, units: [seat] };
  });
}

function describe({ ids, territories }: Problem, { units, from, to, violation, cost }: Candidate): Suggestion {
  const names = Array.from(units, (u) => ids[u]!);
  const source = territories[from]?.id ?? null;
  const target = territories[to]!.id;
  const what = names.length === 1 ? `unit ${names[0]}` : `${names.length} units`;
  const good =
    compareEffects({ violation, cost: 0 }, NOTHING) < 0 ? 'brings the plan nearer to its bounds' : 'lowers the cost';
  const message = `Moving ${what}${source === null ? '' : ` from ${source}`} to ${target} ${good}.`;
  return { units: names, from: source, to: target, violation, cost, message };
}
