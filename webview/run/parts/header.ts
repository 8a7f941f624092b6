import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedRun } from '../../../src/protocol/comparePage';
import type { RunDetails } from '../../../src/protocol/runPage';
import { formatDuration } from '../../../src/mlflow/format';
import { announceOutcome } from '../../kit/announce';
import { textButton } from '../../kit/controls';
import { fact } from '../../kit/fact';
import { icon, lineSwatch } from '../../kit/icons';
import { openMenu } from '../../kit/menu';
import { statusIcon, statusText } from '../../kit/statusIcon';
import { oneLine } from '../../kit/oneLine';
import { copyText } from './copyText';
import { linkView } from './links';
import type { PageParts } from './pageParts';
import { ageText, dateText } from '../../kit/times';

/** What the run is, and what is done with the whole of it. */
export function header(parts: PageParts, run: ComparedRun): TemplateResult {
  const { state, link } = parts;
  return html`<header class="page-header">
    <div class="page-title">
      ${lineSwatch(run.color, [])}
      <h1>${oneLine(run.name)}</h1>
      <span class="status" role="status">${statusIcon(run)} ${statusOf(run)}</span>
      <span class="toolbar-gap"></span>
      ${liveControl(parts, run)}
      ${
        state.readOnly === undefined
          ? textButton(
              l10n.t('Rename…'),
              () => void announceOutcome(link.call('rename', undefined)),
            )
          : nothing
      }
      ${textButton(l10n.t('Compare With…'), () => link.notify('compare', undefined))}
      ${
        run.tags.some(({ key }) => key === 'mlflow.loggedImages')
          ? textButton(l10n.t('Show Images'), () => link.notify('showImages', undefined))
          : nothing
      }
      ${textButton(l10n.t('Show in Experiments View'), () => link.notify('reveal', undefined))}
    </div>
    <dl class="page-facts">${facts(parts, run)}</dl>
  </header>`;
}

function statusOf(run: ComparedRun): string {
  if (run.standing === 'loading') return l10n.t('Reading…');
  return run.deleted ? l10n.t('Deleted') : statusText(run.status);
}

function liveControl(
  { state, dispatch, link }: PageParts,
  run: ComparedRun,
): TemplateResult | typeof nothing {
  const isRunning = run.status === 'RUNNING' || run.status === 'SCHEDULED';
  if (!isRunning || run.deleted) return nothing;
  const change = (event: Event): void => {
    const live = (event.target as HTMLInputElement).checked;
    dispatch({ type: 'live', live });
    link.notify('live', live);
  };
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium' });
  return html`${
      state.readAt === undefined
        ? nothing
        : html`<span class="faint">${l10n.t('as of {0}', format.format(state.readAt))}</span>`
    }
    <label class="check"
      ><input
        type="checkbox"
        role="switch"
        class="switch"
        .checked=${state.live}
        @change=${change}
      />${l10n.t('live')}</label
    >`;
}

function facts(parts: PageParts, run: ComparedRun): unknown {
  const { details, readAt } = parts.state;
  return [
    run.startTime === undefined ? nothing : fact(l10n.t('Started'), time(run.startTime)),
    details?.endTime === undefined ? nothing : fact(l10n.t('Ended'), time(details.endTime)),
    durationFact(run, details?.endTime, readAt),
    details?.user ? fact(l10n.t('User'), details.user) : nothing,
    fact(l10n.t('Experiment'), oneLine(run.experimentName)),
    fact(l10n.t('Run ID'), idView(parts, run.runId)),
    details === undefined ? nothing : sourceFacts(parts, details),
    details?.parent === undefined
      ? nothing
      : fact(l10n.t('Parent run'), linkView(parts, details.parent)),
  ];
}

function time(at: number): TemplateResult {
  return html`<time title=${dateText(at)}>${ageText(at)}</time>`;
}

function durationFact(
  { startTime, status, deleted }: ComparedRun,
  endTime: number | undefined,
  readAt: number | undefined,
): TemplateResult | typeof nothing {
  const isRunning = status === 'RUNNING' && !deleted;
  const end = endTime ?? (isRunning ? readAt : undefined);
  return startTime === undefined || end === undefined
    ? nothing
    : fact(l10n.t('Duration'), formatDuration(end - startTime));
}

function idView(parts: PageParts, id: string): TemplateResult {
  const label = l10n.t('Copy Run ID');
  return html`<code>${id}</code>
    <button
      type="button"
      class="icon-button"
      title=${label}
      aria-label=${label}
      @click=${() => copyText(parts, id)}
    >
      ${icon('copy')}
    </button>`;
}

function sourceFacts(parts: PageParts, { source }: RunDetails): unknown {
  const { name, link, commit, branch, repository } = source;
  const named = (text: string, target: typeof link): unknown =>
    target === undefined ? oneLine(text) : linkView(parts, target);
  return [
    name === '' ? nothing : fact(l10n.t('Source'), named(name, link)),
    commit === '' ? nothing : fact(l10n.t('Commit'), commitView(parts, source)),
    branch === '' ? nothing : fact(l10n.t('Branch'), oneLine(branch)),
    repository.name === ''
      ? nothing
      : fact(l10n.t('Repository'), named(repository.name, repository.link)),
  ];
}

const shortHash = 10;

function commitView(parts: PageParts, { commit, hasCommit }: RunDetails['source']): TemplateResult {
  const ask = (what: 'diff' | 'worktree' | 'copy') => (): void => {
    const said = what === 'copy' ? l10n.t('Copied') : undefined;
    void announceOutcome(parts.link.call('commit', what).then(() => said));
  };
  const open = (event: Event): void =>
    openMenu(event.currentTarget as HTMLElement, l10n.t('Commit'), [
      { label: l10n.t('Compare With Files Here'), isDisabled: !hasCommit, run: ask('diff') },
      { label: l10n.t('Check Out in Worktree…'), isDisabled: !hasCommit, run: ask('worktree') },
      { label: l10n.t('Copy Hash'), run: ask('copy') },
    ]);
  return html`<button
      type="button"
      class="text-link"
      aria-haspopup="menu"
      title=${commit}
      @click=${open}
    >
      <code>${commit.slice(0, shortHash)}</code>${icon('chevronDown')}
    </button>
    ${hasCommit ? nothing : html`<span class="faint">${l10n.t('not in a repository of this window')}</span>`}`;
}
