/** The levels above the territories, checked to nest: territories in districts, districts in regions. */
import { invalid } from '../errors.js';
import type { Level, Objective, Territory } from '../types.js';
import { dealOut } from './deal-out.js';
import { checkArray, checkKeys, checkObject, checkText } from './input-rules.js';
import { balanceRules, readBalance } from './targets.js';

const LEVEL_KEYS = new Set(['name', 'groups', 'balance']);
const GROUP_KEYS = new Set(['id', 'territories', 'children']);

/** What is known of a level before those with a mere number of groups are dealt out. */
interface Draft extends Omit<Level, 'groups' | 'of' | 'given'> {
  readonly path: string;
  readonly count: number;
  /** null for a number of groups. */
  readonly given: Pick<Level, 'groups' | 'of'> | null;
}

/**
 * Levels with every territory in a group of each, the topmost first. A number of groups is dealt out within the groups
 * of the nearest level above that names its own: as many territories each as can be, in their order, or by place where
 * every territory has a fixed centre.
 *
 * @throws {TerritoryError} INVALID_INPUT with the path, also for levels that do not nest.
 */
export function readLevels(
  value: unknown,
  territories: readonly Territory[],
  totals: ReadonlyMap<string, number>,
  distance: Objective['distance'],
): Level[] {
  if (value === undefined) return [];
  const list = checkArray(value, 'levels');
  const drafts: Draft[] = new Array(list.length);
  const names = new Set<string>();
  // From the bottom, because groups may be made of groups of the level below.
  for (let l = list.length - 1; l >= 0; l--) {
    const path = `levels[${l}]`;
    const level = checkObject(list[l], path);
    checkKeys(level, path, LEVEL_KEYS);
    const name = checkText(level.name, `${path}.name`);
    if (names.has(name)) throw invalid(`${path}.name`, name, 'must be unique');
    names.add(name);
    const counted = typeof level.groups === 'number';
    const given = counted ? null : readGroups(level.groups, `${path}.groups`, territories, drafts[l + 1] ?? null);
    drafts[l] = {
      name,
      path,
      count: given ? given.groups.length : readCount(level.groups, `${path}.groups`),
      given,
      balance: level.balance === undefined ? null : balanceRules(readBalance(level.balance, totals, `${path}.balance`)),
    };
  }
  checkNested(drafts, territories);
  return resolveCounts(drafts, territories, distance);
}

function readCount(value: unknown, path: string): number {
  if (Number.isInteger(value) && (value as number) >= 1) return value as number;
  throw invalid(path, value, 'must be an integer of at least 1 or an array of groups');
}

function readGroups(value: unknown, path: string, territories: readonly Territory[], below: Draft | null) {
  const list = checkArray(value, path);
  if (list.length === 0) throw invalid(path, value, 'must have at least one group');
  const indexOf = new Map(territories.map(({ id }, t) => [id, t]));
  const of = new Int32Array(territories.length).fill(-1);
  const ids = new Set<string>();
  list.forEach((item, g) => {
    const at = `${path}[${g}]`;
    const group = checkObject(item, at);
    checkKeys(group, at, GROUP_KEYS);
    const id = checkText(group.id, `${at}.id`);
    if (ids.has(id)) throw invalid(`${at}.id`, id, 'must be unique within its level');
    ids.add(id);
    if ((group.territories === undefined) === (group.children === undefined)) {
      throw invalid(at, item, 'must have either territories or children');
    }
    const byTerritory = group.territories !== undefined;
    const key = byTerritory ? 'territories' : 'children';
    const members = checkArray(group[key], `${at}.${key}`);
    if (members.length === 0) throw invalid(`${at}.${key}`, members, 'must not be empty');
    members.forEach((member, i) => {
      const place = `${at}.${key}[${i}]`;
      const own = byTerritory ? [indexOf.get(member as string)] : childTerritories(member, below, place);
      for (const t of own) {
        if (t === undefined) throw invalid(place, member, 'must be the id of a territory');
        if (of[t]! >= 0) throw invalid(place, member, `must be in one group only (${[...ids][of[t]!]} has it too)`);
        of[t] = g;
      }
    });
  });
  const left = of.indexOf(-1);
  if (left >= 0) throw invalid(path, value, `must hold every territory (${territories[left]!.id} is in none)`);
  return { groups: [...ids], of };
}

function childTerritories(child: unknown, below: Draft | null, path: string): number[] {
  if (!below?.given) throw invalid(path, child, 'needs a level below that names its groups');
  const g = below.given.groups.indexOf(child as string);
  if (g < 0) throw invalid(path, child, `must be a group of ${below.name}`);
  return [...below.given.of.keys()].filter((t) => below.given!.of[t] === g);
}

/** Every group of a level that names its groups must lie in one group of the next such level above. */
function checkNested(drafts: readonly Draft[], territories: readonly Territory[]): void {
  let above: Draft | null = null;
  for (const draft of drafts) {
    if (!draft.given) continue;
    if (above) {
      const parent = new Map<number, number>();
      draft.given.of.forEach((g, t) => {
        const first = parent.get(g) ?? t;
        parent.set(g, first);
        const [a, b] = [above!.given!.of[first]!, above!.given!.of[t]!];
        if (a === b) return;
        const where = (u: number, p: number) => `${territories[u]!.id} is in ${above!.given!.groups[p]}`;
        throw invalid(
          `${draft.path}.groups[${g}]`,
          draft.given!.groups[g],
          `must lie within one ${above!.name}: ${where(first, a)}, ${where(t, b)}`,
        );
      });
    }
    above = draft;
  }
}

function resolveCounts(
  drafts: readonly Draft[],
  territories: readonly Territory[],
  distance: Objective['distance'],
): Level[] {
  const levels: Level[] = new Array(drafts.length);
  let items: Int32Array = Int32Array.from(territories.keys());
  let count = territories.length;
  let itemName = 'territories';
  for (let l = drafts.length - 1; l >= 0; l--) {
    const { name, path, given, balance } = drafts[l]!;
    const wanted = drafts[l]!.count;
    if (wanted > count) {
      throw invalid(`${path}.groups`, wanted, `must not be more than the ${itemName} there are (${count})`);
    }
    const above = drafts.slice(0, l).findLast((draft) => draft.given !== null);
    if (above && wanted < above.count) {
      throw invalid(`${path}.groups`, wanted, `must be at least the ${above.count} groups of ${above.name}, to nest`);
    }
    levels[l] = {
      name,
      balance,
      given: given !== null,
      ...(given ?? {
        groups: Array.from({ length: wanted }, (_, g) => `${name} ${g + 1}`),
        of: dealOut({ items, count: wanted, within: above?.given?.of ?? null, territories, distance }),
      }),
    };
    items = levels[l]!.of;
    count = wanted;
    itemName = `groups of ${name}`;
  }
  return levels;
}
