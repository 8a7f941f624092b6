import { homedir } from 'node:os';

import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { leveledSetting } from '../host/leveledSettings';
import { settings } from '../ids';
import { envFile } from './findConnections';
import type { ProxySettings } from './proxyOptions';
import type { TransportSources } from './transportFor';
import { toTransportSettings, type TransportSettings } from './transportSettings';

const ids = {
  insecure: settings.tlsInsecure,
  caFile: settings.tlsCaFile,
  clientCertificate: settings.tlsClientCertificate,
  workspace: settings.workspace,
  requestHeaders: settings.requestHeaders,
} as const satisfies Record<keyof TransportSettings, string>;

/** What the editor and this machine say about speaking to a server that goes with a folder. */
export async function editorSources(
  folder: string | undefined,
): Promise<Omit<TransportSources, 'stored' | 'isApproved'>> {
  const trusted = vscode.workspace.isTrusted;
  const level = (name: 'user' | 'workspace'): TransportSettings =>
    toTransportSettings((id) => leveledSetting(ids[id], folder)[name]);
  return {
    settings: { user: level('user'), workspace: level('workspace') },
    environment: process.env,
    envFile: trusted && folder !== undefined ? await envFile(folder) : {},
    home: homedir(),
    folder,
    systemCertificates: http('systemCertificates') !== false,
    proxy: proxySettings(),
  };
}

/** VS Code's own settings that are read here. */
const httpSettings = [
  'http.proxySupport',
  'http.proxy',
  'http.noProxy',
  'http.proxyAuthorization',
  'http.proxyStrictSSL',
  'http.systemCertificates',
];

/** Calls back when a setting changes that decides how servers are spoken to. */
export function onDidChangeSources(listener: () => void): Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if ([...httpSettings, ...Object.values(ids)].some((id) => event.affectsConfiguration(id))) {
      listener();
    }
  });
}

function proxySettings(): ProxySettings {
  const proxy = http('proxy');
  const noProxy = http('noProxy');
  const authorization = http('proxyAuthorization');
  return {
    enabled: http('proxySupport') !== 'off',
    proxy: typeof proxy === 'string' ? proxy : '',
    noProxy: Array.isArray(noProxy) ? noProxy.filter((entry) => typeof entry === 'string') : [],
    authorization: typeof authorization === 'string' ? authorization : undefined,
    strictTls: http('proxyStrictSSL') !== false,
  };
}

function http(name: string): unknown {
  return vscode.workspace.getConfiguration('http').get(name);
}
