import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { KeyedText } from '../../../src/protocol/comparePage';
import { openFullText } from '../../kit/fullText';
import { lastResult } from '../../kit/lastResult';
import { runOf } from '../state';
import '../../kit/fittedGrid';
import { searchedKeys } from '../tables/searchedKeys';
import { keyedModel } from '../../kit/keyedModel';
import { copyText } from './copyText';
import type { PageParts } from './pageParts';
import { section } from './section';
import { tableControls } from './tableControls';

const shownOf = lastResult((entries: readonly KeyedText[], search: string) =>
  searchedKeys(
    entries.map(({ key }) => key),
    search,
  ),
);

/** What the run was started with. */
export function parametersSection(parts: PageParts): TemplateResult {
  const { state } = parts;
  const title = l10n.t('Parameters');
  const entries = runOf(state)?.params ?? [];
  const shown = shownOf(entries, state.kept.filters.parameters ?? '');
  const copy = (text: string): void => copyText(parts, text);
  const make = (width: number) =>
    keyedModel({
      ...{ label: title, entries, shown, width, copy },
      open: ({ key, text }, element) => openFullText(key, text, element, copy),
    });
  const controls = tableControls(parts, {
    ...{ name: 'parameters', title, all: entries.length, shown: shown.length },
    header: [title, l10n.t('Value')],
    cells: () => shown.map((place) => [entries[place]?.key ?? '', entries[place]?.text ?? '']),
    areNumbers: false,
  });
  const content = (): TemplateResult =>
    shown.length === 0
      ? html`<p class="nothing">${nothingText(parts, entries.length)}</p>`
      : html`<fitted-grid .make=${make}></fitted-grid>`;
  return section(parts, 'parameters', title, content, controls);
}

/** Why a table has no rows. */
export function nothingText({ state }: PageParts, all: number): string {
  if (all > 0) return l10n.t('No key matches the filter.');
  return runOf(state)?.standing === 'loading' ? l10n.t('Not read yet') : l10n.t('None');
}
