import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { toOneLine } from '../../../src/mlflow/format';
import type { RunRow } from '../../../src/protocol/runsPage';
import { icon } from '../../kit/icons';
import { runColorCount } from '../../kit/runLooks';
import { statusIcon, statusText } from '../../kit/statusIcon';
import { styled } from '../../kit/styled';
import type { WideRow } from '../../kit/wideGrid/wideGridModel';

/** What the first cell of a row shows beside the run. */
export interface NameLooks {
  readonly fold: WideRow['fold'];
  /** From 1. */
  readonly level: number;
  readonly isPinned: boolean;
  readonly isBaseline: boolean;
  readonly isHidden: boolean;
}

const indent = 14;
/** So few letters are not clipped, which costs the browser for each name. */
const shortName = 14;

function foldMark(fold: WideRow['fold']): TemplateResult {
  return html`<span class="wide-fold"
    >${fold === undefined ? nothing : icon(fold === 'expanded' ? 'chevronDown' : 'chevronRight')}</span
  >`;
}

/** The first cell of a run: its place in its family, its color, status and name. */
export function runNameCell(run: RunRow, looks: NameLooks): TemplateResult {
  const { fold, level, isPinned, isBaseline, isHidden } = looks;
  const color = ((Math.trunc(run.color) % runColorCount) + runColorCount) % runColorCount || 0;
  return html`<span
    class="name-cell"
    ${styled({ 'padding-inline-start': `${(level - 1) * indent}px` })}
    >${foldMark(fold)}<span class="dot run-color-${color}"></span
    ><span role="img" class="name-status" aria-label=${statusText(run.status)}
      >${statusIcon({ status: run.status, standing: 'ready' })}</span
    ><span class=${run.name.length <= shortName ? 'name-text is-short' : 'name-text'}
      >${toOneLine(run.name)}</span
    >${
      isBaseline ? html`<span class="badge">${l10n.t('baseline')}</span>` : nothing
    }${isPinned ? marked('pin', l10n.t('pinned')) : nothing}${
      isHidden ? marked('eyeClosed', l10n.t('hidden')) : nothing
    }${run.deleted ? html`<span class="badge">${l10n.t('deleted')}</span>` : nothing}</span
  >`;
}

/** The first cell of several runs that are one row. */
export function groupNameCell(
  title: string,
  size: string,
  fold: WideRow['fold'],
  level: number,
): TemplateResult {
  return html`<span
    class="name-cell"
    ${styled({ 'padding-inline-start': `${(level - 1) * indent}px` })}
    >${foldMark(fold)}<span class="name-text">${title}</span
    ><span class="faint group-size">${size}</span></span
  >`;
}

function marked(name: 'pin' | 'eyeClosed', label: string): TemplateResult {
  return html`<span role="img" class="name-mark" aria-label=${label}>${icon(name)}</span>`;
}
