/** The editing session: a plan, its live figures, what is held, and the steps that led there. */
import { invalid } from '../errors.js';
import { summarize } from '../metrics/evaluate.js';
import { rememberTally } from '../metrics/known-tallies.js';
import { amendTally, type Changes, type PlanTally, tallyPlan, touchedBy } from '../metrics/plan-tally.js';
import { checkPlan } from '../plan/plan.js';
import type {
  Edit,
  EditOptions,
  EditTarget,
  Evaluation,
  Explanation,
  Optimizer,
  Plan,
  Problem,
  RebalanceOptions,
  Session,
  SessionOptions,
  SessionRebalanceResult,
  SessionSnapshot,
  Suggestion,
  TerritoryId,
  UnitId,
} from '../types.js';
import { differences, invert, isEmpty, moveAccounts, moveUnits, NO_CHANGES } from './changes.js';
import { explainAccount, explainUnit } from './explain.js';
import { type Frame, History } from './history.js';
import { checkHolds, type Holds, holdsOf } from './holds.js';
import { describeAccounts, describeUnits } from './labels.js';
import { resolveEditOptions, resolveHistoryLimit } from './options.js';
import { IdIndex } from './read-target.js';
import { rebalanceSession } from './rebalance-session.js';
import { suggestMove } from './suggest.js';

/**
 * Begins to edit a plan. The figures after an edit are counted anew for the territories that it touches only, and equal
 * those of `evaluate`. O(n + E + A log A) once.
 *
 * @throws {TerritoryError} PLAN_MISMATCH when the plan belongs to another problem, INVALID_OPTION.
 * @example
 * const session = createSession(problem, plan);
 * const { evaluation } = session.assign(['862a1072fffffff'], 'T2');
 * session.undo();
 */
export function createSession(problem: Problem, plan: Plan, options?: SessionOptions): Session {
  const historyLimit = resolveHistoryLimit(options);
  checkPlan(problem, plan);
  return new EditingSession(problem, plan, historyLimit);
}

class EditingSession implements Session {
  readonly problem: Problem;
  readonly #index: IdIndex;
  readonly #history: History;
  readonly #listeners = new Set<() => void>();
  #tally: PlanTally;
  #evaluation: Evaluation;
  #seed: number | null;
  #holds: Holds;
  #snapshot: SessionSnapshot | null = null;

  constructor(problem: Problem, plan: Plan, historyLimit: number) {
    this.problem = problem;
    this.#index = new IdIndex(problem);
    this.#history = new History(historyLimit);
    // The caller's arrays are copied: what becomes of them later must not show.
    const assignment = plan.assignment.slice();
    this.#tally = tallyPlan(problem, { assignment, accounts: plan.accounts?.slice() ?? null });
    this.#evaluation = summarize(this.#tally);
    this.#seed = plan.seed;
    this.#holds = holdsOf(problem);
  }

  get plan(): Plan {
    return this.getSnapshot().plan;
  }

  get evaluation(): Evaluation {
    return this.#evaluation;
  }

  get undoLabel(): string | null {
    return this.#history.last?.label ?? null;
  }

  get redoLabel(): string | null {
    return this.#history.next?.label ?? null;
  }

  get locks(): ReadonlySet<TerritoryId> {
    return this.getSnapshot().locks;
  }

  get pins(): ReadonlyMap<UnitId, TerritoryId> {
    return this.getSnapshot().pins;
  }

  assign(target: EditTarget, territory: TerritoryId | null, options?: EditOptions): Edit {
    const { label, mergeKey } = resolveEditOptions(options);
    const to = territory === null ? -1 : this.#index.territory(territory);
    if (typeof target === 'object' && target !== null && 'accounts' in target) {
      const changes = moveAccounts(this.#tally, this.#index.accounts(target.accounts), to);
      return this.#change(changes, label ?? describeAccounts(changes.accounts.length, territory), mergeKey, null);
    }
    const changes = moveUnits(this.#tally, this.#index.units(target), to);
    return this.#change(changes, label ?? describeUnits(changes.units.length, territory), mergeKey, null);
  }

  apply(plan: Plan, label = 'Apply a plan'): Edit {
    checkPlan(this.problem, plan);
    const changes = differences(this.#tally, { assignment: plan.assignment, accounts: plan.accounts ?? null });
    return this.#change(changes, label, null, plan.seed);
  }

  setLocked(territory: TerritoryId, locked: boolean): Edit {
    const t = this.#index.territory(territory);
    if (typeof locked !== 'boolean') throw invalid('locked', locked, 'must be true or false', 'INVALID_OPTION');
    const locks = new Set(this.#holds.locks);
    if (locked) locks.add(t);
    else locks.delete(t);
    const label = `${locked ? 'Lock' : 'Unlock'} ${territory}`;
    return this.#hold(label, locks.size === this.#holds.locks.size ? this.#holds : { ...this.#holds, locks });
  }

  pin(units: UnitId | Iterable<UnitId> | Int32Array): Edit {
    const { assignment } = this.#tally;
    const own = this.#index.units(units);
    const loose = own.findIndex((u) => assignment[u]! < 0);
    if (loose >= 0) {
      throw invalid(`units[${loose}]`, this.problem.ids[own[loose]!], 'must have a territory', 'INVALID_OPTION');
    }
    return this.#pin(own, (u) => assignment[u]!, `Pin ${own.length === 1 ? '1 unit' : `${own.length} units`}`);
  }

  unpin(units: UnitId | Iterable<UnitId> | Int32Array): Edit {
    const own = this.#index.units(units);
    return this.#pin(own, () => -1, `Unpin ${own.length === 1 ? '1 unit' : `${own.length} units`}`);
  }

  undo(): Edit | null {
    const step = this.#history.undo();
    return step && this.#go(step.label, step.backward, step.before);
  }

  redo(): Edit | null {
    const step = this.#history.redo();
    return step && this.#go(step.label, step.forward, step.after);
  }

  // Bound to the session, because stores hand them on without it.
  readonly subscribe = (listener: () => void): (() => void) => {
    // Wrapped, so that one function may listen twice.
    const own = () => listener();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  };

  readonly getSnapshot = (): SessionSnapshot => {
    this.#snapshot ??= this.#makeSnapshot();
    return this.#snapshot;
  };

  suggest(): Suggestion | null {
    return suggestMove(this.#tally, this.#holds);
  }

  explain(target: UnitId | { readonly account: string }): Explanation {
    if (typeof target === 'object' && target !== null) {
      const [account] = this.#index.accounts([target.account]);
      return explainAccount(this.#tally, this.#holds, account!);
    }
    const [unit] = this.#index.units([target]);
    return explainUnit(this.#tally, this.#holds, unit!);
  }

  rebalance(optimizer: Pick<Optimizer, 'rebalance'>, options?: RebalanceOptions): Promise<SessionRebalanceResult> {
    const context = { edited: this.#history.lastMove, holds: this.#holds, index: this.#index };
    return rebalanceSession(this, optimizer, context, options);
  }

  /** Makes a step of changes, unless there are none. */
  #change(changes: Changes, label: string, mergeKey: string | null, seed: number | null): Edit {
    if (isEmpty(changes)) return this.#edit(label, changes, []);
    checkHolds(this.#tally, this.#holds, changes);
    const before = this.#frame();
    const backward = invert(changes, this.#tally);
    const touched = touchedBy(this.#tally, changes);
    this.#tally = amendTally(this.#tally, changes, touched);
    this.#evaluation = summarize(this.#tally);
    this.#seed = seed;
    this.#history.add({ label, mergeKey, forward: changes, backward, before, after: this.#frame() });
    this.#notify();
    return this.#edit(label, changes, touched);
  }

  #pin(units: Int32Array, territory: (u: number) => number, label: string): Edit {
    const pins = this.#holds.pins?.slice() ?? new Int32Array(this.problem.ids.length).fill(-1);
    let changed = false;
    for (const u of units) {
      const t = territory(u);
      if (pins[u] === t) continue;
      pins[u] = t;
      changed = true;
    }
    return this.#hold(label, changed ? { ...this.#holds, pins: pins.some((t) => t >= 0) ? pins : null } : this.#holds);
  }

  /** Makes a step of other locks or pins, unless they are the same. */
  #hold(label: string, holds: Holds): Edit {
    if (holds === this.#holds) return this.#edit(label, NO_CHANGES, []);
    const before = this.#frame();
    this.#holds = holds;
    const after = this.#frame();
    this.#history.add({ label, mergeKey: null, forward: NO_CHANGES, backward: NO_CHANGES, before, after });
    this.#notify();
    return this.#edit(label, NO_CHANGES, []);
  }

  /** To the other end of a step. The tallies there are known; only the assignment has to follow. */
  #go(label: string, changes: Changes, { known, evaluation, seed, holds }: Frame): Edit {
    const touched = touchedBy(this.#tally, changes);
    if (!isEmpty(changes)) this.#tally = amendTally(this.#tally, changes, touched, known);
    this.#evaluation = evaluation;
    this.#seed = seed;
    this.#holds = holds;
    this.#notify();
    return this.#edit(label, changes, touched);
  }

  #frame(): Frame {
    const { territories, pool, metrics } = this.#tally;
    return {
      known: { territories, pool, metrics },
      evaluation: this.#evaluation,
      seed: this.#seed,
      holds: this.#holds,
    };
  }

  #edit(label: string, changes: Changes, touched: readonly number[]): Edit {
    const territories = touched.flatMap((t) => this.problem.territories[t]?.id ?? []);
    const { units, accounts } = changes;
    return { label, units: units.length, accounts: accounts.length, territories, evaluation: this.#evaluation };
  }

  #notify(): void {
    this.#snapshot = null;
    for (const listener of [...this.#listeners]) listener();
  }

  #makeSnapshot(): SessionSnapshot {
    const { name, ids, territories } = this.problem;
    const { assignment, accounts } = this.#tally;
    const names = territories.map(({ id }) => id);
    const plan: Plan = {
      problem: name,
      seed: this.#seed,
      ids,
      territories: names,
      assignment,
      ...(accounts && { accounts }),
    };
    rememberTally(plan, this.#tally);
    const pins = new Map<UnitId, TerritoryId>();
    this.#holds.pins?.forEach((t, u) => {
      if (t >= 0) pins.set(ids[u]!, names[t]!);
    });
    return Object.freeze({
      plan,
      evaluation: this.#evaluation,
      undoLabel: this.undoLabel,
      redoLabel: this.redoLabel,
      locks: new Set([...this.#holds.locks].sort((a, b) => a - b).map((t) => names[t]!)),
      pins,
    });
  }
}
