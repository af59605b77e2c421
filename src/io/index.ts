/** `equiterra/io`: everything that knows a file format. */
export type { SkippedRow } from './account-rows.js';
export {
  type AccountsCsv,
  type AccountsCsvOptions,
  type CsvPreview,
  parseAccountsCsv,
  previewCsv,
} from './accounts-csv.js';
export type { CsvGuess } from './csv-guess.js';
export { type DocumentBytesOptions, MAX_DOCUMENT_BYTES, readDocumentBytes } from './document-bytes.js';
export { isPlanDocument } from './document-frame.js';
export { parseJson } from './json.js';
export { accountMovesToCsv, unitsToCsv } from './plan-csv.js';
export { type PlanDocument, parsePlanDocument, planFromDocument, planToDocument } from './plan-document.js';
export { levelsFromDocument, type PlanDocumentLevel } from './plan-document-levels.js';
export {
  type ProblemDocument,
  parseProblemDocument,
  problemToDocument,
  stringifyDocument,
} from './problem-document.js';
