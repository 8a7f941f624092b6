import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatSize } from '../../../src/mlflow/format';
import type { RunArtifact, RunArtifactAction } from '../../../src/protocol/runPage';
import { announce, announceOutcome, reasonOf } from '../../kit/announce';
import { icon } from '../../kit/icons';
import type { IconName } from '../../kit/icons';
import { openMenu } from '../../kit/menu';
import { styled } from '../../kit/styled';
import type { GridModel } from '../../kit/virtualGrid';
import { withMember } from '../../kit/withMember';
import { runOf } from '../state';
import '../../kit/fittedGrid';
import { artifactRows } from './artifactTree';
import type { ArtifactRow, Folder } from './artifactTree';
import { copyText } from './copyText';
import type { PageParts } from './pageParts';
import { section } from './section';

const indent = 14;
const columnWidth = 96;

/** The run's files, folder by folder. */
export function artifactsSection(parts: PageParts): TemplateResult {
  const content = (): TemplateResult => html`<run-artifacts .parts=${parts}></run-artifacts>`;
  const root = { path: '', isDirectory: true, size: undefined };
  const controls = html`${iconButton('search', l10n.t('Find artifact…'), () => act(parts, 'find', root))}
  ${iconButton('download', l10n.t('Download all…'), () => act(parts, 'download', root))}`;
  return section(parts, 'artifacts', l10n.t('Artifacts'), content, controls);
}

/** Reads a folder whenever it is opened, and again when the page reads another time; until then shows what was known. */
export class RunArtifacts extends LitElement {
  static override properties = { parts: { attribute: false } };

  declare parts: PageParts | undefined;
  private folders: ReadonlyMap<string, Folder> = new Map();
  /** The latest question for a folder, whose answer alone counts. */
  private readonly asked = new Map<string, symbol>();
  private reading = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { parts } = this;
    if (parts === undefined) return nothing;
    const { openFolders } = parts.state.kept;
    const isReady = runOf(parts.state)?.standing === 'ready';
    if (isReady) this.readFolders(['', ...openFolders], parts.state.reading);
    const rows = artifactRows(this.folders, openFolders);
    return html`<fitted-grid
      .make=${(width: number) => this.model(parts, rows, width)}
    ></fitted-grid>`;
  }

  private readFolders(paths: readonly string[], reading: number): void {
    if (reading !== this.reading) this.asked.clear();
    this.reading = reading;
    for (const path of paths) if (!this.asked.has(path)) void this.read(path);
  }

  private async read(path: string): Promise<void> {
    if (this.parts === undefined) return;
    const question = Symbol(path);
    this.asked.set(path, question);
    try {
      const entries = await this.parts.link.call('artifacts', path);
      this.put(path, question, { kind: 'ready', entries });
    } catch (error) {
      this.put(path, question, { kind: 'failed', sentence: reasonOf(error) });
    }
  }

  private put(path: string, question: symbol, folder: Folder): void {
    if (this.asked.get(path) !== question) return;
    this.folders = new Map([...this.folders, [path, folder]]);
    if (folder.kind === 'failed') announce(folder.sentence);
    this.requestUpdate();
  }

  private model(parts: PageParts, rows: readonly ArtifactRow[], width: number): GridModel {
    const at = (row: number): ArtifactRow | undefined => rows[row];
    const activate = (row: ArtifactRow | undefined): void => this.activate(parts, row);
    return {
      label: l10n.t('Artifacts'),
      rows: rows.length,
      columns: 2,
      firstWidth: Math.max(200, width - 2 * columnWidth),
      columnWidth,
      corner: l10n.t('Name'),
      rowKey: (row) => at(row)?.path ?? '',
      columnHeader: (column) =>
        column === 0
          ? { content: l10n.t('Size'), className: 'artifact-size' }
          : { content: html`<span class="visually-hidden">${l10n.t('Actions')}</span>` },
      rowHeader: (row) => ({ content: nameView(at(row), activate) }),
      cell: (row, column) =>
        column === 0
          ? {
              content: formatSize(at(row)?.entry?.size),
              className: 'artifact-size',
            }
          : { content: actionsView(parts, at(row)?.entry), className: 'artifact-actions' },
      hint: (row) => at(row)?.entry?.name ?? saidText(at(row)?.says),
      activate: (row, column, element) => {
        const entry = at(row)?.entry;
        if (column === 1 && entry !== undefined) openActions(parts, entry, element);
        else activate(at(row));
      },
      copy: (row) => copyText(parts, pathOf(at(row)?.entry)),
      point: () => undefined,
    };
  }

  private activate(parts: PageParts, row: ArtifactRow | undefined): void {
    if (row === undefined) return;
    if (row.says?.kind === 'failed') void this.read(row.path.slice(0, -1));
    else if (row.entry?.isDirectory) {
      if (!row.isOpen) this.asked.delete(row.path);
      const openFolders = withMember(parts.state.kept.openFolders, row.path, !row.isOpen);
      parts.dispatch({ type: 'kept', change: { openFolders } });
    } else if (row.entry !== undefined) act(parts, 'open', row.entry);
  }
}

type Entry = Pick<RunArtifact, 'path' | 'isDirectory' | 'size'>;

function act({ link }: PageParts, does: RunArtifactAction['does'], entry: Entry): void {
  const { path, isDirectory, size } = entry;
  void announceOutcome(link.call('artifact', { does, path, isDirectory, size }));
}

function iconButton(name: IconName, label: string, press: (event: Event) => void): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    title=${label}
    aria-label=${label}
    @click=${press}
  >
    ${icon(name)}
  </button>`;
}

/** The keyboard gets at these by Enter on their cell. */
function actionsView(parts: PageParts, entry: RunArtifact | undefined): TemplateResult | string {
  if (entry === undefined) return '';
  const button = (name: IconName, label: string, press: (event: Event) => void): TemplateResult =>
    html`<button
      type="button"
      tabindex="-1"
      class="icon-button"
      title=${label}
      aria-label=${label}
      @click=${press}
      @dblclick=${stop}
    >
      ${icon(name)}
    </button>`;
  return html`${button('download', l10n.t('Download…'), () => act(parts, 'download', entry))}${button(
    'more',
    l10n.t('More actions'),
    ({ currentTarget }) => openActions(parts, entry, currentTarget as HTMLElement),
  )}`;
}

function stop(event: Event): void {
  event.stopPropagation();
}

function openActions(parts: PageParts, entry: RunArtifact, element: HTMLElement): void {
  const { artifactUri = '' } = parts.state.details ?? {};
  const does = (what: RunArtifactAction['does']) => (): void => act(parts, what, entry);
  openMenu(element, entry.name, [
    entry.isDirectory
      ? { label: l10n.t('Find artifact…'), run: does('find') }
      : { label: l10n.t('Open'), run: does('open') },
    { label: l10n.t('Download…'), run: does('download') },
    ...(mayBeModel(entry) && parts.state.readOnly === undefined
      ? [{ label: l10n.t('Register Model…'), run: does('register') }]
      : []),
    'separator',
    { label: l10n.t('Copy Path'), isDisabled: entry.isModel, run: does('copyPath') },
    { label: l10n.t('Copy URI for MLflow'), run: does('copyUri') },
    {
      label: l10n.t('Copy Location'),
      isDisabled: artifactUri === '' || entry.path.startsWith('/'),
      run: () => copyText(parts, `${artifactUri.replace(/\/$/, '')}/${entry.path}`),
    },
  ]);
}

/** A model of the run, a folder of its own files, which may hold one, or the file that makes a folder a model. */
function mayBeModel({ path, name, isDirectory, isModel }: RunArtifact): boolean {
  return isModel || (!path.startsWith('/') && (isDirectory || name === 'MLmodel'));
}

/** Below the run, or below the model. */
function pathOf(entry: RunArtifact | undefined): string {
  return entry?.path.replace(/^\/[^/]*\/?/, '') ?? '';
}

function nameView(
  row: ArtifactRow | undefined,
  activate: (row: ArtifactRow) => void,
): TemplateResult | string {
  if (row === undefined) return '';
  const place = styled({ 'padding-inline-start': `${row.depth * indent}px` });
  const { entry, says } = row;
  const press = (): void => activate(row);
  if (entry === undefined) {
    const text = html`<span class="artifact faint" ${place}>${saidText(says)}</span>`;
    return says?.kind === 'failed'
      ? html`<span @click=${press} @dblclick=${stop}>${text}</span>`
      : text;
  }
  const { name, isDirectory, isModel } = entry;
  return html`<span class="artifact is-pressable" ${place} @click=${press} @dblclick=${stop}
    >${
      isDirectory
        ? html`${icon(row.isOpen ? 'chevronDown' : 'chevronRight')}${icon(isModel ? 'package' : 'folder')}`
        : html`<span class="no-fold"></span>${icon('file')}`
    }<span class="artifact-name">${name}</span
    >${isDirectory ? html`<span class="visually-hidden">${row.isOpen ? l10n.t('open') : l10n.t('closed')}</span>` : nothing}</span
  >`;
}

function saidText(says: ArtifactRow['says']): string {
  switch (says?.kind) {
    case 'failed':
      return l10n.t('{0} Press Enter to try again.', says.sentence);
    case 'empty':
      return l10n.t('empty');
    default:
      return l10n.t('Reading…');
  }
}

customElements.define('run-artifacts', RunArtifacts);
