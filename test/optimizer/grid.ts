import type { ProblemInput } from '../../src/types.js';

/** `side` × `side` units of equal activity in the plane, four neighbours each. */
export function gridInput(side: number, territories: number): ProblemInput {
  const units = [];
  const edges: [number, number][] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const u = y * side + x;
      units.push({ id: `x${x}y${y}`, x, y, activity: { hours: 1 } });
      if (x + 1 < side) edges.push([u, u + 1]);
      if (y + 1 < side) edges.push([u, u + side]);
    }
  }
  return { name: 'grid', units, edges, territories, balance: { hours: { tolerance: 0.1 } } };
}

/** Accounts scattered by a fixed rule, half of them with today's rep. */
export function accountsInput(count: number, territories: number): ProblemInput {
  const accounts = Array.from({ length: count }, (_, a) => ({
    id: `a${a}`,
    lat: 40 + ((a * 7919) % 1000) / 400,
    lng: -100 + ((a * 104729) % 1000) / 300,
    activity: { hours: 1 + (a % 5) },
    territory: a % 2 ? `T${1 + (a % territories)}` : null,
  }));
  return { name: 'scattered', accounts, resolution: 5, ground: 'hull', territories };
}
