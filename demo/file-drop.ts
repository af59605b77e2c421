import { openFile } from './actions.js';
import { busy } from './store.js';

/** A file dropped anywhere on the page is opened; the browser would leave the page otherwise. */
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file && !busy.value) void openFile(file);
});
