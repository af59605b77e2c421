import { availableViews, chosenView, view } from '../store.js';
import { VIEW_LABELS } from '../views.js';

/** Which picture the map shows. Views of today are hidden when nobody knows who serves whom today. */
export function ViewSwitch() {
  const views = availableViews.value;
  if (views.length < 2) return null;
  return (
    <fieldset class="view-switch">
      <legend class="hidden">Map shows</legend>
      {views.map((name) => (
        <label key={name} class={name === view.value ? 'chosen' : ''}>
          <input
            type="radio"
            name="view"
            value={name}
            checked={name === view.value}
            onChange={() => {
              chosenView.value = name;
            }}
          />
          {VIEW_LABELS[name][0]}
          <span class="wide">{VIEW_LABELS[name][1]}</span>
        </label>
      ))}
    </fieldset>
  );
}
