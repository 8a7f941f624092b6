import * as l10n from '@vscode/l10n';

import type { ComparedRun } from '../../src/protocol/comparePage';
import type { RunLook } from '../kit/runLooks';
import { runColors } from '../kit/theme';
import type { AxisChoice, ChartsLayout, GroupBy } from './chartsLayout';
import type { ChartsState } from './chartsState';
import type { ChartInput } from './chartFigure';
import type { RunStyle } from './chartModel';
import type { AxisSetup } from './chartScene';
import type { CurveChoice } from './curves';
import { latestPoint } from './latestPoint';

type InputRun = ChartInput['runs'][number];

/** Derives from the page's state what each chart is about; what did not change stays the same object. */
export class ChartInputs {
  private readonly before = new Map<string, ChartInput>();
  private readonly styles = new Map<string, RunStyle>();
  private places: ReadonlyMap<string, number> = new Map();
  private placesOf: readonly string[] | undefined;
  private setup: { layout: ChartsLayout; choice: CurveChoice; axes: AxisSetup } | undefined;

  input(
    metric: string,
    state: ChartsState,
    looks: ReadonlyMap<string, RunLook>,
    moves: ChartInput['moves'],
  ): ChartInput {
    const before = this.before.get(metric);
    const { choice, axes } = this.setupOf(state.layout);
    const { axis } = state.layout;
    const found = this.runsWith(metric, state, looks);
    const runs = before && areSame(before.runs, found) ? before.runs : found;
    const input: ChartInput = {
      metric,
      runs,
      choice,
      axes,
      axisMetric: axis.kind === 'metric' ? axis.metric : undefined,
      highlighted: highlightedLine(state, runs),
      locale: document.documentElement.lang || 'en',
      sampledPoints: state.sampledPoints,
      moves,
    };
    const isSame =
      before?.runs === input.runs &&
      before.choice === choice &&
      before.highlighted === input.highlighted &&
      before.moves === moves;
    if (isSame) return before;
    this.before.set(metric, input);
    return input;
  }

  /** The theme's colors are others now. */
  forgetStyles(): void {
    this.styles.clear();
    this.before.clear();
  }

  private setupOf(layout: ChartsLayout): { choice: CurveChoice; axes: AxisSetup } {
    const known = this.setup;
    if (known !== undefined && isSameSetup(known.layout, layout)) return known;
    const { axis, logX, logY, smoothing } = layout;
    const choice = { axis: axis.kind, logX, logY, smoothing };
    const axes = {
      ...axisNames(axis),
      scaleX: logX ? ('log' as const) : ('linear' as const),
      scaleY: logY ? ('log' as const) : ('linear' as const),
    };
    this.setup = { layout, choice, axes };
    return this.setup;
  }

  private runsWith(
    metric: string,
    { runs, kept, layout, metricKeys }: ChartsState,
    looks: ReadonlyMap<string, RunLook>,
  ): InputRun[] {
    const place = this.placeOf(metricKeys, metric);
    const { axis } = layout;
    const other = axis.kind === 'metric' ? this.placeOf(metricKeys, axis.metric) : undefined;
    return runs.flatMap((run): InputRun[] => {
      const latest = place === undefined ? undefined : latestPoint(run.metrics, place);
      if (latest === undefined || kept.hidden.has(run.key)) return [];
      const style = this.styleOf(looks.get(run.key));
      const otherLatest = other === undefined ? undefined : latestPoint(run.metrics, other);
      return [{ run, style, latest, otherLatest, group: groupOf(run, layout.groupBy) }];
    });
  }

  private placeOf(keys: readonly string[], metric: string): number | undefined {
    if (this.placesOf !== keys) {
      this.placesOf = keys;
      this.places = new Map(keys.map((key, place) => [key, place]));
    }
    return this.places.get(metric);
  }

  private styleOf(look: RunLook | undefined): RunStyle {
    const { color = 0, dash = [] } = look ?? {};
    const key = `${color} ${dash.join(' ')}`;
    let style = this.styles.get(key);
    if (style === undefined) {
      style = { color: runColors()[color] ?? 'gray', dash };
      this.styles.set(key, style);
    }
    return style;
  }
}

function isSameSetup(one: ChartsLayout, other: ChartsLayout): boolean {
  return (
    one.axis.kind === other.axis.kind &&
    metricOf(one.axis) === metricOf(other.axis) &&
    one.logX === other.logX &&
    one.logY === other.logY &&
    one.smoothing === other.smoothing
  );
}

function metricOf(axis: AxisChoice): string | undefined {
  return axis.kind === 'metric' ? axis.metric : undefined;
}

/** What the horizontal axis is called, and what its numbers are. */
function axisNames(axis: AxisChoice): Pick<AxisSetup, 'title' | 'unit'> {
  switch (axis.kind) {
    case 'step':
      return { title: l10n.t('Step'), unit: 'number' };
    case 'relative':
      return { title: l10n.t('Relative time'), unit: 'duration' };
    case 'wall':
      return { title: l10n.t('Wall time'), unit: 'time' };
    case 'metric':
      return { title: axis.metric, unit: 'number' };
  }
}

function groupOf(run: ComparedRun, by: GroupBy | undefined): string | undefined {
  if (by === undefined) return undefined;
  const found = (by.kind === 'param' ? run.params : run.tags).find(({ key }) => key === by.key);
  return found === undefined
    ? l10n.t('{0}: none', by.key)
    : `${by.key}: ${found.full ?? found.text}`;
}

/** Which line stands for the highlighted run: its own, or that of its group. */
function highlightedLine(
  { highlighted }: ChartsState,
  runs: readonly InputRun[],
): string | undefined {
  const found = runs.find(({ run }) => run.key === highlighted);
  return found === undefined ? undefined : (found.group ?? found.run.key);
}

function areSame(before: readonly InputRun[], now: readonly InputRun[]): boolean {
  return (
    before.length === now.length &&
    before.every((one, at) => {
      const other = now[at]!;
      return (
        one.run === other.run &&
        one.style === other.style &&
        one.latest === other.latest &&
        one.otherLatest === other.otherLatest &&
        one.group === other.group
      );
    })
  );
}
