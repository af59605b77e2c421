/** Version of the package; the page and its workers must agree on it. */
export const VERSION = '0.1.0';
