import { render } from 'preact';
import { openSample } from './actions.js';
import { App } from './app.js';
import { ErrorBoundary } from './components/error-boundary.js';
import './file-drop.js';

const root = document.getElementById('app')!;
root.replaceChildren();
render(
  <ErrorBoundary>
    <App />
  </ErrorBoundary>,
  root,
);
void openSample();
