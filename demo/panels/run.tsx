import type { Problem } from 'equiterra';
import { optimise, stop } from '../actions.js';
import { count, percent } from '../format.js';
import { activity, busy, problem, progress, settings } from '../store.js';

const PHASES: Record<string, string> = {
  prepare: 'Preparing',
  construct: 'Drawing a first plan',
  repair: 'Joining territories',
  improve: 'Improving',
  done: 'Finishing',
};

/** The one primary button, and how far the search is. */
export function RunPanel() {
  const searching = activity.value === 'optimising' || activity.value === 'stopping';
  const blocked = !problem.value || !settings.value?.measures.some((measure) => measure.balanced);
  return (
    <section class="panel run" aria-label="Optimise">
      {searching ? (
        <button type="button" class="primary stop" disabled={activity.value === 'stopping'} onClick={stop}>
          Stop and keep the best
        </button>
      ) : (
        <button type="button" class="primary" disabled={busy.value || blocked} onClick={() => void optimise()}>
          Optimise
        </button>
      )}
      <progress max={1} value={fraction()} aria-label="Progress" hidden={!busy.value} />
      <p class="status" role="status">
        {statusText()}
      </p>
    </section>
  );
}

/** Undefined shows a bar without an end, for steps whose length nobody knows. */
function fraction(): number | undefined {
  return activity.value === 'optimising' ? progress.value?.fraction : undefined;
}

function statusText(): string {
  const current = problem.value;
  if (activity.value === 'loading') return 'Loading …';
  if (activity.value === 'preparing') return 'Laying the accounts over the cells …';
  if (activity.value === 'stopping') return 'Stopping …';
  if (activity.value === 'optimising') return searchText();
  if (!current) return '';
  return `${count(current.ids.length)} ${unitsText(current.resolution)}, ${count(current.territories.length)} territories.`;
}

function unitsText(resolution: Problem['resolution']): string {
  if (resolution === null) return 'units';
  return resolution === 'mixed' ? 'cells of several resolutions' : `cells of resolution ${resolution}`;
}

function searchText(): string {
  const report = progress.value;
  if (!report) return 'Starting …';
  const parts = [PHASES[report.phase] ?? report.phase, percent(report.fraction, 0)];
  if (report.best) parts.push(report.best.violation > 1e-9 ? 'not yet within tolerance' : 'all rules kept');
  return `${parts.join(' · ')} · ${count(report.moves)} moves`;
}
