import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { ComparedRun } from '../../src/protocol/comparePage';
import { icon, lineSwatch } from '../kit/icons';
import type { RunLook } from '../kit/runLooks';
import type { GridCell, GridModel } from '../kit/virtualGrid';

/** What all tables have in common. */
export interface TableFrame {
  readonly label: string;
  /** The columns. */
  readonly runs: readonly ComparedRun[];
  readonly looks: ReadonlyMap<string, RunLook>;
  readonly baseline: ComparedRun | undefined;
  readonly highlighted: string | undefined;
  /** What there is room for, in pixels. */
  readonly width: number;
  hintOfRun(run: ComparedRun | undefined): string;
  openRunMenu(run: ComparedRun | undefined, anchor: HTMLElement): void;
  copy(text: string): void;
  point(run: ComparedRun | undefined): void;
}

/** In pixels. */
interface ColumnWidths {
  readonly firstWidth: number;
  readonly least: number;
  readonly most: number;
}

/** The part of a grid that is the same for every table: one column for each run. */
export function runColumns(
  frame: TableFrame,
  { firstWidth, least, most }: ColumnWidths,
): Pick<
  GridModel,
  'label' | 'columns' | 'firstWidth' | 'columnWidth' | 'corner' | 'columnHeader' | 'point'
> {
  const { runs, width } = frame;
  // The last pixels are left to a scroll bar, which else would bring a second one.
  const room = (width - firstWidth - 14) / Math.max(1, runs.length);
  return {
    label: frame.label,
    columns: runs.length,
    firstWidth,
    columnWidth: Math.floor(Math.max(least, Math.min(most, room))),
    corner: l10n.t('Key'),
    columnHeader: (column) => headerOf(frame, runs[column]),
    point: (column) => frame.point(column === undefined ? undefined : runs[column]),
  };
}

function headerOf(frame: TableFrame, run: ComparedRun | undefined): GridCell {
  if (run === undefined) return { content: nothing };
  const look = frame.looks.get(run.key);
  const isBaseline = run.key === frame.baseline?.key;
  return {
    content: html`${lineSwatch(look?.color ?? 0, look?.dash ?? [])}<span class="run-name"
        >${run.name}</span
      >${
        isBaseline
          ? html`${icon('flag')}<span class="visually-hidden">${l10n.t('Baseline')}</span>`
          : nothing
      }`,
    className: run.key === frame.highlighted ? 'is-highlighted' : '',
  };
}
