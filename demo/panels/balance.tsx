import { TERRITORY_COLORS } from 'equiterra/layers';
import { type BalanceRow, balanceTable } from '../balance-table.js';
import { DeviationBar } from '../components/deviation-bar.js';
import { amount, count, kilometres, percent } from '../format.js';

/** Every territory against its targets: the map's figures as a table, with bars. */
export function BalancePanel() {
  const table = balanceTable.value;
  if (!table) return null;
  const { rows, measures, planned } = table;
  const today = rows.some((row) => row.measures.some((measure) => measure.today !== null));
  const accounts = rows.some((row) => row.accounts !== null);
  return (
    <section class="panel balance" aria-labelledby="balance-title">
      <h2 id="balance-title">{planned ? 'Balance of the new territories' : 'Balance of today’s reps'}</h2>
      <p class="note">
        Bars start at the target; the grey band is the tolerance.
        {today && ' Small figures: the rep of that name today.'}
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{planned ? 'Territory' : 'Rep'}</th>
              {measures.map(({ name }) => (
                <th key={name} scope="col" colSpan={today ? 4 : 3}>
                  {name}
                </th>
              ))}
              {accounts && <th scope="col">Accounts</th>}
              {accounts && <th scope="col">Travel (est.)</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} measures={measures} today={today} accounts={accounts} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps {
  readonly row: BalanceRow;
  readonly measures: NonNullable<typeof balanceTable.value>['measures'];
  /** Whether a column tells where the rep of the same name stands today. */
  readonly today: boolean;
  readonly accounts: boolean;
}

function Row({ row, measures, today, accounts }: RowProps) {
  return (
    <tr>
      <th scope="row">
        {row.color !== null && (
          <i class="swatch" style={{ background: `rgb(${TERRITORY_COLORS[row.color]!.join(' ')})` }} />
        )}
        {row.id}
      </th>
      {measures.map(({ reach }, index) => {
        const { load, deviation, today: before, band } = row.measures[index]!;
        return [
          <td key="load">{amount(load)}</td>,
          <td key="bar" class="bar">
            <DeviationBar deviation={deviation} band={band} reach={reach} />
          </td>,
          <td key="deviation">{percent(deviation, 1, true)}</td>,
          today && (
            <td key="today" class="before">
              {before === null ? '' : percent(before, 0, true)}
            </td>
          ),
        ];
      })}
      {accounts && <td>{row.accounts === null ? '–' : count(row.accounts)}</td>}
      {accounts && <td>{row.travelKm === null ? '–' : kilometres(row.travelKm)}</td>}
    </tr>
  );
}
