import * as l10n from '@vscode/l10n';
import type { MenuItem } from '../kit/menu';
import { toOneLine } from '../../src/mlflow/format';
import { textOf } from './column';
import type { ParallelScene } from './parallelScene';
import { moved } from './parallelScene';
import type { RelatedRun } from './source';
import type { ParallelAxis, ParallelSpec } from './spec';

/** The run that ranges are measured by. */
export interface MarkedRun {
  readonly run: RelatedRun;
  /** Its place among the runs that are drawn. */
  readonly at: number;
}

/** What can be done with an axis of parallel coordinates; ranges go by the value of the marked run. */
export function axisMenu(
  spec: ParallelSpec,
  scene: ParallelScene,
  at: number,
  marked: MarkedRun | undefined,
  change: (spec: ParallelSpec) => void,
): readonly MenuItem[] {
  const axis = scene.axes[at];
  if (!axis) return [];
  const replace = (choice: Partial<ParallelAxis>): void =>
    change({ ...spec, axes: spec.axes.with(at, { ...axis.choice, ...choice }) });
  const moveBy = (by: number): MenuItem => ({
    label: by < 0 ? l10n.t('Move left') : l10n.t('Move right'),
    isDisabled: spec.axes[at + by] === undefined,
    run: () => change({ ...spec, axes: moved(spec.axes, at, at + by) }),
  });
  const isLog = axis.scale.kind === 'log';
  return [
    moveBy(-1),
    moveBy(1),
    {
      label: l10n.t('Logarithmic'),
      isChecked: isLog,
      isDisabled: axis.scale.kind === 'labels',
      run: () => replace({ division: isLog ? 'linear' : 'log' }),
    },
    'separator',
    ...rangeEntries(scene, at, marked, (range) => replace({ range })),
    {
      label: l10n.t('All values'),
      isDisabled: !axis.choice.range,
      run: () => replace({ range: undefined }),
    },
    'separator',
    {
      label: l10n.t('Remove axis'),
      isDisabled: spec.axes.length <= 2,
      run: () => change({ ...spec, axes: spec.axes.toSpliced(at, 1) }),
    },
  ];
}

function rangeEntries(
  { axes }: ParallelScene,
  at: number,
  marked: MarkedRun | undefined,
  setRange: (range: { from: number; to: number }) => void,
): readonly MenuItem[] {
  const axis = axes[at];
  const value = marked && axis?.column.values[marked.at];
  if (!marked || !axis || value === undefined || Number.isNaN(value)) return [];
  const text = `${textOf(axis.column, marked.at)} (${toOneLine(marked.run.name, 40)})`;
  const { from, to } = axis.choice.range ?? { from: -Number.MAX_VALUE, to: Number.MAX_VALUE };
  return [
    {
      label: l10n.t('Only from {0} up', text),
      run: () => setRange({ from: value, to: Math.max(to, value) }),
    },
    {
      label: l10n.t('Only up to {0}', text),
      run: () => setRange({ from: Math.min(from, value), to: value }),
    },
  ];
}
