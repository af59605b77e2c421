import { applyForm } from '../actions.js';
import type { MeasureSetting, Settings } from '../source.js';
import { busy, settings } from '../store.js';

/** Territories, measures with their tolerances, and resolution. A change is applied when the field is left. */
export function SettingsPanel() {
  const form = settings.value;
  if (!form) return null;
  const change = (part: Partial<Settings>) => void applyForm({ ...form, ...part });
  const changeMeasure = (index: number, part: Partial<MeasureSetting>) =>
    change({ measures: form.measures.map((measure, m) => (m === index ? { ...measure, ...part } : measure)) });
  return (
    <section class="panel" aria-labelledby="settings-title">
      <h2 id="settings-title">Settings</h2>
      <form class="settings" onSubmit={(event) => event.preventDefault()}>
        <fieldset disabled={busy.value}>
          <legend class="hidden">Settings</legend>
          <NumberField
            label="Territories"
            value={form.territories}
            min={1}
            max={2000}
            onChange={(territories) => change({ territories })}
          />
          {form.resolution === 'adaptive' && <p class="note">Heavy cells are split, as the document says.</p>}
          {typeof form.resolution === 'number' && (
            <NumberField
              label="Resolution of cells"
              value={form.resolution}
              min={0}
              max={15}
              onChange={(resolution) => change({ resolution })}
            />
          )}
          {form.measures.map((measure, index) => (
            <div class="measure" key={measure.name}>
              <label>
                <input
                  type="checkbox"
                  checked={measure.balanced}
                  onChange={(event) => changeMeasure(index, { balanced: event.currentTarget.checked })}
                />
                <span>Balance {measure.name}</span>
              </label>
              {measure.balanced && measure.tolerance !== null && (
                <NumberField
                  label={`Tolerance of ${measure.name} in percent`}
                  hidden
                  before="±"
                  after="%"
                  value={Math.round(measure.tolerance * 1e4) / 100}
                  min={0}
                  max={100}
                  step="any"
                  onChange={(tolerance) => changeMeasure(index, { tolerance: tolerance / 100 })}
                />
              )}
              {measure.balanced && measure.tolerance === null && <span class="note">bounds of the file</span>}
            </div>
          ))}
        </fieldset>
      </form>
    </section>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number | 'any';
  /** Shows the label to screen readers only. */
  readonly hidden?: boolean;
  readonly before?: string;
  readonly after?: string;
  readonly onChange: (value: number) => void;
}

/** A number that takes effect when it is complete and in range; anything else is put back. */
function NumberField({ label, value, min, max, step = 1, hidden, before, after, onChange }: NumberFieldProps) {
  return (
    <label class="number">
      <span class={hidden ? 'hidden' : ''}>{label}</span>
      {before}
      <input
        type="number"
        inputMode="decimal"
        value={value}
        min={min}
        max={max}
        step={step}
        onChange={(event) => {
          const field = event.currentTarget;
          const next = field.valueAsNumber;
          if (field.checkValidity() && Number.isFinite(next)) onChange(next);
          else field.value = String(value);
        }}
      />
      {after}
    </label>
  );
}
