import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { KeyedText } from '../../../src/protocol/comparePage';
import { textButton } from '../../kit/controls';
import { icon } from '../../kit/icons';
import { lastResult } from '../../kit/lastResult';
import { runOf } from '../state';
import '../../kit/fittedGrid';
import { searchedKeys } from '../tables/searchedKeys';
import { keyedModel } from '../../kit/keyedModel';
import { copyText } from './copyText';
import type { PageParts } from './pageParts';
import { nothingText } from './parameters';
import { section } from './section';
import { tableControls } from './tableControls';
import { openTagEditor } from './tagEditor';

const isSystemTag = ({ key }: KeyedText): boolean => key.startsWith('mlflow.');
const parted = lastResult((tags: readonly KeyedText[]) => ({
  own: tags.filter((tag) => !isSystemTag(tag)),
  system: tags.filter(isSystemTag),
}));
const shownOf = lastResult((entries: readonly KeyedText[], search: string) =>
  searchedKeys(
    entries.map(({ key }) => key),
    search,
  ),
);

/** The tags of the run, which can be changed; those of MLflow's own are folded at first. */
export function tagsSection(parts: PageParts): TemplateResult {
  const { state } = parts;
  const title = l10n.t('Tags');
  const { own, system } = parted(runOf(state)?.tags ?? []);
  const shown = shownOf(own, state.kept.filters.tags ?? '');
  const controls = html`${tableControls(parts, {
    ...{ name: 'tags', title, all: own.length, shown: shown.length },
    header: [title, l10n.t('Value')],
    cells: () => shown.map((place) => [own[place]?.key ?? '', own[place]?.text ?? '']),
    areNumbers: false,
  })}
  ${addButton(parts)}`;
  const content = (): TemplateResult =>
    html`${
      shown.length === 0
        ? html`<p class="nothing">${nothingText(parts, own.length)}</p>`
        : grid(parts, title, own, shown)
    }
    ${system.length === 0 ? nothing : systemTags(parts, system)}`;
  return section(parts, 'tags', title, content, controls);
}

function addButton(parts: PageParts): TemplateResult | typeof nothing {
  const { readOnly } = parts.state;
  return readOnly === undefined
    ? textButton(l10n.t('Add Tag…'), (event) =>
        openTagEditor(parts, undefined, event.currentTarget as HTMLElement),
      )
    : html`<span class="faint">${readOnly}</span>`;
}

function systemTags(parts: PageParts, tags: readonly KeyedText[]): TemplateResult {
  const title = l10n.t('Tags of MLflow’s own');
  const isFolded = parts.state.layout.folded.has('systemTags');
  const fold = (): void =>
    parts.dispatch({ type: 'fold', section: 'systemTags', folded: !isFolded });
  const all = tags.map((_, place) => place);
  return html`<h3 class="sub-heading">
      <button
        type="button"
        class="fold"
        aria-expanded=${isFolded ? 'false' : 'true'}
        @click=${fold}
      >
        ${icon(isFolded ? 'chevronRight' : 'chevronDown')}${title}
        <span class="count">${tags.length}</span>
      </button>
    </h3>
    ${isFolded ? nothing : grid(parts, title, tags, all)}`;
}

function grid(
  parts: PageParts,
  label: string,
  entries: readonly KeyedText[],
  shown: readonly number[],
): TemplateResult {
  const copy = (text: string): void => copyText(parts, text);
  const make = (width: number) => {
    const open = (tag: KeyedText, element: HTMLElement): void => openTagEditor(parts, tag, element);
    const model = keyedModel({ label, entries, shown, width, copy, open });
    return { ...model, cell: (row: number, column: number) => withPencil(model.cell(row, column)) };
  };
  return html`<fitted-grid .make=${make}></fitted-grid>`;
}

/** Says that a double click, or Enter, changes it. */
function withPencil(cell: { content: unknown; className?: string }) {
  return {
    ...cell,
    className: `${cell.className ?? ''} is-editable`,
    content: html`${cell.content}<span class="pencil">${icon('edit')}</span>`,
  };
}
