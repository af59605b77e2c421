/** Has an optimizer repair a session's plan around its last step, and takes the result as a step of its own. */
import type { Optimizer, RebalanceOptions, Session, SessionRebalanceResult } from '../types.js';
import type { Step } from './history.js';
import type { Holds } from './holds.js';
import type { IdIndex } from './read-target.js';

export interface RebalanceContext {
  /** The step whose units stay where it put them, and whose territories come first; null for none. */
  readonly edited: Step | null;
  readonly holds: Holds;
  readonly index: IdIndex;
}

export async function rebalanceSession(
  session: Session,
  optimizer: Pick<Optimizer, 'rebalance'>,
  { edited, holds, index }: RebalanceContext,
  options: RebalanceOptions = {},
): Promise<SessionRebalanceResult> {
  const before = session.getSnapshot();
  const { territories: all, ids } = session.problem;
  const touched = new Set<number>();
  for (const t of edited ? [...edited.forward.unitTo, ...edited.backward.unitTo] : []) touched.add(t);
  const pinned =
    options.pinned === undefined ? (edited?.forward.units ?? new Int32Array(0)) : index.units(options.pinned);
  const { pins } = holds;
  const held = pins ? Int32Array.from(ids.keys()).filter((u) => pins[u]! >= 0) : new Int32Array(0);
  const result = await optimizer.rebalance(session.problem, before.plan, {
    locked: all.flatMap(({ id }, t) => (holds.locks.has(t) ? [id] : [])),
    ...(edited && { touch: all.flatMap(({ id }, t) => (touched.has(t) && !holds.locks.has(t) ? [id] : [])) }),
    ...options,
    pinned: Int32Array.from([...pinned, ...held]),
  });
  const { territories } = result;
  const edits = session.getSnapshot() === before && territories.length > 0;
  const label = `Rebalance ${territories.length === 1 ? territories[0] : `${territories.length} territories`}`;
  return { ...result, edit: edits ? session.apply(result.plan, label) : null };
}
