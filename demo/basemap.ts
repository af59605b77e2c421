import type { Layer } from '@deck.gl/core';
import { LineLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { Basemap } from './sample.js';

type Ring = [number, number][];

const LAND: [number, number, number] = [26, 30, 37];
const GROUND: [number, number, number] = [34, 39, 47];

/** Land below the units. The layers are built once; deck.gl recognises them by id. */
export function landLayers({ neighbors, ground }: Basemap): Layer[] {
  return [
    area('neighbors', neighbors.coordinates as Ring[][], LAND),
    area('ground', ground.coordinates as Ring[][], GROUND),
  ];
}

function area(id: string, polygons: Ring[][], color: [number, number, number]): Layer {
  return new SolidPolygonLayer<Ring[]>({ id, data: polygons, getPolygon: (rings) => rings, getFillColor: color });
}

/** State lines above the units, as plain segments: joins would cost more than they show at one pixel. */
export function stateLayer({ stateLines }: Basemap): Layer {
  const ends = { sources: [] as number[], targets: [] as number[] };
  for (const line of stateLines) {
    for (let i = 1; i < line.length; i++) {
      ends.sources.push(...line[i - 1]!);
      ends.targets.push(...line[i]!);
    }
  }
  return new LineLayer({
    id: 'state-lines',
    data: {
      length: ends.sources.length / 2,
      attributes: {
        getSourcePosition: { value: Float64Array.from(ends.sources), size: 2 },
        getTargetPosition: { value: Float64Array.from(ends.targets), size: 2 },
      },
    },
    getColor: [255, 255, 255, 38],
    getWidth: 1,
  });
}
