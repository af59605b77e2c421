/** The release kernel as base64, injected by the build and by the test configuration. */
declare module 'virtual:kernel' {
  const base64: string;
  export default base64;
}

/** The built, self-contained `worker.js` as a string, injected by the build. */
declare module 'virtual:worker-source' {
  const source: string;
  export default source;
}
