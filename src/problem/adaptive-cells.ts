/** Cells of adaptive resolution under accounts: coarse ones, split where too much lies in one. */
import type { AccountTable } from './accounts.js';
import { groupByUnit, locateAccounts, sumByUnit } from './aggregate.js';
import { chooseCoarsest } from './coarsest.js';
import type { ClassRules } from './demands/class-measures.js';
import { layGround } from './ground.js';
import { dropRepeated, SortedKeys } from './key-sets.js';
import { type CellLevel, CellLine, mixCells } from './mixed-cells.js';
import { MAX_GROUND_CELLS } from './polygon.js';
import type { AdaptiveResolution } from './resolution.js';
import { coarsen, splitCells } from './split-cells.js';
import { buildTargets, readBalance } from './targets.js';
import { readTerritories } from './territories.js';
import type { CheckedInput } from './validate-input.js';

/** What decides on splits. */
export interface SplitRules {
  readonly resolution: AdaptiveResolution;
  readonly classes: ClassRules;
  readonly checked: CheckedInput;
}

export interface AdaptiveCells {
  readonly levels: readonly CellLevel[];
  /** Unit of each account. */
  readonly unit: Int32Array;
  /** Indices of accounts more than one coarse cell outside the ground polygon; null without a polygon. */
  readonly outside: Int32Array | null;
}

/**
 * An account belongs to the coarser cells that its finest cell descends from, which is not always the cell around its
 * place; so a cell's accounts are exactly those of its children. About 3 µs per account.
 * @throws {TerritoryError} INVALID_INPUT
 */
export function layAdaptiveCells(accounts: AccountTable, rules: SplitRules, onRead: () => void): AdaptiveCells {
  const { checked } = rules;
  const { coarsest: asked, finest } = rules.resolution;
  const cellOf = locateAccounts(accounts, finest);
  onRead();
  const places = dropRepeated(cellOf.slice().sort());
  const sums = sumByPlace(accounts, cellOf, places);
  const { limits, territories } = readLimits(sums, accounts.measures, rules);
  const coarsest = asked ?? chooseCoarsest({ places, finest, territories, ground: checked.ground });
  const ground = layGround(checked.ground, coarsen(places, finest, coarsest), coarsest);
  const mustSplit = (_: number, first: number, last: number): boolean => {
    if (last - first < 2) return false;
    return sums.some((values, m) => {
      let sum = 0;
      for (let i = first; i < last; i++) sum += values[i]!;
      return sum > limits[m]!;
    });
  };
  const levels = splitCells(ground.cells.keys, coarsest, { places, finest, mustSplit });
  const line = new CellLine(mixCells(levels));
  const scale = 8 ** (finest - coarsest);
  const { near } = ground;
  return {
    levels,
    unit: Int32Array.from(cellOf, (key) => line.find(key, finest)),
    outside: near && Int32Array.from(cellOf.keys()).filter((a) => !near.has(Math.floor(cellOf[a]! / scale))),
  };
}

/** Per measure, the sum at each place. */
function sumByPlace({ measures, activity, count }: AccountTable, cellOf: Float64Array, places: Float64Array) {
  const indices = new SortedKeys(places);
  const byPlace = groupByUnit(
    Int32Array.from(cellOf, (key) => indices.indexOf(key)),
    places.length,
  );
  return measures.map((_, m) => sumByUnit(activity.subarray(m * count, (m + 1) * count), byPlace));
}

/** The most of each measure that a cell holds unsplit: a share of the smallest target, Infinity where not balanced. */
function readLimits(sums: readonly Float64Array[], measures: readonly string[], rules: SplitRules) {
  const { checked, classes, resolution } = rules;
  const totals = new Map(measures.map((measure, m) => [measure, sums[m]!.reduce((total, x) => total + x, 0)]));
  const own = new Map(totals);
  for (const { name } of classes.measures) own.delete(name);
  const balance = readBalance(checked.balance, own);
  const territories = readTerritories(checked.territories, MAX_GROUND_CELLS, checked.contiguity);
  const { target } = buildTargets(totals, balance, territories, classes);
  const k = territories.length;
  const limits = measures.map((measure, m) => {
    if (!balance.has(measure)) return Infinity;
    return resolution.share * target.subarray(m * k, (m + 1) * k).reduce((least, x) => Math.min(least, x), Infinity);
  });
  return { limits, territories: k };
}
