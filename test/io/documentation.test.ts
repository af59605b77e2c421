import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePlanDocument, parseProblemDocument, planFromDocument, planToDocument } from '../../src/io/index.js';
import { evaluate } from '../../src/metrics/evaluate.js';
import { prepareProblem } from '../../src/problem/prepare.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/documents.md'), 'utf8');
const examples = (kind: string): string[] =>
  [...page.matchAll(/```json (\w+)\n([\s\S]*?)```/g)].filter(([, name]) => name === kind).map(([, , text]) => text!);

describe('docs/documents.md', () => {
  it('shows problem documents that can be prepared', () => {
    const problems = examples('problem').map((text) => prepareProblem(parseProblemDocument(text)));
    expect(problems.map(({ name }) => name)).toEqual(['Two reps on the coast', 'Two districts']);
    expect(problems[0]!.measures).toEqual(['hours', 'potential']);
    expect(problems[0]!.todayIds).toEqual(['Ann', 'Ben']);
  });

  it('shows a plan document that belongs to its problem', () => {
    const problem = prepareProblem(parseProblemDocument(examples('problem')[1]!));
    const [text] = examples('plan');
    const plan = planFromDocument(parsePlanDocument(text!), problem);
    expect(planToDocument(problem, plan)).toEqual(JSON.parse(text!));
    expect(evaluate(problem, plan).feasible).toBe(true);
  });
});
