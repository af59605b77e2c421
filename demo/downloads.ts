import { listAccountMoves } from 'equiterra';
import { accountMovesToCsv, planToDocument, stringifyDocument, unitsToCsv } from 'equiterra/io';
import { result } from './store.js';

/** Who serves each account today and under the plan; cells instead when there are no accounts. */
export function downloadChanges(): void {
  const found = result.value;
  if (!found) return;
  const { problem, plan } = found;
  const csv = problem.accountIds ? accountMovesToCsv(listAccountMoves(problem, plan)) : unitsToCsv(problem, plan);
  save(`${fileName(problem.name)}-plan.csv`, 'text/csv', csv);
}

export function downloadPlan(): void {
  const found = result.value;
  if (!found) return;
  const text = stringifyDocument(planToDocument(found.problem, found.plan));
  save(`${fileName(found.problem.name)}-plan.json`, 'application/json', text);
}

function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 60) || 'equiterra';
}

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
