import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { VersionView } from '../../src/protocol/versionPage';
import { iconButton } from '../kit/controls';
import { icon } from '../kit/icons';
import type { IconName } from '../kit/icons';
import { hintText, oneLine } from '../kit/oneLine';
import { actionButton, aliasChip, retry } from './pageParts';
import type { PageParts } from './pageParts';
import { versionName } from './versionName';

const mostAliases = 5;
const longest = 100;

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
          ? html`${isHolder(view) ? nothing : actionButton(parts, l10n.t('Promote to Production'), 'promote')}
            ${actionButton(parts, l10n.t('Compare With…'), 'compare')}`
          : nothing
      }
      ${refreshButton(parts, view)}
    </div>
  </header>`;
}

/** Where the version stands, as it is seen at a glance. */
export function chips({ facts }: VersionView): unknown {
  const { stage = '', aliases = [] } = facts ?? {};
  const isStaged = stage !== '' && stage !== 'None';
  const more = aliases.length - mostAliases;
  return [
    isStaged ? html`<span class="chip">${oneLine(stage, longest)}</span>` : nothing,
    ...aliases.slice(0, mostAliases).map(aliasChip),
    more > 0
      ? html`<span class="faint" title=${hintText(aliases.join('\n'))}>+${more}</span>`
      : nothing,
  ];
}

/** Whether nobody but this version is in production. */
function isHolder({ version, production }: VersionView): boolean {
  return production.kind === 'ready' && production.value.join() === version;
}

/** Says as of when all of this is, and reads it anew. */
function refreshButton(parts: PageParts, { readAt, standing }: VersionView): unknown {
  if (readAt === undefined || standing === 'loading') return nothing;
  const { lang } = document.documentElement;
  const time = new Intl.DateTimeFormat(lang, { timeStyle: 'medium' }).format(readAt);
  const label = l10n.t('Refresh');
  return html`<span class="faint">${l10n.t('as of {0}', time)}</span
    >${iconButton('refresh', label, () => retry(parts))}`;
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
  return html`${icon(name, className)}
    <span title=${hintText(facts.statusText)}>${oneLine(facts.statusText, longest)}</span>`;
}
