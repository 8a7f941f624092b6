import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { commands } from '../ids';
import { connectionKey } from '../mlflow/artifactAddress';
import { isAbortError } from '../mlflow/errors';
import type { ReportGets, ReportSays } from '../protocol/reportPage';
import { PageTroubles } from './pageTroubles';
import { reportHtml, type ReportTexts } from './present/reportHtml';
import { PreviewSource } from './previewSource';
import type { PreviewOptions } from './previews';
import { openAddress } from './runLinks';

/** An HTML report, whose scripts run once somebody asks for it, and until its editor is closed. */
export function reportPreview(options: PreviewOptions): Disposable {
  return new ReportPreview(options);
}

class ReportPreview implements Disposable {
  private readonly source: PreviewSource;
  private readonly troubles: PageTroubles;
  private readonly listener: vscode.Disposable;
  private reading = new AbortController();
  /** What scripts were allowed for stays what is shown. */
  private bytes: Uint8Array | undefined;
  private runsScripts = false;
  private isAsking = false;

  constructor(private readonly options: PreviewOptions) {
    const { host, panel, address } = options;
    this.source = new PreviewSource(host, address);
    this.troubles = new PageTroubles(host, 'report');
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    this.listener = panel.webview.onDidReceiveMessage((message: unknown) => {
      if (isSaid(message)) {
        void this.take(message);
      }
    });
    void this.show();
  }

  dispose(): void {
    this.reading.abort();
    this.listener.dispose();
    this.bytes = undefined;
  }

  private async show(): Promise<void> {
    const { host, panel } = this.options;
    const file = async (name: string): Promise<string> =>
      readFile(vscode.Uri.joinPath(host.extensionUri, 'dist', 'webview', name).fsPath, 'utf8');
    const [script, style] = await Promise.all([file('report.js'), file('report.css')]);
    panel.webview.html = reportHtml({
      nonce: randomBytes(18).toString('base64'),
      language: vscode.env.language,
      title: panel.title,
      runsScripts: this.runsScripts,
      ...{ script, style },
      texts: reportTexts(this.runsScripts),
    });
  }

  private async take(said: ReportSays): Promise<void> {
    switch (said.report) {
      case 'ready':
        await this.send();
        return;
      case 'toggle':
        this.runsScripts = !this.runsScripts;
        await this.show();
        return;
      case 'text':
        await this.source.openText();
        return;
      case 'download':
        await this.download();
        return;
      case 'link':
        await this.open(said.address);
    }
  }

  /** A page that was hidden begins anew, and asks again. */
  private async send(): Promise<void> {
    this.reading.abort();
    const { signal } = (this.reading = new AbortController());
    try {
      this.bytes ??= await this.source.read(signal);
      this.post({ report: 'content', bytes: this.bytes });
    } catch (error) {
      if (!isAbortError(error)) {
        const { sentence } = this.troubles.failure(error);
        this.post({ report: 'failed', sentence, canDownload: true });
      }
    }
  }

  private post(message: ReportGets): void {
    void this.options.panel.webview.postMessage(message);
  }

  private async download(): Promise<void> {
    const { place, ownerName, key } = this.options.address;
    const connection = this.options.host.sessions.all.find(({ id }) => connectionKey(id) === key);
    const target = {
      ...{ kind: 'artifact', place, ownerName, isDirectory: false, size: undefined },
      connection: connection?.id,
    };
    await vscode.commands.executeCommand(commands.downloadArtifacts, { target });
  }

  /** One question at a time, whatever a report's scripts do. */
  private async open(address: string): Promise<void> {
    if (this.isAsking) {
      return;
    }
    this.isAsking = true;
    try {
      await openAddress(address);
    } catch {
      this.troubles.note('a link of the report is not an address');
    } finally {
      this.isAsking = false;
    }
  }
}

function isSaid(message: unknown): message is ReportSays {
  if (typeof message !== 'object' || message === null || !('report' in message)) {
    return false;
  }
  return message.report === 'link'
    ? 'address' in message && typeof message.address === 'string'
    : ['ready', 'toggle', 'text', 'download'].includes(String(message.report));
}

function reportTexts(runsScripts: boolean): ReportTexts {
  return {
    says: runsScripts
      ? vscode.l10n.t(
          'Scripts of this report run, kept from the editor. Nothing is loaded from the network.',
        )
      : vscode.l10n.t('Scripts of this report do not run, and nothing is loaded from the network.'),
    toggle: runsScripts
      ? vscode.l10n.t('Stop Scripts')
      : vscode.l10n.t('Run Scripts in This Report'),
    links: vscode.l10n.t('Links ({0})'),
    openText: vscode.l10n.t('Open Text'),
    download: vscode.l10n.t('Download…'),
  };
}
