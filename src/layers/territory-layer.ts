import {
  CompositeLayer,
  type DefaultProps,
  type LayerProps,
  type LayersList,
  type UpdateParameters,
} from '@deck.gl/core';
import { LineLayer, TextLayer } from '@deck.gl/layers';
import type { Problem } from '../types.js';
import { colorTerritories, type TerritoryMap } from './color-territories.js';
import { type Rgb, TERRITORY_COLORS, UNASSIGNED_COLOR } from './palette.js';
import { type Segments, territoryBorders } from './territory-borders.js';
import { clearLabels, type TerritoryLabel, territoryLabels } from './territory-labels.js';
import { UnitLayer } from './unit-layer.js';

interface TerritoryProps {
  problem: Problem;
  plan: TerritoryMap;
  /** Index into `TERRITORY_COLORS` per territory. @default `colorTerritories`, stable from plan to plan */
  colors?: Uint8Array | null;
  /** 0 … 255. @default 200 */
  fillAlpha?: number;
  /** Alpha of units without a territory, 0 … 255. @default 90 */
  unassignedAlpha?: number;
  /** @default true */
  borders?: boolean;
  /** @default [20, 23, 28] */
  borderColor?: Rgb;
  /** @default 1.5 */
  borderWidthPixels?: number;
  /** @default true */
  labels?: boolean;
  /** @default 12 */
  labelSizePixels?: number;
}

export type TerritoryLayerProps = TerritoryProps & LayerProps;

type TerritoryState = {
  colors: Uint8Array | null;
  fill: Uint8Array;
  borders: ReturnType<typeof lineData> | null;
  labels: TerritoryLabel[];
  shownLabels: TerritoryLabel[];
  zoomStep: number;
};

/** Labels are chosen anew when the zoom has changed by a sixth of a level; panning does not make them overlap. */
const ZOOM_STEPS = 6;

/** A plan as filled units, one set of border lines between territories, and labels that never cover each other. */
export class TerritoryLayer extends CompositeLayer<Required<TerritoryProps>> {
  static override layerName = 'TerritoryLayer';
  static override defaultProps: DefaultProps<TerritoryLayerProps> = {
    problem: { type: 'object', value: null as unknown as Problem },
    plan: { type: 'object', value: null as unknown as TerritoryMap },
    colors: { type: 'object', value: null, optional: true },
    fillAlpha: { type: 'number', min: 0, max: 255, value: 200 },
    unassignedAlpha: { type: 'number', min: 0, max: 255, value: 90 },
    borders: true,
    borderColor: { type: 'object', value: [20, 23, 28] },
    borderWidthPixels: { type: 'number', min: 0, value: 1.5 },
    labels: true,
    labelSizePixels: { type: 'number', min: 1, value: 12 },
  };

  declare state: TerritoryState;

  override initializeState(): void {
    this.setState({
      colors: null,
      fill: new Uint8Array(0),
      borders: null,
      labels: [],
      shownLabels: [],
      zoomStep: Number.NaN,
    });
  }

  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return Boolean(changeFlags.somethingChanged);
  }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    const { problem, plan } = props;
    const planChanged = problem !== oldProps.problem || plan !== oldProps.plan;
    if (
      planChanged ||
      props.colors !== oldProps.colors ||
      props.fillAlpha !== oldProps.fillAlpha ||
      props.unassignedAlpha !== oldProps.unassignedAlpha
    ) {
      const colors = props.colors ?? colorTerritories(problem, plan, this.state.colors);
      this.setState({ colors, fill: fillColors(plan.assignment, colors, props) });
    }
    if (planChanged || props.borders !== oldProps.borders) {
      this.setState({ borders: props.borders ? lineData(territoryBorders(problem, plan.assignment)) : null });
    }
    const labelsChanged = planChanged || props.labels !== oldProps.labels;
    if (labelsChanged) this.setState({ labels: props.labels ? territoryLabels(problem, plan) : [] });
    const { viewport } = this.context;
    const zoomStep = Math.round(viewport.zoom * ZOOM_STEPS);
    if (labelsChanged || zoomStep !== this.state.zoomStep) {
      const project = (position: readonly [number, number]) => viewport.project([...position]);
      this.setState({ zoomStep, shownLabels: clearLabels(this.state.labels, project, props.labelSizePixels) });
    }
  }

  override renderLayers(): LayersList {
    const { problem, borderColor, borderWidthPixels, labelSizePixels } = this.props;
    const { fill, borders, shownLabels } = this.state;
    return [
      new UnitLayer(this.getSubLayerProps({ id: 'fill' }), { problem, colors: fill }),
      borders &&
        new LineLayer(this.getSubLayerProps({ id: 'borders' }), {
          data: borders,
          pickable: false,
          getColor: [...borderColor, 255],
          getWidth: borderWidthPixels,
          widthUnits: 'pixels' as const,
        }),
      shownLabels.length > 0 &&
        new TextLayer<TerritoryLabel>(this.getSubLayerProps({ id: 'labels' }), {
          data: shownLabels,
          pickable: false,
          characterSet: 'auto',
          fontFamily: 'system-ui, "Helvetica Neue", Arial, sans-serif',
          fontWeight: 600,
          fontSettings: { sdf: true, fontSize: 48, buffer: 6, radius: 12 },
          outlineWidth: 3,
          outlineColor: [20, 23, 28, 255],
          getText: (label: TerritoryLabel) => label.text,
          getPosition: (label: TerritoryLabel) => [label.position[0], label.position[1]],
          getColor: [245, 246, 248, 255],
          getSize: labelSizePixels,
          sizeUnits: 'pixels' as const,
        }),
    ];
  }
}

/** RGBA per unit for `UnitLayer`. */
function fillColors(
  assignment: Int32Array,
  colors: Uint8Array,
  { fillAlpha, unassignedAlpha }: Required<TerritoryProps>,
): Uint8Array {
  const fill = new Uint8Array(4 * assignment.length);
  for (let u = 0; u < assignment.length; u++) {
    const t = assignment[u]!;
    const color = t < 0 ? UNASSIGNED_COLOR : TERRITORY_COLORS[colors[t]!]!;
    fill.set(color, 4 * u);
    fill[4 * u + 3] = t < 0 ? unassignedAlpha : fillAlpha;
  }
  return fill;
}

function lineData({ length, sources, targets }: Segments) {
  return {
    length,
    attributes: { getSourcePosition: { value: sources, size: 2 }, getTargetPosition: { value: targets, size: 2 } },
  };
}
