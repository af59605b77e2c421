import { useSignal, useSignalEffect } from '@preact/signals';
import { locateUnit } from 'equiterra/layers';
import { useEffect, useRef } from 'preact/hooks';
import { Legend } from './components/legend.js';
import { ViewSwitch } from './components/view-switch.js';
import { buildLayers } from './layers.js';
import { createMap, hasWebGl2, type TerritoryMapView } from './map.js';
import { shownPlan } from './plan-colors.js';
import { basemap, mapFailure, overlap, preview, problem, result, source, view } from './store.js';
import { describeUnit } from './unit-text.js';

const NO_WEBGL2 = 'This browser has no WebGL 2, so there is no map. The figures and tables below work all the same.';

interface Hover {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
}

/** The map with its switch, legend, tooltip and zoom buttons; a message where it cannot be drawn. */
export function MapView() {
  const container = useRef<HTMLDivElement>(null);
  const map = useSignal<TerritoryMapView | null>(null);
  const hover = useSignal<Hover | null>(null);
  const previewing = useRef(false);

  useEffect(() => {
    if (!hasWebGl2()) {
      mapFailure.value = NO_WEBGL2;
      return;
    }
    const created = createMap(container.current!, (error) => {
      mapFailure.value = `The map could not be drawn (${error.message}). The figures and tables below work all the same.`;
    });
    map.value = created;
    return () => created.destroy();
  }, [map]);

  useSignalEffect(() => {
    // Only another source moves the map: new settings leave the view where it is.
    if (source.value || basemap.value) map.value?.fit(problem.peek());
  });
  useSignalEffect(() => {
    const shown = map.value;
    const scene = {
      basemap: basemap.value,
      problem: problem.value,
      overlap: overlap.value,
      view: view.value,
      final: result.value !== null,
      labelSizePixels: (container.current?.clientWidth ?? 0) < 600 ? 10 : 12,
    };
    if (!shown) return;
    const isPreview = scene.view === 'plan' && !scene.final && preview.value !== null;
    const build = () => buildLayers({ ...scene, shownPlan: scene.view === 'plan' ? shownPlan.peek() : null });
    // The first preview replaces another picture and comes at once; of the next ones, only those the map has time for.
    if (isPreview && previewing.current) shown.showWhenIdle(build);
    else shown.show(build());
    previewing.current = isPreview;
  });

  const point = (event: PointerEvent) => {
    const [current, shown] = [problem.value, map.value];
    if (!current || !shown || event.buttons !== 0) {
      hover.value = null;
      return;
    }
    const { left, top } = container.current!.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const position = shown.locate(x, y);
    const unit = position ? locateUnit(current, position[0], position[1], 8 * shown.degreesPerPixel()) : -1;
    if (unit < 0) {
      hover.value = null;
      return;
    }
    const plan = view.value === 'plan' ? (shownPlan.value?.plan ?? null) : null;
    hover.value = { x, y, lines: describeUnit(current, unit, overlap.value, plan, source.value?.describeAccount) };
  };

  if (mapFailure.value !== null) {
    return (
      <section class="map map-missing" aria-label="Map">
        <p role="alert">{mapFailure.value}</p>
      </section>
    );
  }
  return (
    <section class="map" aria-label="Map">
      <div
        class="map-canvas"
        ref={container}
        onPointerMove={point}
        onPointerLeave={() => {
          hover.value = null;
        }}
      />
      <ViewSwitch />
      <Legend />
      <fieldset class="zoom">
        <legend class="hidden">Zoom</legend>
        <button type="button" aria-label="Zoom in" onClick={() => map.value?.zoomBy(0.75)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => map.value?.zoomBy(-0.75)}>
          −
        </button>
        <button type="button" aria-label="Show everything" onClick={() => map.value?.fit(problem.value)}>
          ⤢
        </button>
      </fieldset>
      {hover.value && <Tooltip {...hover.value} width={container.current?.clientWidth ?? 0} />}
    </section>
  );
}

/** Plain text beside the pointer, on the side with more room. */
function Tooltip({ x, y, lines, width }: Hover & { readonly width: number }) {
  const side = x > width / 2 ? { right: `${width - x + 14}px` } : { left: `${x + 14}px` };
  return (
    <div class="tooltip" style={{ ...side, top: `${y + 14}px` }}>
      {lines.map((line, index) => (
        <p key={`${index}`}>{line}</p>
      ))}
    </div>
  );
}
