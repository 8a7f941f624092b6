import * as vscode from 'vscode';

import { commands } from '../ids';
import type { LoggedModel, ModelVersion, Run } from '../mlflow/model';
import { toOneLine } from '../mlflow/format';
import type { Targeted } from '../mlflow/target';
import { webPages } from '../mlflow/webPages';
import type { RunLink } from '../protocol/runPage';
import type { ComparedPlace } from '../state/comparedRuns';
import type { Session } from '../state/session';
import type { SessionStore } from '../state/sessionStore';

/** What a link of the page leads to. */
export type LinkTarget =
  | { readonly kind: 'run'; readonly experimentId: string; readonly runId: string }
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  | { readonly kind: 'address'; readonly address: string }
  /** A thing of the registry or beside runs; `page` is its place in MLflow's own pages. */
  | { readonly kind: 'model'; readonly uri: string; readonly page: string }
  | { readonly kind: 'version'; readonly name: string; readonly version: string };

const longestName = 200;

/** The links of a page, which the page knows by opaque keys. */
export class RunLinks {
  private readonly targets = new Map<string, LinkTarget>();

  /** What a key of a link stands for; `undefined` for one that was never handed out. */
  target(key: string): LinkTarget | undefined {
    return this.targets.get(key);
  }

  toRun({ id, experimentId, name }: Pick<Run, 'id' | 'experimentId' | 'name'>): RunLink {
    const target = { kind: 'run', experimentId, runId: id } as const;
    return this.link(`run ${id}`, toOneLine(name, longestName) || id, target, id);
  }

  toFile(text: string, uri: vscode.Uri): RunLink {
    return this.link(`file ${uri.toString()}`, text, { kind: 'file', uri }, uri.fsPath);
  }

  toAddress(text: string, address: string): RunLink {
    return this.link(`address ${address}`, text, { kind: 'address', address }, address);
  }

  toLogged({ id, experimentId, name, modelType }: LoggedModel): RunLink {
    const uri = `models:/${id}`;
    const page = `${webPages.experiment(experimentId)}/models/${id}`;
    const text = toOneLine(name, longestName) || id;
    const hint = [uri, modelType].filter((part) => part !== '').join(' · ');
    return this.link(`model ${id}`, text, { kind: 'model', uri, page }, hint);
  }

  toVersion({ name, version, stage }: ModelVersion): RunLink {
    const uri = `models:/${name}/${version}`;
    const text = vscode.l10n.t('{0}, version {1}', toOneLine(name, longestName), version);
    const hint = [uri, stage].filter((part) => part !== '' && part !== 'None').join(' · ');
    return this.link(`version ${uri}`, text, { kind: 'version', name, version }, hint);
  }

  private link(key: string, text: string, target: LinkTarget, hint: string): RunLink {
    this.targets.set(key, target);
    return { key, text, hint };
  }
}

/** Goes where a link leads to; nowhere with one that was never handed out. */
export async function openTarget(
  target: LinkTarget | undefined,
  { id: connection, session }: SessionStore,
  openRun: (place: ComparedPlace) => void,
): Promise<void> {
  switch (target?.kind) {
    case undefined:
      return;
    case 'run': {
      const { experimentId, runId } = target;
      openRun({ connection, experimentId, runId });
      return;
    }
    case 'file':
      await vscode.commands.executeCommand('vscode.open', target.uri);
      return;
    case 'address':
      await openAddress(target.address);
      return;
    case 'model':
      await openModel(target.uri, target.page, session);
      return;
    case 'version': {
      const { name, version } = target;
      const subject = { kind: 'version', name, version, runId: undefined } as const;
      const argument: Targeted = { target: { ...subject, connection: session?.id } };
      await vscode.commands.executeCommand(commands.openModelVersion, argument);
    }
  }
}

/** Opens an address in a browser; VS Code asks the person about hosts it does not trust. */
export async function openAddress(address: string): Promise<void> {
  if (/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(address)) {
    await vscode.env.openExternal(vscode.Uri.parse(address, true));
  }
}

/** Goes to MLflow's own page of a model; where there is none, its address goes to the clipboard. */
async function openModel(uri: string, page: string, session: Session | undefined): Promise<void> {
  const status = session?.connection.status;
  const pages = status?.kind === 'ready' ? status.opened.pages : undefined;
  const web = session?.info?.uiUrl ?? (await pages?.(new AbortController().signal));
  if (web !== undefined) {
    const base = await vscode.env.asExternalUri(vscode.Uri.parse(`${web}/`, true));
    await vscode.env.openExternal(base.with({ fragment: page }));
    return;
  }
  await vscode.env.clipboard.writeText(uri);
  const sentence = vscode.l10n.t('Copied {0}: this store has no web pages to show it on.', uri);
  void vscode.window.showInformationMessage(sentence);
}
