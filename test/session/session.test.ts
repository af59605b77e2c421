import { describe, expect, it } from 'vitest';
import { TerritoryError } from '../../src/errors.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { createSession } from '../../src/session/session.js';
import { gridInput } from '../optimizer/grid.js';

/** 6 × 6 units in three columns of two. */
const problem = prepareProblem(gridInput(6, 3));
const columns = createPlan(
  problem,
  problem.ids.map((_, u) => Math.floor((u % 6) / 2)),
  7,
);
const begin = () => createSession(problem, columns);

function thrown(run: () => unknown): TerritoryError {
  try {
    run();
  } catch (error) {
    if (error instanceof TerritoryError) return error;
  }
  throw new Error('nothing was thrown');
}

describe('an edit', () => {
  it('gives the live figures and the names of what it touched', () => {
    const session = begin();
    const edit = session.assign(['x2y0', 'x2y1'], 'T1');
    expect(edit).toMatchObject({ label: 'Assign 2 units to T1', units: 2, accounts: 0, territories: ['T1', 'T2'] });
    expect(edit.evaluation).toBe(session.evaluation);
    expect(session.evaluation).toEqual(evaluate(problem, session.plan));
    expect(session.evaluation.territories[0]!.units).toBe(14);
    expect(session.plan.seed).toBeNull();
  });

  it('takes ids, one id, or indices', () => {
    const plans = [['x2y0'], 'x2y0', Int32Array.of(2), new Set(['x2y0', 'x2y0'])].map((target) => {
      const session = begin();
      session.assign(target, 'T1');
      return [...session.plan.assignment];
    });
    for (const plan of plans) expect(plan).toEqual(plans[0]);
  });

  it('leaves the plan of the caller and earlier plans of the session alone', () => {
    const before = [...columns.assignment];
    const session = begin();
    const first = session.plan;
    session.assign('x2y0', 'T1');
    expect([...first.assignment]).toEqual(before);
    expect([...columns.assignment]).toEqual(before);
  });

  it('that changes nothing is no step', () => {
    const session = begin();
    const snapshot = session.getSnapshot();
    expect(session.assign('x0y0', 'T1')).toMatchObject({ units: 0, territories: [] });
    expect(session.setLocked('T1', false).units).toBe(0);
    expect(session.apply(columns).units).toBe(0);
    expect(session.getSnapshot()).toBe(snapshot);
    expect(session.undo()).toBeNull();
    expect(session.redo()).toBeNull();
  });

  it('brings back the seed of the plan when it is undone', () => {
    const session = begin();
    session.assign('x2y0', 'T1');
    session.undo();
    expect(session.plan).toEqual(columns);
    session.apply(
      createPlan(
        problem,
        columns.assignment.map((t) => 2 - t),
        9,
      ),
    );
    expect(session.plan.seed).toBe(9);
  });
});

describe('the history', () => {
  it('joins edits of one gesture', () => {
    const session = begin();
    for (const unit of ['x2y0', 'x2y1', 'x3y0']) session.assign(unit, 'T1', { label: 'Brush', mergeKey: 'stroke 1' });
    session.assign('x2y0', 'T3', { label: 'Brush', mergeKey: 'stroke 1' });
    session.assign('x2y2', 'T1', { label: 'Brush again', mergeKey: 'stroke 2' });
    const edited = [...session.plan.assignment];
    expect(session.undo()!.label).toBe('Brush again');
    expect(session.undo()).toMatchObject({ label: 'Brush', units: 3 });
    expect([...session.plan.assignment]).toEqual([...columns.assignment]);
    expect(session.undoLabel).toBeNull();
    session.redo();
    session.redo();
    expect([...session.plan.assignment]).toEqual(edited);
    expect(session.evaluation).toEqual(evaluate(problem, session.plan));
  });

  it('does not join what comes after an undo', () => {
    const session = begin();
    session.assign('x2y0', 'T1', { mergeKey: 'stroke' });
    session.assign('x2y1', 'T1');
    session.undo();
    session.assign('x2y2', 'T1', { mergeKey: 'stroke' });
    session.undo();
    expect(session.plan.assignment[2]).toBe(0);
  });

  it('keeps as many steps as it is told', () => {
    const session = createSession(problem, columns, { historyLimit: 2 });
    for (const unit of ['x2y0', 'x2y1', 'x2y2']) session.assign(unit, 'T1');
    expect([session.undo(), session.undo(), session.undo()].map((edit) => edit !== null)).toEqual([true, true, false]);
  });
});

describe('a listener', () => {
  it('hears of every change, and gets one snapshot until the next', () => {
    const session = begin();
    const { subscribe, getSnapshot } = session;
    const heard: (string | null)[] = [];
    const stop = subscribe(() => heard.push(getSnapshot().undoLabel));
    expect(getSnapshot()).toBe(getSnapshot());
    const before = getSnapshot();
    session.assign('x2y0', 'T1', { label: 'one' });
    expect(getSnapshot()).not.toBe(before);
    session.setLocked('T3', true);
    session.pin('x0y0');
    session.undo();
    stop();
    session.undo();
    expect(heard).toEqual(['one', 'Lock T3', 'Pin 1 unit', 'Lock T3']);
  });
});

describe('locks and pins', () => {
  it('refuse edits as a whole and leave the session as it was', () => {
    const session = begin();
    session.setLocked('T3', true);
    session.pin(['x2y0', 'x2y1']);
    const before = session.getSnapshot();
    const into = thrown(() => session.assign(['x0y0', 'x2y5'], 'T3'));
    expect(into).toMatchObject({ code: 'LOCKED', details: { territory: 'T3', units: ['x0y0', 'x2y5'] } });
    expect(thrown(() => session.assign('x4y0', 'T1')).code).toBe('LOCKED');
    expect(thrown(() => session.assign('x4y0', null)).code).toBe('LOCKED');
    const pinned = thrown(() => session.assign(['x2y0', 'x2y1', 'x2y2'], 'T1'));
    expect(pinned).toMatchObject({ code: 'PINNED', details: { units: ['x2y0', 'x2y1'] } });
    expect(
      thrown(() =>
        session.apply(
          createPlan(
            problem,
            columns.assignment.map(() => 0),
          ),
        ),
      ).code,
    ).toBe('LOCKED');
    expect(session.getSnapshot()).toBe(before);
    session.unpin('x2y0');
    expect(session.assign('x2y0', 'T1').units).toBe(1);
  });

  it('begin with those of the problem', () => {
    const pinned = problem.ids.map((_, u) => (u === 2 ? 0 : -1));
    const territories = problem.territories.map((territory, t) => ({ ...territory, locked: t === 2 }));
    const held = { ...problem, pinned: Int32Array.from(pinned), territories };
    const session = createSession(held, columns);
    expect(session.locks).toEqual(new Set(['T3']));
    expect(session.pins).toEqual(new Map([['x2y0', 'T1']]));
    expect(session.evaluation.violations).toMatchObject([
      { kind: 'pinned', territory: 'T1', amount: 1, message: 'Unit x2y0 is pinned to T1, but is not in it.' },
    ]);
    // A pinned unit may come home, and then must stay.
    session.assign('x2y0', 'T1');
    expect(session.evaluation.violations).toEqual([]);
    expect(thrown(() => session.assign('x2y0', 'T2')).code).toBe('PINNED');
  });
});

describe('misuse', () => {
  it('is told by path', () => {
    const session = begin();
    const other = prepareProblem(gridInput(5, 3));
    const paths = (
      [
        () => session.assign('nowhere', 'T1'),
        () => session.assign(['x0y0', 'nowhere'], 'T1'),
        () => session.assign(Int32Array.of(0, 36), 'T1'),
        () => session.assign('x0y0', 'T9'),
        () => session.assign({ accounts: ['a'] }, 'T1'),
        () => session.assign(5 as never, 'T1'),
        () => session.assign('x0y0', 'T1', { name: 'x' } as never),
        () => session.assign('x0y0', 'T1', { label: 5 } as never),
        () => session.setLocked('T9', true),
        () => session.setLocked('T1', 1 as never),
        () => session.explain('nowhere'),
        () => createSession(problem, columns, { historyLimit: 0 }),
      ] as const
    ).map((run) => {
      const { code, details } = thrown(run);
      expect(code).toBe('INVALID_OPTION');
      return details.path;
    });
    expect(paths).toEqual([
      'units[0]',
      'units[1]',
      'units[1]',
      'territory',
      'accounts[0]',
      'units',
      'name',
      'label',
      'territory',
      'locked',
      'units[0]',
      'historyLimit',
    ]);
    expect(thrown(() => createSession(other, columns)).code).toBe('PLAN_MISMATCH');
    session.assign('x0y0', null);
    expect(thrown(() => session.pin('x0y0')).details.path).toBe('units[0]');
  });
});
