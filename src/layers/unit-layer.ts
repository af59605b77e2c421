import { CompositeLayer, type DefaultProps, type Layer, type LayerProps, type UpdateParameters } from '@deck.gl/core';
import { ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { Problem } from '../types.js';
import { type CellGeometry, cellGeometry } from './cell-geometry.js';

interface UnitProps {
  problem: Problem;
  /** Red, green, blue, alpha per unit, length 4n. A new array repaints; the geometry stays on the GPU. */
  colors: Uint8Array;
  /** Radius of the dot that stands for a unit without an outline. @default 4 */
  dotRadiusPixels?: number;
}

export type UnitLayerProps = UnitProps & LayerProps;

/** Cells as one binary polygon layer; general units with positions as dots; units without positions draw nothing. */
export class UnitLayer extends CompositeLayer<Required<UnitProps>> {
  static override layerName = 'UnitLayer';
  static override defaultProps: DefaultProps<UnitLayerProps> = {
    problem: { type: 'object', value: null as unknown as Problem },
    colors: { type: 'object', value: new Uint8Array(0) },
    dotRadiusPixels: { type: 'number', min: 0, value: 4 },
  };

  declare state: { paint: number };

  override initializeState(): void {
    this.setState({ paint: 0 });
  }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    if (props.colors !== oldProps.colors) this.setState({ paint: this.state.paint + 1 });
  }

  override renderLayers(): Layer | null {
    const { problem, colors, dotRadiusPixels } = this.props;
    const updateTriggers = { getFillColor: this.state.paint };
    const getFillColor = (_: unknown, { index, target }: { index: number; target: number[] }) => {
      for (let channel = 0; channel < 4; channel++) target[channel] = colors[4 * index + channel]!;
      return target as [number, number, number, number];
    };
    const geometry = cellGeometry(problem);
    if (geometry) {
      return new SolidPolygonLayer(this.getSubLayerProps({ id: 'cells', updateTriggers }), {
        data: polygonData(problem, geometry),
        positionFormat: 'XY' as const,
        _normalize: false,
        getFillColor,
      });
    }
    if (!problem.lngLat) return null;
    return new ScatterplotLayer(this.getSubLayerProps({ id: 'dots', updateTriggers }), {
      data: dotData(problem, problem.lngLat),
      radiusUnits: 'pixels' as const,
      getRadius: dotRadiusPixels,
      getFillColor,
    });
  }
}

const cache = new WeakMap<Problem, { length: number }>();

/** deck.gl compares data by identity, so each problem keeps one object. */
function polygonData(problem: Problem, geometry: CellGeometry) {
  let data = cache.get(problem);
  if (!data) {
    const { starts, positions, triangles } = geometry;
    const startIndices = starts.subarray(0, starts.length - 1);
    const vertexValid = new Uint16Array(positions.length / 2).fill(1);
    for (let u = 1; u < starts.length; u++) vertexValid[starts[u]! - 1] = 0;
    const attributes = {
      getPolygon: { value: positions, size: 2 },
      indices: { value: triangles, size: 1 },
      instanceVertexValid: { value: vertexValid, size: 1 },
    };
    cache.set(problem, (data = { length: starts.length - 1, startIndices, attributes } as { length: number }));
  }
  return data;
}

function dotData(problem: Problem, lngLat: Float64Array) {
  let data = cache.get(problem);
  if (!data) {
    const attributes = { getPosition: { value: lngLat, size: 2 } };
    cache.set(problem, (data = { length: lngLat.length / 2, attributes } as { length: number }));
  }
  return data;
}
