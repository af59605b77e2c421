/** The outermost layer of a problem document: which keys there are, and which of them may stand together. */
import { invalid } from '../errors.js';
import { checkKeys, checkObject, checkOneOf, checkText } from './input-rules.js';
import { type AdaptiveResolution, readResolution } from './resolution.js';

const KEYS = new Set([
  'name',
  'accounts',
  'cells',
  'units',
  'resolution',
  'adaptive',
  'ground',
  'edges',
  'links',
  'barriers',
  'territories',
  'balance',
  'contiguity',
  'objective',
  'pins',
  'forbid',
  'require',
  'groups',
  'families',
  'named',
  'capacity',
  'limits',
  'mix',
  'candidates',
  'matrix',
  'levels',
]);

const SOURCES = ['accounts', 'cells', 'units'] as const;

/** A problem document whose keys are known and fit together; the values below them are not yet checked. */
export interface CheckedInput {
  readonly name: string;
  readonly source: 'accounts' | 'cells' | 'units';
  readonly rows: unknown;
  /** Null without accounts. */
  readonly resolution: number | AdaptiveResolution | null;
  readonly ground: unknown;
  readonly edges: unknown;
  readonly links: unknown;
  readonly barriers: unknown;
  readonly territories: unknown;
  readonly balance: unknown;
  readonly contiguity: 'required' | 'off';
  readonly objective: unknown;
  readonly pins: unknown;
  readonly forbid: unknown;
  readonly require: unknown;
  readonly groups: unknown;
  readonly candidates: unknown;
  readonly matrix: unknown;
  readonly limits: unknown;
  /** Only with accounts. */
  readonly families: unknown;
  readonly named: unknown;
  readonly capacity: unknown;
  readonly mix: unknown;
  readonly levels: unknown;
}

/** @throws {TerritoryError} INVALID_INPUT */
export function validateInput(value: unknown): CheckedInput {
  const input = checkObject(value, 'input');
  if (input.equiterra !== undefined) {
    throw invalid(
      'equiterra',
      input.equiterra,
      'is for documents: read their text with parseProblemDocument of equiterra/io',
    );
  }
  checkKeys(input, '', KEYS);
  const present = SOURCES.filter((source) => input[source] !== undefined);
  if (present.length === 0) throw invalid('accounts', undefined, 'or cells or units must be given');
  if (present.length > 1) throw invalid(present[1]!, input[present[1]!], `must not stand beside ${present[0]}`);
  const source = present[0]!;
  return {
    name: input.name === undefined ? 'problem' : checkText(input.name, 'name'),
    source,
    rows: input[source],
    resolution: source === 'accounts' ? readResolution(input.resolution, input.adaptive) : noResolution(input, source),
    ground: only(input.ground, 'ground', source !== 'units', 'is for accounts and cells, not for units'),
    edges: only(input.edges, 'edges', source === 'units', `is for units, not for ${source}; use links and barriers`),
    links: input.links,
    barriers: input.barriers,
    territories: input.territories,
    balance: input.balance,
    contiguity:
      input.contiguity === undefined ? 'required' : checkOneOf(input.contiguity, 'contiguity', ['required', 'off']),
    objective: input.objective,
    pins: input.pins,
    forbid: input.forbid,
    require: input.require,
    groups: input.groups,
    candidates: input.candidates,
    matrix: input.matrix,
    limits: input.limits,
    families: only(input.families, 'families', source === 'accounts', `is for accounts, not for ${source}`),
    named: only(input.named, 'named', source === 'accounts', `is for accounts, not for ${source}`),
    capacity: only(input.capacity, 'capacity', source === 'accounts', `is for accounts, not for ${source}`),
    mix: only(input.mix, 'mix', source === 'accounts', `is for accounts, not for ${source}`),
    levels: input.levels,
  };
}

function noResolution(input: Record<string, unknown>, source: CheckedInput['source']): null {
  only(input.resolution, 'resolution', false, `is for accounts, not for ${source}`);
  only(input.adaptive, 'adaptive', false, `is for accounts, not for ${source}`);
  return null;
}

function only(value: unknown, path: string, allowed: boolean, rule: string): unknown {
  if (value !== undefined && !allowed) throw invalid(path, value, rule);
  return value;
}
