import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { clearLabels, territoryLabels } from '../../src/layers/territory-labels.js';
import { prepareProblem } from '../../src/problem/prepare.js';
import { problem } from '../arbitraries.js';

const center = latLngToCell(39, -105, 5);

function diskProblem(radius: number, hoursOf: (cell: string) => number = () => 1) {
  return prepareProblem({
    cells: gridDisk(center, radius).map((cell) => ({ cell, activity: { hours: hoursOf(cell) } })),
    territories: 2,
  });
}

describe('territoryLabels', () => {
  it('stands on a unit of its territory, one label for each that has units', () => {
    fc.assert(
      fc.property(
        problem(),
        fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 70, maxLength: 70 }),
        (any, wish) => {
          const assignment = Int32Array.from(any.ids, (_, u) => wish[u % wish.length]!);
          const labels = territoryLabels(any, { assignment, territories: ['a', 'b', 'c', 'd'] });
          if (!any.lngLat) {
            expect(labels).toEqual([]);
            return;
          }
          expect(new Set(labels.map((label) => label.territory))).toEqual(
            new Set([...assignment].filter((t) => t >= 0)),
          );
          for (const { territory, position } of labels) {
            const onUnit = any.ids.some(
              (_, u) =>
                assignment[u] === territory &&
                any.lngLat![2 * u] === position[0] &&
                any.lngLat![2 * u + 1] === position[1],
            );
            expect(onUnit).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stands in the middle of a disk', () => {
    const disk = diskProblem(4);
    const [label] = territoryLabels(disk, { assignment: new Int32Array(disk.ids.length), territories: ['whole'] });
    const u = disk.ids.indexOf(center);
    expect(label!.position).toEqual([disk.lngLat![2 * u], disk.lngLat![2 * u + 1]]);
  });

  it('prefers the part with the work over a larger empty one', () => {
    const far = gridDisk(center, 6).filter((cell) => !gridDisk(center, 5).includes(cell))[0]!;
    const disk = diskProblem(6, (cell) => (cell === far ? 1000 : 0.001));
    const inner = new Set(gridDisk(center, 3));
    const assignment = Int32Array.from(disk.ids, (cell) => (cell === far || inner.has(cell) ? 0 : 1));
    const label = territoryLabels(disk, { assignment, territories: ['a', 'b'] })[0]!;
    const u = disk.ids.indexOf(far);
    expect(label.position).toEqual([disk.lngLat![2 * u], disk.lngLat![2 * u + 1]]);
  });

  it('shortens long names without cutting a character in two', () => {
    const disk = diskProblem(1);
    const [label] = territoryLabels(disk, {
      assignment: new Int32Array(disk.ids.length),
      territories: ['😀'.repeat(40)],
    });
    expect([...label!.text]).toHaveLength(22);
    expect(label!.text.endsWith('😀…')).toBe(true);
  });
});

describe('clearLabels', () => {
  const label = (territory: number, x: number, y: number, units: number) => ({
    territory,
    text: `T${territory}`,
    position: [x, y] as const,
    units,
  });

  it('keeps the larger of two labels that would cover each other', () => {
    const shown = clearLabels([label(0, 0, 0, 5), label(1, 3, 3, 9), label(2, 300, 0, 1)], (position) => position, 12);
    expect(shown.map(({ territory }) => territory)).toEqual([1, 2]);
  });

  it('never shows two that overlap', () => {
    const spot = fc.record({ x: fc.integer({ min: 0, max: 200 }), y: fc.integer({ min: 0, max: 200 }) });
    fc.assert(
      fc.property(fc.array(spot, { minLength: 1, maxLength: 40 }), (spots) => {
        const labels = spots.map(({ x, y }, t) => label(t, x, y, t));
        const shown = clearLabels(labels, (position) => position, 12);
        expect(shown.length).toBeGreaterThan(0);
        for (const a of shown) {
          for (const b of shown) {
            if (a === b) continue;
            const apart = Math.max(
              Math.abs(a.position[0] - b.position[0]) / 12,
              Math.abs(a.position[1] - b.position[1]) / 12,
            );
            expect(apart).toBeGreaterThan(1);
          }
        }
      }),
    );
  });
});
