import { downloadChanges, downloadPlan } from '../downloads.js';
import { count, percent, plural } from '../format.js';
import { result } from '../store.js';

const SHOWN_VIOLATIONS = 8;

/** What came out, in words, and the files to take away. */
export function ResultPanel() {
  const found = result.value;
  return (
    <div aria-live="polite">
      {found && (
        <section class="panel result" aria-label="Result">
          <h2>{found.evaluation.feasible ? '✓ Every rule is kept' : 'Closest plan found'}</h2>
          <p>{summary()}</p>
          <Violations />
          <div class="buttons">
            <button type="button" onClick={downloadChanges}>
              Download CSV
            </button>
            <button type="button" onClick={downloadPlan}>
              Download plan
            </button>
          </div>
        </section>
      )}
    </div>
  );
}

function summary(): string {
  const { problem, evaluation, status, stats } = result.value!;
  const parts = [
    `${plural(problem.territories.length, 'territory', 'territories')}`,
    evaluation.extraComponents === 0 ? 'all contiguous' : `${plural(evaluation.extraComponents, 'stray part')}`,
    ...evaluation.balance.map(({ measure, maxDeviation }) => `${measure} within ${percent(Math.abs(maxDeviation))}`),
  ];
  if (evaluation.disruption && problem.accountIds) {
    const { accounts, accountShare } = evaluation.disruption;
    parts.push(`${plural(accounts, 'account changes', 'accounts change')} hands (${percent(accountShare, 0)})`);
  }
  const how = status === 'aborted' ? 'Stopped' : 'Done';
  return `${parts.join(', ')}. ${how} after ${(stats.elapsedMs / 1000).toFixed(1)} s and ${count(stats.moves)} moves.`;
}

function Violations() {
  const { evaluation, problem } = result.value!;
  const { violations, balance } = evaluation;
  const floors = balance.filter(({ measure, floor }) => floor > (toleranceAbove(problem, measure) ?? Infinity));
  if (violations.length === 0) return null;
  return (
    <>
      {floors.map(({ measure, floor }) => (
        <p key={measure}>
          The heaviest {problem.resolution === null ? 'unit' : 'cell'} alone puts {measure} {percent(floor)} over a
          target, so no plan can do better; finer cells or fewer territories can.
        </p>
      ))}
      <ul class="violations">
        {violations.slice(0, SHOWN_VIOLATIONS).map(({ message }, index) => (
          <li key={`${index}`}>{message}</li>
        ))}
      </ul>
      {violations.length > SHOWN_VIOLATIONS && <p>and {count(violations.length - SHOWN_VIOLATIONS)} more.</p>}
    </>
  );
}

/** Largest allowed deviation above target of the territory with the tightest bound. */
function toleranceAbove(problem: NonNullable<typeof result.value>['problem'], measure: string): number | null {
  const m = problem.measures.indexOf(measure);
  const k = problem.territories.length;
  let tightest: number | null = null;
  for (let t = 0; t < k; t++) {
    const above = problem.upper[m * k + t]! / problem.target[m * k + t]! - 1;
    if (Number.isFinite(above) && (tightest === null || above < tightest)) tightest = above;
  }
  return tightest;
}
