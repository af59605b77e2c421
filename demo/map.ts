import { Deck, type Layer, MapView, WebMercatorViewport } from '@deck.gl/core';
import type { Problem } from 'equiterra';
import { createIdleQueue } from './idle-queue.js';

interface ViewState {
  longitude: number;
  latitude: number;
  zoom: number;
}

export interface TerritoryMapView {
  /** Shows layers at once. */
  show(layers: (Layer | null)[]): void;
  /** Shows the layers that `build` gives when the map has had time to rest; of several calls only the last counts. */
  showWhenIdle(build: () => (Layer | null)[]): void;
  fit(problem: Problem | null): void;
  zoomBy(levels: number): void;
  /** Position in degrees below a point of the container in pixels. */
  locate(x: number, y: number): [number, number] | null;
  /** Degrees of longitude that one pixel covers. */
  degreesPerPixel(): number;
  destroy(): void;
}

const PADDING = { top: 58, bottom: 24, left: 20, right: 20 };
const LEAST_SIZE = 120;
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
  const idle = createIdleQueue();
  let state: ViewState = fitState(container, UNITED_STATES);
  const deck = new Deck({
    parent: container,
    views: new MapView({ id: 'map', repeat: false }),
    viewState: state,
    controller: { dragRotate: false, touchRotate: false, keyboard: { moveSpeed: 60 } },
    layers: [],
    getCursor: ({ isDragging }) => (isDragging ? 'grabbing' : 'default'),
    onViewStateChange: ({ viewState }) => move(viewState as ViewState),
    onError: (error) => onError(error),
    onAfterRender: ({ gl }) => idle.drawing(gl as WebGL2RenderingContext),
  });

  function move(next: ViewState): void {
    state = { ...next, zoom: Math.min(Math.max(next.zoom, 1), 14) };
    deck.setProps({ viewState: { ...state, pitch: 0, bearing: 0 } });
  }

  return {
    show(layers) {
      idle.cancel();
      deck.setProps({ layers });
    },
    showWhenIdle(build) {
      idle.run(() => deck.setProps({ layers: build() }));
    },
    fit: (problem) => move(fitState(container, (problem && boundsOf(problem)) ?? UNITED_STATES)),
    zoomBy: (levels) => move({ ...state, zoom: state.zoom + levels }),
    locate(x, y) {
      const viewport = deck.getViewports()[0];
      return viewport ? (viewport.unproject([x, y]) as [number, number]) : null;
    },
    degreesPerPixel: () => 360 / (512 * 2 ** state.zoom),
    destroy() {
      idle.cancel();
      deck.finalize();
    },
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
  const width = Math.max(container.clientWidth, LEAST_SIZE);
  const height = Math.max(container.clientHeight, LEAST_SIZE);
  const viewport = new WebMercatorViewport({ width, height, longitude: 0, latitude: 0, zoom: 1 });
  const { longitude, latitude, zoom } = viewport.fitBounds(bounds, { padding: PADDING, maxZoom: 12 });
  return { longitude, latitude, zoom };
}
