import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { ComparedRun } from '../../src/protocol/comparePage';
import { hintText, oneLine } from '../kit/oneLine';
import type { GridCell, GridModel } from '../kit/virtualGrid';
import { runColumns } from './runColumns';
import type { TableFrame } from './runColumns';
import type { ShownRows } from './tableRows';
import { fullText } from './textRows';
import { changeOf } from './textChange';
import type { Change } from './textChange';
import type { TextRows } from './textRows';

const longestInCell = 200;

/**
 * Runs as columns, keys as rows, of texts.
 *
 * @param marksChanges says in each cell how it is another than the baseline's
 */
export function textModel(
  frame: TableFrame,
  table: TextRows,
  shown: ShownRows,
  marksChanges = false,
): GridModel {
  const { runs } = frame;
  const baseline = runs.findIndex(({ key }) => key === frame.baseline?.key);
  const rowAt = (row: number): number => shown.rows[row] ?? -1;
  const keyAt = (row: number): string => table.keys[rowAt(row)] ?? '';
  const changeAt = (row: number, column: number): Change | undefined =>
    changeOf(table, row, column, baseline, runs);
  return {
    ...runColumns(frame, { firstWidth: 200, least: 130, most: 320 }),
    rows: shown.rows.length,
    rowKey: keyAt,
    rowHeader: (row) => ({ content: keyAt(row) }),
    cell: (row, column) => {
      const cell = table.textAt(rowAt(row), column);
      const isSame =
        baseline >= 0 &&
        baseline !== column &&
        fullText(cell) === fullText(table.textAt(rowAt(row), baseline));
      const drawn = textCell(cell?.text, runs[column], isSame);
      return marksChanges ? withChange(drawn, changeAt(rowAt(row), column)) : drawn;
    },
    hint: (row, column) => {
      if (column < 0) return row < 0 ? '' : hintText(keyAt(row));
      if (row < 0) return frame.hintOfRun(runs[column]);
      const text = fullText(table.textAt(rowAt(row), column));
      const change = marksChanges ? changeAt(rowAt(row), column) : undefined;
      return hintText([text ?? missingText(runs[column]), change?.text ?? ''].join('\n').trim());
    },
    activate: (row, column, element) => {
      if (row < 0 && column >= 0) frame.openRunMenu(runs[column], element);
    },
    copy: (row, column) => {
      const text = row < 0 ? runs[column]?.name : undefined;
      const ofCell = fullText(table.textAt(rowAt(row), column));
      frame.copy(text ?? (column < 0 ? keyAt(row) : (ofCell ?? '')));
    },
  };
}

function textCell(
  text: string | undefined,
  run: ComparedRun | undefined,
  isSame: boolean,
): GridCell {
  if (text === undefined) return absentCell(run);
  if (text === '') return { content: l10n.t('empty'), className: 'is-empty' };
  return { content: oneLine(text, longestInCell), className: isSame ? 'is-same' : '' };
}

function withChange(cell: GridCell, change: Change | undefined): GridCell {
  if (change === undefined) return cell;
  return {
    // A blank, or a line break, would be shown as it is.
    content: [
      html`<span class="change" role="img" aria-label=${change.text}>${change.sign}</span>`,
      cell.content,
    ],
    className: `${cell.className ?? ''} is-${change.kind}`,
  };
}

/** Nothing is there: not logged, or not read yet. */
export function absentCell(run: ComparedRun | undefined): GridCell {
  const isUnread = run !== undefined && run.standing !== 'ready' && !hasNoRun(run);
  return {
    content: isUnread
      ? html`<span aria-label=${missingText(run)} role="img">…</span>`
      : html`<span aria-label=${missingText(run)} role="img">—</span>`,
    className: 'is-missing',
  };
}

/** Whether it is known that there is no run, as for a version that was registered without one. */
function hasNoRun({ standing, runId }: ComparedRun): boolean {
  return standing === 'gone' && runId === '';
}

export function missingText(run: ComparedRun | undefined): string {
  if (run?.standing === 'loading') return l10n.t('Not read yet');
  if (run !== undefined && hasNoRun(run)) return l10n.t('No source run');
  return run?.standing === 'ready' ? l10n.t('Not logged') : l10n.t('Could not be read');
}
