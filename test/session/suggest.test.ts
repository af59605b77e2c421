import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareViolations } from '../../src/metrics/compare-scores.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { createSession } from '../../src/session/session.js';
import { gridInput } from '../optimizer/grid.js';
import { planCase } from './cases.js';

describe('the next best move', () => {
  it('does what it says: never for the worse, and never with what is held', () => {
    const holds = fc.record({ lock: fc.nat(99), locks: fc.boolean(), pins: fc.array(fc.nat(99), { maxLength: 9 }) });
    fc.assert(
      fc.property(planCase(), holds, ({ problem, plan }, { lock, locks, pins }) => {
        const session = createSession(problem, plan);
        if (locks) session.setLocked(problem.territories[lock % problem.territories.length]!.id, true);
        const own = pins.map((u) => u % problem.ids.length).filter((u) => plan.assignment[u]! >= 0);
        session.pin(Int32Array.from(own));
        const before = session.evaluation;
        const move = session.suggest();
        if (!move) return;
        const { evaluation } = session.assign(move.units, move.to);
        const scale = Math.max(1, before.violation);
        expect(Math.abs(evaluation.violation - before.violation - move.violation)).toBeLessThanOrEqual(1e-9 * scale);
        const change = compareViolations(evaluation.violation, before.violation);
        expect(change).toBeLessThanOrEqual(0);
        if (change === 0) expect(evaluation.cost.total).toBeLessThan(before.cost.total);
        expect(move.message).toMatch(/^Moving .*\.$/);
      }),
      { numRuns: 200 },
    );
  });

  it('leads to a plan within its bounds, move by move', () => {
    const problem = prepareProblem(gridInput(12, 4));
    // Columns of 1, 2, 3 and 6 units.
    const widths = [0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3];
    const session = createSession(
      problem,
      createPlan(
        problem,
        problem.ids.map((_, u) => widths[u % 12]!),
      ),
    );
    let moves = 0;
    for (let move = session.suggest(); move && session.evaluation.violation > 0; move = session.suggest()) {
      session.assign(move.units, move.to);
      expect(++moves).toBeLessThan(20);
    }
    expect(session.evaluation.violations).toEqual([]);
  });

  it('seats territories without units, gathers pieces, and places what has no territory', () => {
    const problem = prepareProblem(gridInput(6, 3));
    const kinds = (assignment: readonly number[]) => {
      const session = createSession(problem, createPlan(problem, assignment));
      const { to, units } = session.suggest()!;
      const before = session.evaluation.violation;
      expect(session.assign(units, to).evaluation.violation).toBeLessThan(before);
      return to;
    };
    const columns = problem.ids.map((_, u) => Math.floor((u % 6) / 2));
    expect(kinds(columns.map((t) => Math.min(t, 1)))).toBe('T3');
    expect(kinds(columns.with(5, 0))).toBe('T3');
    expect(kinds(columns.with(0, -1))).toBe('T1');
  });

  it('is none where nothing may move', () => {
    const problem = prepareProblem(gridInput(6, 3));
    const session = createSession(
      problem,
      createPlan(
        problem,
        problem.ids.map((_, u) => Math.min(2, u % 6)),
      ),
    );
    expect(session.suggest()).not.toBeNull();
    for (const { id } of problem.territories) session.setLocked(id, true);
    expect(session.suggest()).toBeNull();
  });
});
