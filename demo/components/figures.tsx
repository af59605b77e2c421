import { type Figure, figures } from '../figures.js';
import { count, kilometres, percent } from '../format.js';

const FORMAT: Record<Figure['unit'], (value: number) => string> = {
  share: (value) => percent(value),
  deviation: (value) => percent(value, 1, true),
  km: kilometres,
  count,
};

/** The page's headline numbers: today, and after the plan once there is one. */
export function Figures() {
  return (
    <dl class="figures" aria-live="polite">
      {figures.value.map(({ label, note, unit, today, after }) => (
        <div key={label} title={note}>
          <dt>{label}</dt>
          <dd>
            {after !== null && today !== null && (
              <span class="before">
                <span class="hidden">today </span>
                {FORMAT[unit](today)} →
              </span>
            )}
            <b>{format(unit, after ?? today)}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function format(unit: Figure['unit'], value: number | null): string {
  return value === null ? '–' : FORMAT[unit](value);
}
