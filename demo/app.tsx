import { FailureMessage } from './components/failure-message.js';
import { Figures } from './components/figures.js';
import { MapView } from './map-view.js';
import { BalancePanel } from './panels/balance.js';
import { CsvDialog } from './panels/csv-dialog.js';
import { DataPanel } from './panels/data.js';
import { ResultPanel } from './panels/result.js';
import { RunPanel } from './panels/run.js';
import { SettingsPanel } from './panels/settings.js';

/** Header with the figures, a rail with what one can do, the map, and the table that says the same as the map. */
export function App() {
  return (
    <>
      <header class="top">
        <div class="brand">
          <h1>Equiterra</h1>
          <p>Sales territories, designed in your browser. No account leaves this page.</p>
        </div>
        <Figures />
      </header>
      <main>
        <div class="rail">
          <RunPanel />
          <FailureMessage />
          <ResultPanel />
          <SettingsPanel />
          <DataPanel />
        </div>
        <div class="stage">
          <MapView />
          <BalancePanel />
        </div>
      </main>
      <footer>
        <p>Places © GeoNames, CC BY 4.0, modified. Outlines: US Census via us-atlas; neighbours: Natural Earth.</p>
      </footer>
      <CsvDialog />
    </>
  );
}
