import { openFile, openSample } from '../actions.js';
import { count, plural } from '../format.js';
import { busy, problem, source } from '../store.js';
import { SkippedRows } from './skipped-rows.js';

/** Where the accounts come from, what of them is real, and how to open one's own. */
export function DataPanel() {
  const current = source.value;
  return (
    <section class="panel" aria-labelledby="data-title">
      <h2 id="data-title">Accounts</h2>
      {current && <p class="source">{current.title}</p>}
      {current?.kind === 'sample' && <SampleNote />}
      {current && current.skipped.length > 0 && <SkippedRows rows={current.skipped} />}
      <GroundNote />
      <div class="buttons">
        <label class={busy.value ? 'file disabled' : 'file'}>
          <input
            type="file"
            accept=".csv,.tsv,.txt,.json,.gz,text/csv,application/json"
            disabled={busy.value}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = '';
              if (file) void openFile(file);
            }}
          />
          Open CSV or problem …
        </label>
        {current && current.kind !== 'sample' && (
          <button type="button" disabled={busy.value} onClick={() => void openSample()}>
            Back to the sample
          </button>
        )}
      </div>
      <p class="note">or drop a file anywhere. It is read here and sent nowhere.</p>
    </section>
  );
}

function SampleNote() {
  return (
    <dl class="provenance">
      <dt>Real</dt>
      <dd>place, coordinates, population (GeoNames); potential is the population, at most 200,000</dd>
      <dt>Made</dt>
      <dd>class, yearly hours, today’s rep (a seeded rule)</dd>
    </dl>
  );
}

/** Links over water and accounts off the ground are shown, never hidden. */
function GroundNote() {
  const current = problem.value;
  if (!current) return null;
  const { links, outside } = current;
  return (
    <>
      {outside !== null && outside.length > 0 && (
        <p class="note">
          {plural(outside.length, 'account lies', 'accounts lie')} outside the ground and is served all the same.
        </p>
      )}
      {links.length > 0 && (
        <details>
          <summary>{plural(links.length, 'link')} join separate parts of the map</summary>
          <ul class="links">
            {links.slice(0, 60).map(([a, b]) => (
              <li key={`${a} ${b}`}>
                {a} – {b}
              </li>
            ))}
          </ul>
          {links.length > 60 && <p class="note">and {count(links.length - 60)} more</p>}
        </details>
      )}
    </>
  );
}
