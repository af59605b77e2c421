import { useSignal } from '@preact/signals';
import { type AccountsCsvOptions, type CsvPreview, parseAccountsCsv, previewCsv } from 'equiterra/io';
import { useEffect, useRef } from 'preact/hooks';
import { openAccounts } from '../actions.js';
import { describeFailure } from '../failures.js';
import { plural } from '../format.js';
import { inputOfAccounts } from '../source.js';
import { basemap, failure, pendingCsv } from '../store.js';

/** Columns as a person confirms them; an empty name means none. */
interface Choice {
  readonly id: string;
  readonly lat: string;
  readonly lng: string;
  readonly territory: string;
  readonly measures: readonly string[];
}

/** Asks which column is what before a CSV is opened: guesses, the first rows, and what is wrong with the choice. */
export function CsvDialog() {
  const pending = pendingCsv.value;
  if (!pending) return null;
  return <OpenDialog key={pending.name} name={pending.name} text={pending.text} />;
}

function OpenDialog({ name, text }: { readonly name: string; readonly text: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const preview = useSignal<CsvPreview | null>(null);
  const choice = useSignal<Choice | null>(null);
  const problem = useSignal<string | null>(null);

  useEffect(() => {
    try {
      const read = previewCsv(text);
      const { id, lat, lng, territory, measures } = read.guess;
      preview.value = read;
      choice.value = { id: id ?? '', lat: lat ?? '', lng: lng ?? '', territory: territory ?? '', measures };
      dialog.current?.showModal();
    } catch (error) {
      pendingCsv.value = null;
      failure.value = describeFailure(`${name} could not be read`, error);
    }
  }, [text, name, preview, choice]);

  const close = () => {
    pendingCsv.value = null;
  };
  const open = () => {
    try {
      const parsed = parseAccountsCsv(text, optionsOf(choice.value!));
      const input = inputOfAccounts(name, parsed.columns, basemap.value?.ground ?? null);
      pendingCsv.value = null;
      void openAccounts({ kind: 'csv', title: name, input, skipped: parsed.skipped });
    } catch (error) {
      problem.value = describeFailure('', error).detail;
    }
  };

  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="csv-title">
      <h2 id="csv-title">Which column is what?</h2>
      {preview.value && choice.value && (
        <form
          method="dialog"
          onSubmit={(event) => {
            event.preventDefault();
            open();
          }}
        >
          <p>
            {name}: {plural(preview.value.rowCount, 'row')}. The first ones:
          </p>
          <PreviewTable preview={preview.value} />
          <Columns
            header={preview.value.header}
            choice={choice.value}
            onChange={(next) => {
              choice.value = next;
            }}
          />
          {problem.value && <p role="alert">{problem.value}</p>}
          <div class="buttons">
            <button type="submit" class="primary" disabled={choice.value.lat === '' || choice.value.lng === ''}>
              Open accounts
            </button>
            <button type="button" onClick={close}>
              Cancel
            </button>
          </div>
        </form>
      )}
    </dialog>
  );
}

function optionsOf({ id, lat, lng, territory, measures }: Choice): AccountsCsvOptions {
  return { id: id || null, lat, lng, territory: territory || null, measures };
}

function PreviewTable({ preview }: { readonly preview: CsvPreview }) {
  return (
    <div class="scroll">
      <table class="preview">
        <thead>
          <tr>
            {preview.header.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row, r) => (
            <tr key={`${r}`}>
              {row.map((value, c) => (
                <td key={preview.header[c]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ROLES = [
  ['lat', 'Latitude'],
  ['lng', 'Longitude'],
  ['id', 'Account'],
  ['territory', 'Rep today'],
] as const;

interface ColumnsProps {
  readonly header: readonly string[];
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

function Columns({ header, choice, onChange }: ColumnsProps) {
  return (
    <div class="columns">
      {ROLES.map(([role, label]) => (
        <div class="column" key={role}>
          <label for={`column-${role}`}>{label}</label>
          <select
            id={`column-${role}`}
            value={choice[role]}
            onChange={(event) => onChange({ ...choice, [role]: event.currentTarget.value })}
          >
            <option value="">none</option>
            {header.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ))}
      <fieldset class="measures">
        <legend>Amounts to balance</legend>
        {header.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={choice.measures.includes(name)}
              onChange={(event) => {
                const others = choice.measures.filter((measure) => measure !== name);
                onChange({ ...choice, measures: event.currentTarget.checked ? [...others, name] : others });
              }}
            />
            {name}
          </label>
        ))}
        <p class="note">With none, every account counts 1.</p>
      </fieldset>
    </div>
  );
}
