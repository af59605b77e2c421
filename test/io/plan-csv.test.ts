import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { accountMovesToCsv, unitsToCsv } from '../../src/io/index.js';
import { listAccountMoves } from '../../src/plan/account-moves.js';
import { createPlan } from '../../src/plan/plan.js';
import { prepareProblem } from '../../src/problem/prepare.js';

const parse = (csv: string): string[][] =>
  Papa.parse<string[]>(csv, { delimiter: ',', newline: '\r\n', skipEmptyLines: true }).data;

describe('accountMovesToCsv', () => {
  it('writes one line per account, blank for none', () => {
    const csv = accountMovesToCsv([
      { account: 'a', from: 'Ann', to: 'Bob' },
      { account: 'b', from: null, to: null },
    ]);
    expect(csv).toBe('account,from,to\r\na,Ann,Bob\r\nb,,\r\n');
  });

  it('quotes commas, quotes, line ends and outer blanks', () => {
    expect(accountMovesToCsv([{ account: 'a "x", b\nc', from: ' Ann', to: 'Bob;Eve' }])).toBe(
      'account,from,to\r\n"a ""x"", b\nc"," Ann",Bob;Eve\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '=HYPERLINK("http://x","y")'])(
    'guards %j, which a spreadsheet would run',
    (text) => {
      const [, row] = parse(accountMovesToCsv([{ account: text, from: text, to: text }]));
      expect(row).toEqual([`'${text}`, `'${text}`, `'${text}`]);
    },
  );

  it('comes back from any reader as it was, and no cell starts a formula', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('=', '"', ',', '\n', '\r', '-', 'a', ' ', '\t') }),
    );
    const row = fc.record({
      account: text.filter((value) => value !== ''),
      from: fc.option(text),
      to: fc.option(text),
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const [, ...read] = parse(accountMovesToCsv(rows));
        expect(read.every((cells) => cells.every((cell) => !/^[=+\-@\t\r\n]/.test(cell)))).toBe(true);
        const strip = (cell: string): string => (/^'[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell);
        const plain = (value: string | null): string => strip(value ?? '');
        expect(read.map((cells) => cells.map(strip))).toEqual(
          rows.map(({ account, from, to }) => [account, from, to].map(plain)),
        );
      }),
    );
  });

  it('takes the rows of listAccountMoves', () => {
    const problem = prepareProblem({
      accounts: [
        { id: 'a', lat: 45, lng: -70, territory: 'T2' },
        { id: 'b', lat: 45, lng: -60, territory: 'Ann' },
      ],
      resolution: 3,
      territories: 2,
    });
    const u = problem.accountUnit![0]!;
    const plan = createPlan(
      problem,
      problem.ids.map((_, v) => (v === u ? 0 : 1)),
    );
    expect(accountMovesToCsv(listAccountMoves(problem, plan))).toBe('account,from,to\r\na,T2,T1\r\nb,Ann,T2\r\n');
  });
});

describe('unitsToCsv', () => {
  const problem = prepareProblem({
    units: [
      { id: '=a', x: 0, y: 0, activity: { load: 1.5, '-x': 2 }, territory: 'T2' },
      { id: 'b', x: 1, y: 0, activity: { load: 1e21 } },
    ],
    edges: [[0, 1]],
    territories: 2,
    balance: { load: { tolerance: 1 } },
  });

  it('writes units, territories and measures', () => {
    expect(unitsToCsv(problem, createPlan(problem, [0, -1]))).toBe(
      "unit,from,to,load,'-x\r\n'=a,T2,T1,1.5,2\r\nb,,,1e+21,0\r\n",
    );
  });

  it('rejects the plan of another problem', () => {
    const plan = { ...createPlan(problem, [0, 1]), ids: ['x', 'y'] };
    expect(() => unitsToCsv(problem, plan)).toThrow(expect.objectContaining({ code: 'PLAN_MISMATCH' }));
  });
});
