import { Deck, type Layer, MapView, WebMercatorViewport } from '@deck.gl/core';
import type { Problem } from 'equiterra';

interface ViewState {
  longitude: number;
  latitude: number;
  zoom: number;
}

export interface TerritoryMapView {
  setLayers(layers: (Layer | null)[]): void;
  fit(problem: Problem | null): void;
  zoomBy(levels: number): void;
  /** Position in degrees below a point of the container in pixels. */
  locate(x: number, y: number): [number, number] | null;
  /** Degrees of longitude that one pixel covers. */
  degreesPerPixel(): number;
  destroy(): void;
}

const PADDING = 24;
const UNITED_STATES: [[number, number], [number, number]] = [
  [-124.8, 24.5],
  [-66.9, 49.4],
];

/** True when this browser can draw the map at all. */
export function hasWebGl2(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}

/** A deck.gl map in the container. It draws only when something changes. */
export function createMap(container: HTMLDivElement, onError: (error: Error) => void): TerritoryMapView {
  let state: ViewState = fitState(container, UNITED_STATES);
  const deck = new Deck({
    parent: container,
    views: new MapView({ id: 'map', repeat: false }),
    viewState: state,
    controller: { dragRotate: false, touchRotate: false, keyboard: { moveSpeed: 60 } },
    layers: [],
    getCursor: ({ isDragging }) => (isDragging ? 'grabbing' : 'default'),
    onViewStateChange: ({ viewState }) => show(viewState as ViewState),
    onError: (error) => onError(error),
  });

  function show(next: ViewState): void {
    state = { ...next, zoom: Math.min(Math.max(next.zoom, 1), 14) };
    deck.setProps({ viewState: { ...state, pitch: 0, bearing: 0 } });
  }

  return {
    setLayers: (layers) => deck.setProps({ layers }),
    fit: (problem) => show(fitState(container, (problem && boundsOf(problem)) ?? UNITED_STATES)),
    zoomBy: (levels) => show({ ...state, zoom: state.zoom + levels }),
    locate(x, y) {
      const viewport = deck.getViewports()[0];
      return viewport ? (viewport.unproject([x, y]) as [number, number]) : null;
    },
    degreesPerPixel: () => 360 / (512 * 2 ** state.zoom),
    destroy: () => deck.finalize(),
  };
}

function boundsOf({ lngLat }: Problem): [[number, number], [number, number]] | null {
  if (!lngLat || lngLat.length === 0) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let i = 0; i < lngLat.length; i += 2) {
    west = Math.min(west, lngLat[i]!);
    east = Math.max(east, lngLat[i]!);
    south = Math.min(south, lngLat[i + 1]!);
    north = Math.max(north, lngLat[i + 1]!);
  }
  return [
    [west, Math.max(south, -85)],
    [Math.max(east, west + 0.01), Math.min(Math.max(north, south + 0.01), 85)],
  ];
}

function fitState(container: HTMLElement, bounds: [[number, number], [number, number]]): ViewState {
  const width = Math.max(container.clientWidth, 4 * PADDING);
  const height = Math.max(container.clientHeight, 4 * PADDING);
  const viewport = new WebMercatorViewport({ width, height, longitude: 0, latitude: 0, zoom: 1 });
  const { longitude, latitude, zoom } = viewport.fitBounds(bounds, { padding: PADDING, maxZoom: 12 });
  return { longitude, latitude, zoom };
}
