/** Names that everything else is told by. Types only. */

/** H3 cell index as lower-case hexadecimal, e.g. `'852830d3fffffff'`. */
export type CellId = string;
/** Id of a unit: a cell id, or the caller's own id for general units. */
export type UnitId = string;
export type TerritoryId = string;
/** Name of an activity measure, e.g. `'hours'`. */
export type MeasureName = string;
