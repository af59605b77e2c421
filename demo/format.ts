/** Numbers as people read them, always in the page's language. */
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function count(value: number): string {
  return WHOLE.format(value);
}

/** A share or deviation as a percentage with a true minus sign. */
export function percent(value: number, digits = 1, signed = false): string {
  const text = Math.abs(100 * value).toFixed(digits);
  const zero = Number(text) === 0;
  return `${zero ? '' : value < 0 ? '−' : signed ? '+' : ''}${text} %`;
}

/** Millions are shortened: an estimate has no digits behind the third. */
export function kilometres(value: number): string {
  if (value >= 999_500) return `${(value / 1e6).toFixed(2)} M km`;
  return `${WHOLE.format(value)} km`;
}

/** An amount of a measure: whole numbers when large, one digit when small. */
export function amount(value: number): string {
  return Math.abs(value) >= 100 ? WHOLE.format(value) : value.toFixed(1);
}

/** `1 rep`, `2 reps`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
