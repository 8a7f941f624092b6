import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { VersionView } from '../../src/protocol/versionPage';
import { icon } from '../kit/icons';
import type { IconName } from '../kit/icons';
import { actionButton } from './pageParts';
import type { PageParts } from './pageParts';
import { versionName } from './versionName';

/** What the version is, and what is done with the whole of it. */
export function header(parts: PageParts, view: VersionView): TemplateResult {
  const canAct = view.standing !== 'gone';
  return html`<header class="page-header">
    <div class="page-title">
      <h1>${versionName(view)}</h1>
      ${chips(view)}
      <span class="status" role="status">${statusView(view)}</span>
      <span class="toolbar-gap"></span>
      ${
        canAct
          ? html`${actionButton(parts, l10n.t('Promote to Production'), 'promote')}
            ${actionButton(parts, l10n.t('Compare With…'), 'compare')}`
          : nothing
      }
    </div>
  </header>`;
}

/** Where the version stands, as it is seen at a glance. */
export function chips({ facts }: VersionView): unknown {
  const { stage = '', aliases = [] } = facts ?? {};
  const isStaged = stage !== '' && stage !== 'None';
  return [
    isStaged ? html`<span class="chip chip-${stage.toLowerCase()}">${stage}</span>` : nothing,
    ...aliases.map((alias) => html`<span class="chip">@${alias}</span>`),
  ];
}

const pictures: Readonly<Record<'ready' | 'pending' | 'failed', readonly [IconName, string]>> = {
  ready: ['check', 'status-finished'],
  pending: ['circleHalf', 'status-scheduled'],
  failed: ['close', 'status-failed'],
};

function statusView({ standing, facts }: VersionView): unknown {
  if (standing === 'loading') return l10n.t('Reading…');
  if (standing === 'gone') return l10n.t('Deleted');
  if (facts === undefined) return nothing;
  const [name, className] = pictures[facts.status];
  return html`${icon(name, className)} ${facts.statusText}`;
}
