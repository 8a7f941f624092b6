import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatSize } from '../../../src/mlflow/format';
import { announce, announceOutcome, reasonOf } from '../../kit/announce';
import { icon } from '../../kit/icons';
import { openMenu } from '../../kit/menu';
import { styled } from '../../kit/styled';
import type { GridModel } from '../../kit/virtualGrid';
import { withMember } from '../../kit/withMember';
import { runOf } from '../state';
import '../tables/runGrid';
import { artifactRows } from './artifactTree';
import type { ArtifactRow, Folder } from './artifactTree';
import { copyText } from './copyText';
import type { PageParts } from './pageParts';
import { section } from './section';

const indent = 14;
const sizeWidth = 110;

/** The run's files, folder by folder. */
export function artifactsSection(parts: PageParts): TemplateResult {
  const content = (): TemplateResult => html`<run-artifacts .parts=${parts}></run-artifacts>`;
  return section(parts, 'artifacts', l10n.t('Artifacts'), content);
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
    return html`<run-grid .make=${(width: number) => this.model(parts, rows, width)}></run-grid>`;
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
    return {
      label: l10n.t('Artifacts'),
      rows: rows.length,
      columns: 1,
      firstWidth: Math.max(200, width - sizeWidth),
      columnWidth: sizeWidth,
      corner: l10n.t('Name'),
      rowKey: (row) => at(row)?.path ?? '',
      columnHeader: () => ({ content: l10n.t('Size'), className: 'is-number' }),
      rowHeader: (row) => ({ content: nameView(at(row)) }),
      cell: (row) => ({
        content: html`<span class="number">${formatSize(at(row)?.entry?.size)}</span>`,
        className: 'is-number',
      }),
      hint: (row) => at(row)?.entry?.path ?? '',
      activate: (row, _, element) => this.activate(parts, at(row), element),
      copy: (row) => copyText(parts, at(row)?.entry?.path ?? ''),
      point: () => undefined,
    };
  }

  private activate(parts: PageParts, row: ArtifactRow | undefined, element: HTMLElement): void {
    if (row === undefined) return;
    if (row.says?.kind === 'failed') void this.read(row.path.slice(0, -1));
    else if (row.entry?.isDirectory) {
      if (!row.isOpen) this.asked.delete(row.path);
      const openFolders = withMember(parts.state.kept.openFolders, row.path, !row.isOpen);
      parts.dispatch({ type: 'kept', change: { openFolders } });
    } else if (row.entry !== undefined) openMenu(element, row.path, fileActions(parts, row.path));
  }
}

function fileActions(parts: PageParts, path: string) {
  const run = runOf(parts.state);
  const { artifactUri = '' } = parts.state.details ?? {};
  const copy = (text: string) => (): void => copyText(parts, text);
  return [
    {
      label: l10n.t('Show in Experiments View'),
      run: (): void => void announceOutcome(parts.link.call('revealArtifact', path)),
    },
    { label: l10n.t('Copy Path'), run: copy(path) },
    { label: l10n.t('Copy URI for MLflow'), run: copy(`runs:/${run?.runId ?? ''}/${path}`) },
    {
      label: l10n.t('Copy Location'),
      isDisabled: artifactUri === '',
      run: copy(`${artifactUri.replace(/\/$/, '')}/${path}`),
    },
  ];
}

function nameView(row: ArtifactRow | undefined): TemplateResult | string {
  if (row === undefined) return '';
  const place = styled({ 'padding-inline-start': `${row.depth * indent}px` });
  const { entry, says } = row;
  if (entry === undefined)
    return html`<span class="artifact faint" ${place}>${saidText(says)}</span>`;
  const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  return html`<span class="artifact" ${place}
    >${
      entry.isDirectory
        ? html`${icon(row.isOpen ? 'chevronDown' : 'chevronRight')}${icon('folder')}`
        : html`<span class="no-fold"></span>${icon('file')}`
    }<span>${name}</span>${entry.isDirectory ? html`<span class="visually-hidden">${row.isOpen ? l10n.t('open') : l10n.t('closed')}</span>` : nothing}</span
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
