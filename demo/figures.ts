import { computed } from '@preact/signals';
import { percent } from './format.js';
import { overlap, problem, result } from './store.js';

export interface Figure {
  readonly label: string;
  /** What exactly is counted. */
  readonly note: string;
  readonly unit: 'share' | 'deviation' | 'km' | 'count';
  readonly today: number | null;
  /** Under the plan; null before there is one. */
  readonly after: number | null;
}

/** Before and after in a few numbers. Figures of today are left out when nobody knows who serves whom. */
export const figures = computed<Figure[]>(() => {
  const current = problem.value;
  if (!current) return [];
  const evaluation = result.value?.evaluation ?? null;
  const today = overlap.value;
  const measure = current.objective.weight ?? current.measures[0]!;
  const shown: Figure[] = [];
  if (today) {
    shown.push({
      label: 'Overlap',
      note: 'Share of the cells with accounts that two or more reps work',
      unit: 'share',
      today: today.unitShare,
      after: evaluation && 0,
    });
  }
  shown.push({
    label: `Worst ${measure} deviation`,
    note: `Largest deviation of a territory’s ${measure} from its target`,
    unit: 'deviation',
    today: today && largest(today.reps.map((rep) => rep.deviation[measure] ?? 0)),
    after: evaluation?.balance.find((entry) => entry.measure === measure)?.maxDeviation ?? null,
  });
  if (current.accountIds) {
    shown.push({
      label: 'Travel (estimate)',
      note: 'Estimated road kilometres of one visit to each account',
      unit: 'km',
      today: today?.reps.reduce((sum, rep) => sum + rep.travelKm, 0) ?? null,
      after: evaluation?.travelKm ?? null,
    });
  }
  const disruption = evaluation?.disruption;
  if (disruption && current.accountIds) {
    const label = `Change hands (${percent(disruption.accountShare, 0)})`;
    const note = 'Accounts whose rep is another one than today';
    shown.push({ label, note, unit: 'count', today: null, after: disruption.accounts });
  } else {
    const [label, size] = current.accountIds ? ['Accounts', current.accountIds.length] : ['Units', current.ids.length];
    shown.push({ label, note: `${label} on the map`, unit: 'count', today: size, after: null });
  }
  return shown;
});

function largest(deviations: readonly number[]): number {
  return deviations.reduce((worst, deviation) => (Math.abs(deviation) > Math.abs(worst) ? deviation : worst), 0);
}
