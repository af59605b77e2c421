import type { SkippedRow } from 'equiterra/io';
import { count, plural } from '../format.js';

const SHOWN_ROWS = 100;

/** Rows of a file that gave no account, with their lines and reasons. */
export function SkippedRows({ rows }: { readonly rows: readonly SkippedRow[] }) {
  return (
    <details class="skipped" open={rows.length <= 5}>
      <summary>{plural(rows.length, 'row')} left out</summary>
      <ul>
        {rows.slice(0, SHOWN_ROWS).map(({ line, column, value, reason }) => (
          <li key={line}>
            Line {line}: {column === null ? reason : `${column} “${value}” ${reason}`}
          </li>
        ))}
      </ul>
      {rows.length > SHOWN_ROWS && <p class="note">and {count(rows.length - SHOWN_ROWS)} more</p>}
    </details>
  );
}
