import { TERRITORY_COLORS } from 'equiterra/layers';
import { type BalanceRow, balanceTable } from '../balance-table.js';
import { DeviationBar } from '../components/deviation-bar.js';
import { amount, count, kilometres, percent } from '../format.js';

/** Every territory against its targets: the map's figures as a table, with bars. */
export function BalancePanel() {
  const table = balanceTable.value;
  if (!table) return null;
  const { rows, measures, planned } = table;
  const accounts = rows.some((row) => row.accounts !== null);
  return (
    <section class="panel balance" aria-labelledby="balance-title">
      <h2 id="balance-title">{planned ? 'Balance of the new territories' : 'Balance of today’s reps'}</h2>
      <p class="note">
        Bars start at the target; the grey band is the tolerance.
        {planned && rows.some((row) => row.today !== null) && ' The thin tick is the same rep today.'}
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{planned ? 'Territory' : 'Rep'}</th>
              {measures.map(({ name }) => (
                <th key={name} scope="col" colSpan={3}>
                  {name}
                </th>
              ))}
              {accounts && <th scope="col">Accounts</th>}
              {accounts && <th scope="col">Travel (est.)</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} measures={measures} accounts={accounts} />
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
  readonly accounts: boolean;
}

function Row({ row, measures, accounts }: RowProps) {
  return (
    <tr>
      <th scope="row">
        {row.color !== null && (
          <i class="swatch" style={{ background: `rgb(${TERRITORY_COLORS[row.color]!.join(' ')})` }} />
        )}
        {row.id}
      </th>
      {measures.map(({ reach }, index) => {
        const { load, deviation, today, band } = row.measures[index]!;
        return [
          <td key="load">{amount(load)}</td>,
          <td key="bar" class="bar">
            <DeviationBar deviation={deviation} today={today} band={band} reach={reach} />
          </td>,
          <td key="deviation">{percent(deviation, 1, true)}</td>,
        ];
      })}
      {accounts && <td>{row.accounts === null ? '–' : count(row.accounts)}</td>}
      {accounts && <td>{row.travelKm === null ? '–' : kilometres(row.travelKm)}</td>}
    </tr>
  );
}
