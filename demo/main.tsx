import { render } from 'preact';
import { openSample } from './actions.js';
import { App } from './app.js';
import { ErrorBoundary } from './components/error-boundary.js';
import { describeFailure } from './failures.js';
import './file-drop.js';
import { failure } from './store.js';

const root = document.getElementById('app')!;
root.replaceChildren();
render(
  <ErrorBoundary>
    <App />
  </ErrorBoundary>,
  root,
);
addEventListener('unhandledrejection', ({ reason }) => {
  failure.value = describeFailure('Something went wrong', reason);
});
void openSample();
