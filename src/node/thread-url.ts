/** The file of the thread, which the build puts beside `node.js`. */
export const THREAD_URL = new URL('./node-worker.js', import.meta.url);
