import * as vscode from 'vscode';

import { settings, type SettingId } from '../ids';

const managers = ['local', 'virtualenv', 'uv', 'conda'] as const;

/** Runs of a sweep that may go on at once, as the manifest declares it. */
export const mostAtOnce = 64;

/** What what is launched is given, by the settings that hold in a folder. */
export const launchSettings = {
  environmentManager: (folder?: string): (typeof managers)[number] => {
    const value = read(settings.launchEnvironmentManager, folder);
    return managers.find((manager) => manager === value) ?? 'local';
  },

  /** `${env:NAME}` is replaced, as in settings of VS Code's own. */
  environment: (folder?: string): Readonly<Record<string, string>> => {
    const value = read(settings.launchEnvironment, folder);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(
      entries.flatMap(([name, text]): [string, string][] =>
        typeof text === 'string' && /^[^=\0]+$/.test(name) ? [[name, replaced(text)]] : [],
      ),
    );
  },

  /** Runs of a sweep at once. */
  parallelism: (folder?: string): number => {
    const value = read(settings.sweepParallelism, folder);
    return typeof value === 'number' ? Math.min(mostAtOnce, Math.max(1, Math.round(value))) : 1;
  },

  /** Glob of sweep files; empty for none. */
  sweepFiles: (): string => {
    const value = read(settings.sweepFiles, undefined);
    return typeof value === 'string' ? value : '';
  },

  extraArguments: (folder?: string): readonly string[] => {
    const value = read(settings.launchExtraArguments, folder);
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  },
};

function read(id: SettingId, folder: string | undefined): unknown {
  const scope = folder === undefined ? undefined : vscode.Uri.file(folder);
  return vscode.workspace.getConfiguration(undefined, scope).get(id);
}

function replaced(text: string): string {
  return text.replace(/\$\{env:([^}]+)\}/g, (_whole, name: string) => process.env[name] ?? '');
}
