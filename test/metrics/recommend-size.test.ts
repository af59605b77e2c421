import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recommendSize, type SizePoint } from '../../src/metrics/recommend-size.js';

const points = (travel: readonly (number | null)[], rest: Partial<SizePoint>[] = []): SizePoint[] =>
  travel.map((travelKm, i) => ({
    territories: i + 2,
    feasible: true,
    uncovered: null,
    travelKm,
    cost: 100 - i,
    ...rest[i],
  }));

describe('recommendSize', () => {
  it('finds the knee of travel', () => {
    expect(recommendSize(points([100, 40, 35, 32, 30]))).toMatchObject({ territories: 3, basis: 'travelKm' });
    expect(recommendSize(points([100, 80, 30, 28, 26]))).toMatchObject({ territories: 4, basis: 'travelKm' });
  });

  it('leaves out plans that are not feasible', () => {
    const curve = points([100, 40, 35, 32, 30], [{}, { feasible: false }]);
    expect(recommendSize(curve).territories).toBe(4);
  });

  it('finds no knee in a line, in an arch, or in two points', () => {
    for (const travel of [
      [5, 4, 3, 2],
      [5, 5, 5],
      [5, 4.9, 4, 1],
      [5, 1],
    ]) {
      const { territories, message } = recommendSize(points(travel));
      expect(territories).toBeNull();
      expect(message).toContain('no knee');
    }
  });

  it('goes by cost when there are no accounts', () => {
    const { territories, basis } = recommendSize(
      [100, 20, 10, 5].map((cost, i) => ({ ...points([null])[0]!, territories: i + 1, cost })),
    );
    expect([territories, basis]).toEqual([2, 'cost']);
  });

  it('takes the least number that leaves nothing uncovered, and only a feasible one', () => {
    const rest = [{ uncovered: 9 }, { uncovered: 0, feasible: false }, { uncovered: 0 }, { uncovered: 0 }];
    expect(recommendSize(points([9, 8, 7, 6], rest))).toMatchObject({ territories: 4, basis: 'capacity' });
    const short = [{ uncovered: 9 }, { uncovered: 1 }];
    expect(recommendSize(points([9, 8], short))).toMatchObject({ territories: null, basis: 'capacity' });
  });

  it('recommends nothing when no plan is feasible', () => {
    const { territories, message } = recommendSize(
      points([5, 1, 0], [{ feasible: false }, { feasible: false }, { feasible: false }]),
    );
    expect(territories).toBeNull();
    expect(message).toContain('within all bounds');
  });

  it('does not depend on the scale of travel', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 9 }), (travel) => {
        const at = recommendSize(points(travel)).territories;
        expect(recommendSize(points(travel.map((km) => km * 1024))).territories).toBe(at);
      }),
    );
  });
});
