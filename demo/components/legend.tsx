import type { Problem } from 'equiterra';
import type { Rgb } from 'equiterra/layers';
import { percent } from '../format.js';
import { problem, view } from '../store.js';
import { DEVIATION_COLORS, OVERLAP_COLORS, type ViewName } from '../views.js';

/** What the colours of the shown view mean. */
export function Legend() {
  const current = problem.value;
  if (!current) return null;
  const weight = current.objective.weight ?? current.measures[0];
  if (view.value === 'overlap') {
    return <Keys title="Reps who work a cell" keys={OVERLAP_COLORS} />;
  }
  if (view.value === 'balance') {
    const keys = DEVIATION_COLORS.map(({ deviation, color }) => ({ label: percent(deviation, 0, true), color }));
    return <Keys title={`${weight}, rep against an equal share`} keys={keys} />;
  }
  return view.value && <p class="legend">{explain(current, view.value)}</p>;
}

function explain(current: Problem, name: ViewName): string {
  if (!current.lngLat) return 'These units have no positions in degrees: the table shows what the map cannot.';
  if (name === 'reps') return 'Each cell has the colour of the rep with most of its work.';
  return current.today
    ? 'A territory has the name of a rep who keeps as much of today’s work as possible.'
    : 'Each colour change is a border; neighbours never share a colour.';
}

function Keys({ title, keys }: { title: string; keys: readonly { readonly label: string; readonly color: Rgb }[] }) {
  return (
    <div class="legend">
      <p>{title}</p>
      <ul>
        {keys.map(({ label, color }) => (
          <li key={label}>
            <i style={{ background: `rgb(${color.join(' ')})` }} />
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
