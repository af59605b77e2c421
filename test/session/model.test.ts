import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { createSession } from '../../src/session/session.js';
import type { Plan, Problem, Session } from '../../src/types.js';
import { anyProblem } from './cases.js';

/** What a session must be at any time, kept without any cleverness: whole copies, and the whole evaluation. */
interface State {
  readonly assignment: readonly number[];
  /** Empty without accounts. */
  readonly accounts: readonly number[];
  readonly locks: ReadonlySet<number>;
  readonly pins: ReadonlyMap<number, number>;
}

interface Model {
  readonly problem: Problem;
  state: State;
  readonly done: { label: string; state: State }[];
  readonly undone: { label: string; state: State }[];
}

function planOf({ problem, state }: Model): Plan {
  return createPlan(problem, state.assignment, null, state.accounts.length > 0 ? state.accounts : null);
}

/** Territory that serves an account that the plan does not lay over the map. */
function usualServer({ accountUnit, demands }: Problem, { assignment }: State, a: number): number {
  const laid = demands?.overlay?.[a] ?? -1;
  return laid >= 0 ? laid : assignment[accountUnit![a]!]!;
}

/** Territory that serves an account in a state. */
function serverOf(problem: Problem, state: State, a: number): number {
  return state.accounts[a]! >= 0 ? state.accounts[a]! : usualServer(problem, state, a);
}

function isRefused({ problem, state }: Model, next: State): boolean {
  const moves = (t: number, to: number) => t !== to && (state.locks.has(t) || state.locks.has(to));
  return (
    state.assignment.some((t, u) => moves(t, next.assignment[u]!)) ||
    state.assignment.some(
      (t, u) => t !== next.assignment[u] && (state.pins.get(u) ?? next.assignment[u]) !== next.assignment[u],
    ) ||
    state.accounts.some((own, a) => own !== next.accounts[a] && touchesLock(problem, state, next, a))
  );
}

function touchesLock(problem: Problem, state: State, next: State, a: number): boolean {
  const before = serverOf(problem, state, a);
  const after = next.accounts[a]! >= 0 ? next.accounts[a]! : usualServer(problem, state, a);
  return state.locks.has(before) || state.locks.has(after);
}

function isSame(a: State, b: State): boolean {
  return (
    a.assignment.every((t, u) => t === b.assignment[u]) &&
    a.accounts.every((t, i) => t === b.accounts[i]) &&
    a.locks.size === b.locks.size &&
    [...a.locks].every((t) => b.locks.has(t)) &&
    a.pins.size === b.pins.size &&
    [...a.pins].every(([u, t]) => b.pins.get(u) === t)
  );
}

function compare(model: Model, session: Session): void {
  const { problem, state } = model;
  const plan = planOf(model);
  expect([...session.plan.assignment]).toEqual(state.assignment);
  const none = state.accounts.every((t) => t < 0);
  expect([...(session.plan.accounts ?? [])]).toEqual(none ? [] : state.accounts);
  expect(session.evaluation).toEqual(evaluate(problem, plan));
  const id = (t: number) => problem.territories[t]!.id;
  expect(session.locks).toEqual(new Set([...state.locks].map(id)));
  expect(session.pins).toEqual(new Map([...state.pins].map(([u, t]) => [problem.ids[u]!, id(t)])));
  expect(session.undoLabel).toBe(model.done.at(-1)?.label ?? null);
  expect(session.redoLabel).toBe(model.undone.at(-1)?.label ?? null);
}

/** An edit: what it makes of the state, and how it is asked for. */
class EditCommand implements fc.Command<Model, Session> {
  readonly #name: string;
  readonly #next: (problem: Problem, state: State) => State;
  readonly #run: (session: Session, problem: Problem, label: string) => unknown;
  /** Locks and pins may always be changed. */
  readonly #free: boolean;

  constructor(
    name: string,
    next: (problem: Problem, state: State) => State,
    run: (session: Session, problem: Problem, label: string) => unknown,
    free = false,
  ) {
    this.#name = name;
    this.#next = next;
    this.#run = run;
    this.#free = free;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, session: Session): void {
    const next = this.#next(model.problem, model.state);
    const before = session.getSnapshot();
    if (!this.#free && isRefused(model, next)) {
      expect(() => this.#run(session, model.problem, this.#name)).toThrow(/locked|pinned/);
      expect(session.getSnapshot()).toBe(before);
    } else {
      this.#run(session, model.problem, this.#name);
      if (isSame(model.state, next)) expect(session.getSnapshot()).toBe(before);
      else {
        model.done.push({ label: session.undoLabel!, state: model.state });
        if (!this.#free) expect(session.undoLabel).toBe(this.#name);
        model.undone.length = 0;
        model.state = next;
      }
    }
    compare(model, session);
  }

  toString(): string {
    return this.#name;
  }
}

class HistoryCommand implements fc.Command<Model, Session> {
  readonly #back: boolean;

  constructor(back: boolean) {
    this.#back = back;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, session: Session): void {
    const [from, to] = this.#back ? [model.done, model.undone] : [model.undone, model.done];
    const step = from.pop();
    const edit = this.#back ? session.undo() : session.redo();
    expect(edit?.label).toBe(step?.label);
    if (step) {
      to.push({ label: step.label, state: model.state });
      model.state = step.state;
      expect(edit!.evaluation).toBe(session.evaluation);
    }
    compare(model, session);
  }

  toString(): string {
    return this.#back ? 'undo' : 'redo';
  }
}

const picks = fc.array(fc.nat(99), { minLength: 1, maxLength: 8 });
const some = (count: number, numbers: readonly number[]) => [...new Set(numbers.map((x) => x % count))];
const name = (problem: Problem, t: number) => (t < 0 ? null : problem.territories[t]!.id);
const target = (problem: Problem, pick: number) => (pick % (problem.territories.length + 1)) - 1;

const assignUnits = fc.tuple(picks, fc.nat(99)).map(
  ([units, pick]) =>
    new EditCommand(
      'units',
      (problem, state) => {
        const moving = new Set(some(problem.ids.length, units));
        const to = target(problem, pick);
        return { ...state, assignment: state.assignment.map((t, u) => (moving.has(u) ? to : t)) };
      },
      (session, problem, label) => {
        const ids = some(problem.ids.length, units).map((u) => problem.ids[u]!);
        return session.assign(ids, name(problem, target(problem, pick)), { label });
      },
    ),
);

const assignAccounts = fc.tuple(picks, fc.nat(99)).map(
  ([accounts, pick]) =>
    new EditCommand(
      'accounts',
      (problem, state) => {
        if (state.accounts.length === 0) return state;
        const moving = new Set(some(state.accounts.length, accounts));
        const to = target(problem, pick);
        const laid = (a: number) => (usualServer(problem, state, a) === to ? -1 : to);
        return { ...state, accounts: state.accounts.map((own, a) => (moving.has(a) ? laid(a) : own)) };
      },
      (session, problem, label) => {
        const count = problem.accountIds?.length ?? 0;
        const ids = count > 0 ? some(count, accounts).map((a) => problem.accountIds![a]!) : [];
        return session.assign({ accounts: ids }, name(problem, target(problem, pick)), { label });
      },
    ),
);

const applyPlan = fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 60, maxLength: 60 }).map((values) => {
  const draw = (problem: Problem) =>
    problem.ids.map((_, u) => Math.min(values[u % 60]!, problem.territories.length - 1));
  return new EditCommand(
    'plan',
    (problem, state) => ({ ...state, assignment: draw(problem), accounts: state.accounts.map(() => -1) }),
    (session, problem, label) => session.apply(createPlan(problem, draw(problem)), label),
  );
});

const lock = fc.tuple(fc.nat(99), fc.boolean()).map(
  ([pick, locked]) =>
    new EditCommand(
      'lock',
      ({ territories }, state) => {
        const locks = new Set(state.locks);
        if (locked) locks.add(pick % territories.length);
        else locks.delete(pick % territories.length);
        return { ...state, locks };
      },
      (session, { territories }) => session.setLocked(territories[pick % territories.length]!.id, locked),
      true,
    ),
);

const pin = fc.tuple(picks, fc.boolean()).map(([units, pinned]) => {
  const own = ({ ids }: Problem, { assignment }: Pick<State, 'assignment'>) =>
    some(ids.length, units).filter((u) => !pinned || assignment[u]! >= 0);
  return new EditCommand(
    'pin',
    (problem, state) => {
      const pins = new Map(state.pins);
      for (const u of own(problem, state)) {
        if (pinned) pins.set(u, state.assignment[u]!);
        else pins.delete(u);
      }
      return { ...state, pins };
    },
    (session, problem) => {
      const units = Int32Array.from(own(problem, { assignment: [...session.plan.assignment] }));
      return pinned ? session.pin(units) : session.unpin(units);
    },
    true,
  );
});

const commands = fc.commands(
  [
    assignUnits,
    assignUnits,
    assignUnits,
    assignAccounts,
    applyPlan,
    lock,
    pin,
    fc.constant(new HistoryCommand(true)),
    fc.constant(new HistoryCommand(true)),
    fc.constant(new HistoryCommand(false)),
  ],
  { maxCommands: 30 },
);

function pinsOf({ pinned }: Problem): Map<number, number> {
  return new Map([...(pinned ?? [])].flatMap((t, u) => (t < 0 ? [] : [[u, t] as const])));
}

describe('an editing session', () => {
  it('is at any time what a naive one is, judged as evaluate does, to the last bit', () => {
    const start = fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(anyProblem(), start, commands, (problem, values, cmds) => {
        const assignment = problem.ids.map((_, u) => Math.min(values[u % 60]!, problem.territories.length - 1));
        const locks = new Set(problem.territories.flatMap(({ locked }, t) => (locked ? [t] : [])));
        const accounts = new Array<number>(problem.accountIds?.length ?? 0).fill(-1);
        const model: Model = {
          problem,
          state: { assignment, accounts, locks, pins: pinsOf(problem) },
          done: [],
          undone: [],
        };
        const session = createSession(problem, createPlan(problem, assignment));
        fc.modelRun(() => ({ model, real: session }), cmds);
      }),
      { numRuns: 150 },
    );
  });
});
