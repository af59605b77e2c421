/** Numbers as spreadsheets write them: decimal point or comma, thousands in groups, a currency sign. */

export type Decimal = '.' | ',';

const PLAIN: Readonly<Record<Decimal, RegExp>> = {
  '.': /^[+-]?(?:\d{1,3}(?:[,\s'’]\d{3})+|\d*)(?:\.\d*)?(?:e[+-]?\d+)?$/i,
  ',': /^[+-]?(?:\d{1,3}(?:[.\s'’]\d{3})+|\d*)(?:,\d*)?(?:e[+-]?\d+)?$/i,
};
const CURRENCY = /^[$€£¥]\s*|\s*[$€£¥]$/g;
const DEGREES = /^[+-]?\d{1,3}(?:[.,]\d+)?(?:e[+-]?\d+)?$/i;

/** The number in a cell, NaN when there is none. Thousands may be grouped by the other sign, a space or an apostrophe. */
export function parseNumber(text: string, decimal: Decimal): number {
  const plain = text.replace(CURRENCY, '').replace('−', '-');
  if (!/\d/.test(plain) || !PLAIN[decimal].test(plain)) return Number.NaN;
  const grouped = decimal === '.' ? plain.replace(/[,\s'’]/g, '') : plain.replace(/[.\s'’]/g, '').replace(',', '.');
  return Number(grouped);
}

/** Degrees in a cell, NaN when there are none. They have no thousands, so a point and a comma are both the decimal sign. */
export function parseDegrees(text: string): number {
  const plain = text.replace('−', '-').replace(/°$/, '');
  return DEGREES.test(plain) ? Number(plain.replace(',', '.')) : Number.NaN;
}

const POINT = /^[+-]?\d+\.(?:\d{1,2}|\d{4,})$/;
const COMMA = /^[+-]?\d+,(?:\d{1,2}|\d{4,})$/;

/** +1 for a cell that shows a decimal comma, −1 for a decimal point, 0 for one that could be either. */
export function decimalVote(text: string): number {
  return COMMA.test(text) ? 1 : POINT.test(text) ? -1 : 0;
}
