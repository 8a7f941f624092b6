import * as l10n from '@vscode/l10n';
import { toOneLine } from '../../src/mlflow/format';
import { textOf } from './column';
import type { ParallelScene } from './parallelScene';
import type { PointScene, ScaledColumn } from './pointScene';
import type { RelatedRun } from './source';
import type { Field, RelationKind, RelationSpec } from './spec';

/** What a chart of relations is made of once it is laid out. */
export type RelationScene = PointScene | ParallelScene;

export function kindText(kind: RelationKind): string {
  return {
    parallel: () => l10n.t('Parallel coordinates'),
    scatter: () => l10n.t('Scatter'),
    contour: () => l10n.t('Contour'),
    box: () => l10n.t('Box plot'),
  }[kind]();
}

/** The name of a field on one line. */
export function nameOf(field: Field): string {
  return toOneLine(field.key, 80);
}

/** The name of a chart, by which it is found. */
export function titleOf(spec: RelationSpec): string {
  if (spec.kind === 'parallel') {
    const names = spec.axes.map(({ field }) => nameOf(field)).join(', ');
    return l10n.t('Parallel coordinates: {0}', names);
  }
  const [x, y] = [nameOf(spec.x.field), nameOf(spec.y.field)];
  switch (spec.kind) {
    case 'scatter':
      return l10n.t('{0} against {1}', y, x);
    case 'contour':
      return l10n.t('{0} over {1} and {2}', nameOf(spec.z.field), x, y);
    case 'box':
      return l10n.t('{0} by {1}', y, x);
  }
}

/** All fields of a chart, each of them once. */
export function columnsOf(scene: RelationScene): readonly ScaledColumn[] {
  return scene.kind === 'parallel' ? scene.axes : [scene.x, scene.y, ...(scene.z ? [scene.z] : [])];
}

/**
 * What is drawn of how many runs, and why the others are not: the parts of a line.
 *
 * @param all how many runs the chart was made of
 * @param there how many there are; more than `all` where they are too many for a chart
 */
export function captionOf(scene: RelationScene, all: number, there = all): readonly string[] {
  const sentences = columnsOf(scene).flatMap(({ column, scale }) => {
    const name = nameOf(column.field);
    return [
      missingText(column.missing, all, name),
      column.odd.size > 0 &&
        l10n.t('In {0} of {1} runs, {2} is NaN or infinite', column.odd.size, all, name),
      scale.notPositive > 0 &&
        l10n.t(
          'In {0} of {1} runs, {2} is not above zero, which a logarithmic axis cannot show',
          scale.notPositive,
          all,
          name,
        ),
    ].filter((sentence) => sentence !== false);
  });
  const bound = there > all ? [l10n.t('Made of the first {0} of {1} runs', all, there)] : [];
  return [drawnText(scene, all), ...bound, ...sentences];
}

function drawnText(scene: RelationScene, all: number): string {
  if (scene.kind === 'points') return l10n.t('{0} of {1} runs', scene.points.length, all);
  return scene.axes.some(({ choice }) => choice.range)
    ? l10n.t(
        '{0} of {1} runs, of which {2} within the ranges',
        scene.lines.length,
        all,
        scene.within.length,
      )
    : l10n.t('{0} of {1} runs', scene.lines.length, all);
}

function missingText(missing: number, all: number, name: string): string | false {
  if (missing === 0) return false;
  return missing === 1
    ? l10n.t('1 of {0} runs has no {1}', all, name)
    : l10n.t('{0} of {1} runs have no {2}', missing, all, name);
}

/** What a run has in each field of a chart: name and value. */
export function detailsOf(
  scene: RelationScene,
  at: number,
): readonly { readonly name: string; readonly text: string }[] {
  return columnsOf(scene).map(({ column }) => ({
    name: nameOf(column.field),
    text: textOf(column, at) || '–',
  }));
}

/** The same as a sentence, beginning with one field if that is meant. */
export function spokenOf(scene: RelationScene, run: RelatedRun, at: number, first = 0): string {
  const details = detailsOf(scene, at).map(({ name, text }) => `${name} ${text}`);
  const order = [...details.slice(first, first + 1), ...details.toSpliced(first, 1)];
  return `${toOneLine(run.name)}: ${order.join(', ')}`;
}
