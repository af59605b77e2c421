// One V-cycle (Walshaw 2004): the graph is coarsened around the plan, the coarsest graph is annealed, and its plan is
// handed down and annealed on every finer level. Coarse levels move whole stretches of a border at once, which no
// sequence of single units could in that time.

import { territoryCount, unitCount } from '../problem';
import { beginCoarsening, COARSENING, coarsenSome, LEVEL_ADDED } from './coarsening';
import { beginCutAnnealing, proposeCutMoves, returnToBest, setCutTemperature } from './cut-annealing';
import { openLevel } from './cut-state';
import { dropCoarseLevels, levelCount, levelEnd, levelFirst, projectPart } from './levels';

const COARSEN: i32 = 0;
const ANNEAL: i32 = 1;
const OVER: i32 = 2;

let stage: i32 = OVER;
let level: i32 = 0;
/** Moves that the whole cycle may take, and the progress of the run at which it must be over. */
let cycleMoves: f64 = 0;
let cycleEnd: f64 = 0;
let cycleHot: f64 = 0;
/** Share of the cycle that the levels still to come may take. */
let shareLeft: f64 = 0;
/** The level's part of both, and how far it is. */
let levelMoves: f64 = 0;
let movesDone: f64 = 0;
let levelBegan: f64 = 0;
let levelOver: f64 = 0;
let quenching: bool = false;
let hot: f64 = 0;
let targetVertices: i32 = 0;

/** Proposals between two looks at the schedule, and vertices per step of coarsening. */
const CHUNK: i32 = 256;
const COARSEN_CHUNK: i32 = 1024;
/** Vertices per territory below which a level is coarse enough. */
const VERTICES_PER_TERRITORY: i32 = 20;
const LEAST_VERTICES: i32 = 60;
/** Share of the cycle for the finest level; the coarser ones divide the rest. */
const FINEST_SHARE: f64 = 0.5;
/** Temperatures in typical cut edges: on levels below the coarsest at most; the end. */
const HOT_BELOW: f64 = 0.6;
const COLD: f64 = 0.15;
/** Share of a level's moves that anneals; the rest descends from its best plan. */
const ANNEALED_SHARE: f64 = 0.94;

/**
 * Sets out at the run's `progress` from the plan in `part` (and `otherPart`) of level 0. The cycle takes at most `moves`
 * and is over when the progress reaches `end`. `heat` is the temperature on the coarsest level, in typical cut edges of it.
 */
export function beginVCycle(progress: f64, end: f64, moves: f64, heat: f64): void {
  cycleMoves = moves;
  cycleEnd = end;
  cycleHot = heat;
  level = 0;
  openLevel(0);
  dropCoarseLevels();
  targetVertices = max(LEAST_VERTICES, VERTICES_PER_TERRITORY * territoryCount);
  if (unitCount > targetVertices) {
    stage = COARSEN;
    beginCoarsening();
  } else beginDescent(progress);
}

export function vCycleOver(): bool {
  return stage == OVER;
}

/** The level whose plan is in work; on level 0 it is a plan of the problem. */
export function levelInWork(): i32 {
  return level;
}

/** One chunk of work at the run's `progress`; returns what it counts in moves. */
export function vCycleSome(progress: f64): i32 {
  if (stage == COARSEN) {
    const state = coarsenSome(COARSEN_CHUNK);
    if (state == COARSENING) return CHUNK;
    const last = levelCount - 1;
    if (state == LEVEL_ADDED && levelEnd[last] - levelFirst[last] > targetVertices) beginCoarsening();
    else beginDescent(progress);
    return CHUNK;
  }
  const done = max(
    levelMoves > 0 ? movesDone / levelMoves : 1,
    levelOver > levelBegan ? (progress - levelBegan) / (levelOver - levelBegan) : 1,
  );
  if (done >= 1) {
    endLevel(progress);
    return CHUNK;
  }
  if (done < ANNEALED_SHARE) {
    setCutTemperature(hot * Math.exp((done / ANNEALED_SHARE) * Math.log(COLD / hot)));
  } else if (!quenching) {
    quenching = true;
    returnToBest();
    setCutTemperature(0);
  }
  proposeCutMoves(CHUNK);
  movesDone += <f64>CHUNK;
  return CHUNK;
}

function beginDescent(progress: f64): void {
  stage = ANNEAL;
  shareLeft = 1;
  beginLevel(levelCount - 1, progress);
}

function beginLevel(l: i32, progress: f64): void {
  level = l;
  const share = l == 0 ? shareLeft : (1 - FINEST_SHARE) / <f64>(levelCount - 1);
  levelMoves = cycleMoves * share;
  movesDone = 0;
  levelBegan = progress;
  levelOver = progress + ((cycleEnd - progress) * share) / shareLeft;
  shareLeft -= share;
  quenching = false;
  hot = l == levelCount - 1 ? cycleHot : min(cycleHot, HOT_BELOW);
  beginCutAnnealing(l);
}

function endLevel(progress: f64): void {
  returnToBest();
  if (level == 0) {
    stage = OVER;
    return;
  }
  projectPart(level - 1);
  beginLevel(level - 1, progress);
}
