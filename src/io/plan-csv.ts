import type { AccountMove } from '../plan/account-moves.js';
import { checkPlan } from '../plan/plan.js';
import type { Plan, Problem } from '../types.js';

/**
 * CSV of who serves each account today and who shall: `account,from,to`, one row each, blank for none.
 *
 * Text that a spreadsheet would run as a formula (it starts with `=`, `+`, `-`, `@`, a tab or a line end) gets a
 * leading apostrophe, which spreadsheets show as plain text and other readers must strip. RFC 4180 quotes and line ends.
 */
export function accountMovesToCsv(rows: readonly AccountMove[]): string {
  return toCsv(['account', 'from', 'to'], rows.length, (a) => {
    const { account, from, to } = rows[a]!;
    return [textCell(account), textCell(from), textCell(to)];
  });
}

/**
 * CSV of a plan by unit: `unit,from,to`, then one column per measure; `from` is today's territory, blank for none.
 * Text is guarded as in `accountMovesToCsv`, numbers have a decimal point. O(units · measures).
 * @throws {TerritoryError} PLAN_MISMATCH when the plan belongs to another problem.
 */
export function unitsToCsv(problem: Problem, plan: Plan): string {
  checkPlan(problem, plan);
  const { ids, measures, activity, today, todayIds } = problem;
  const n = ids.length;
  return toCsv(['unit', 'from', 'to', ...measures.map(textCell)], n, (u) => [
    textCell(ids[u]!),
    textCell(today === null ? null : (todayIds[today[u]!] ?? null)),
    textCell(plan.territories[plan.assignment[u]!] ?? null),
    ...measures.map((_, m) => String(activity[m * n + u])),
  ]);
}

function toCsv(header: readonly string[], count: number, row: (index: number) => readonly string[]): string {
  const lines = [header.join(',')];
  for (let i = 0; i < count; i++) lines.push(row(i).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

const FORMULA = /^[=+\-@\t\r\n]/;
const SPECIAL = /[",\r\n]|^\s|\s$/;

function textCell(text: string | null): string {
  if (text === null) return '';
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return SPECIAL.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
