import { computed, signal } from '@preact/signals';
import { type OptimizeResult, type Overlap, overlapToday, type Problem, type Progress } from 'equiterra';
import type { Basemap } from './sample.js';
import type { Settings, Source } from './source.js';
import type { ViewName } from './views.js';

/** A failure in words: what happened and what a person can do about it. */
export interface Failure {
  readonly title: string;
  readonly detail: string;
  readonly advice: string;
}

/** The page's only mutable state. Everything else follows from it. */
export const basemap = signal<Basemap | null>(null);
export const source = signal<Source | null>(null);
export const settings = signal<Settings | null>(null);
export const problem = signal<Problem | null>(null);
export const result = signal<OptimizeResult | null>(null);
export const progress = signal<Progress | null>(null);
export const preview = signal<Int32Array | null>(null);
export const activity = signal<'idle' | 'loading' | 'preparing' | 'optimising' | 'stopping'>('loading');
export const failure = signal<Failure | null>(null);
/** The view a person chose; the shown one may fall back (`view`). */
export const chosenView = signal<ViewName>('overlap');
/** A file that waits for its columns to be confirmed. */
export const pendingCsv = signal<{ readonly name: string; readonly text: string } | null>(null);
/** Why there is no map; null while there is one. */
export const mapFailure = signal<string | null>(null);

/** Who works where today; null without accounts that have a rep. */
export const overlap = computed<Overlap | null>(() => (problem.value ? overlapToday(problem.value) : null));

export const busy = computed(() => activity.value !== 'idle');

export const availableViews = computed<readonly ViewName[]>(() => {
  const views: ViewName[] = [];
  if (overlap.value) views.push('overlap', 'balance', 'reps');
  if (result.value || preview.value) views.push('plan');
  return views;
});

export const view = computed<ViewName | null>(() => {
  const views = availableViews.value;
  return views.includes(chosenView.value) ? chosenView.value : (views.at(-1) ?? null);
});
