/** Maps of problems and plans in deck.gl. Peers: @deck.gl/core and @deck.gl/layers. */
export { colorTerritories, type TerritoryMap } from './color-territories.js';
export { locateUnit } from './locate-unit.js';
export { type Rgb, TERRITORY_COLORS, UNASSIGNED_COLOR } from './palette.js';
export { type Segments, territoryBorders } from './territory-borders.js';
export { TerritoryLayer, type TerritoryLayerProps } from './territory-layer.js';
export { UnitLayer, type UnitLayerProps } from './unit-layer.js';
