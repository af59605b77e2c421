/** The release module of `assembly/h3/` as base64, injected by the build and by the test configuration. */
declare module 'virtual:h3' {
  const base64: string;
  export default base64;
}
