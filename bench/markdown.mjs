/** Values as the report writes them. Absent values are a dash. */

const NONE = '–';

export function table(head, rows) {
  const line = (cells) =>
    `| ${cells
      .map((each) =>
        String(each ?? NONE)
          .replaceAll('|', '\\|')
          .replaceAll('\n', ' '),
      )
      .join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Integers with separators, others with two decimals. */
export function cell(value) {
  if (!isNumber(value)) return absent(value);
  return value.toLocaleString('en-US', { maximumFractionDigits: Number.isInteger(value) ? 0 : 2 });
}

export function percent(value, digits = 2) {
  return isNumber(value) ? `${fixed(100 * value, digits)} %` : absent(value);
}

/** With its sign, as deviations are. */
export function signed(value) {
  return isNumber(value) ? `${value < 0 ? '' : '+'}${fixed(100 * value, 1)} %` : absent(value);
}

/** From milliseconds. */
export function seconds(ms) {
  return isNumber(ms) ? `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s` : absent(ms);
}

export function scientific(value, digits = 4) {
  return isNumber(value) ? value.toExponential(digits - 1).replace('e+', 'e') : absent(value);
}

export function decimal(value, digits = 2) {
  return isNumber(value) ? fixed(value, digits) : absent(value);
}

/** Their quotient, or null where either is missing. */
export function ratio(a, b) {
  return isNumber(a) && isNumber(b) ? a / b : null;
}

/** With a true minus, and none before a zero. */
function fixed(value, digits) {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

function absent(value) {
  return value === Infinity ? 'infeasible' : NONE;
}
