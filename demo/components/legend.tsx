import type { Rgb } from 'equiterra/layers';
import { percent } from '../format.js';
import { problem, view } from '../store.js';
import { DEVIATION_COLORS, OVERLAP_COLORS } from '../views.js';

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
  const text =
    view.value === 'reps'
      ? 'Each cell has the colour of the rep with most of its work.'
      : 'Each colour change is a border; neighbours never share a colour.';
  return view.value && <p class="legend">{text}</p>;
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
