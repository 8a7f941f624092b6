import * as vscode from 'vscode';

import { explainError } from '../host/explainError';
import { age } from '../host/times';
import { baseName, isPlainPath } from '../mlflow/artifactAddress';
import { isAbortError, MlflowError } from '../mlflow/errors';
import { formatSize, toOneLine } from '../mlflow/format';
import { plainLabel } from '../mlflow/plainLabel';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import { ArtifactCompany, type Candidate } from './artifactCompany';
import type { CommandContext } from './commandContext';
import { pickRun } from './pickRun';
import { sessionOf } from './sessionOf';

interface CompanyItem extends vscode.QuickPickItem {
  /** `undefined` for the one that asks for another path. */
  readonly file: WantedArtifact | undefined;
}

const lookedAtOnce = 4;
const pause = 250;

/** Lets a person choose what a file is compared with; none when the question was left. */
export async function pickCompany(
  context: CommandContext,
  file: WantedArtifact,
  many: boolean,
): Promise<readonly WantedArtifact[]> {
  const picker = new CompanyPicker(context, file, many);
  try {
    const chosen = await picker.show();
    const files = chosen.flatMap((item) => item.file ?? []);
    if (files.length > 0 || chosen.length === 0) {
      return files;
    }
  } finally {
    picker.dispose();
  }
  const other = await askPath(context, file);
  return other === undefined ? [] : [other];
}

/** Asks for any path of any run. */
async function askPath(
  { sessions }: CommandContext,
  { connection, place }: WantedArtifact,
): Promise<WantedArtifact | undefined> {
  const session = await sessionOf(sessions, { kind: 'connection', connection });
  const title = vscode.l10n.t('Compare {0} with an Artifact of Which Run?', baseName(place.path));
  const run = await pickRun({ session, title: toOneLine(title) });
  if (run === undefined) {
    return undefined;
  }
  const path = await vscode.window.showInputBox({
    title: vscode.l10n.t('Path of the Artifact in {0}', toOneLine(run.name)),
    value: place.path,
    validateInput: (typed) =>
      typed.trim() !== '' && isPlainPath(typed.trim())
        ? undefined
        : vscode.l10n.t('This is not the path of a file. Use names and / between them.'),
  });
  return path === undefined
    ? undefined
    : {
        connection: session.id,
        place: { owner: { kind: 'run', runId: run.id }, path: path.trim() },
        ownerName: run.name,
        isDirectory: false,
        size: undefined,
      };
}

class CompanyPicker {
  private readonly box = vscode.window.createQuickPick<CompanyItem>();
  private readonly company: ArtifactCompany;
  private readonly found = new Map<string, CompanyItem>();
  private readonly looked = new Set<string>();
  private looking = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    { sessions }: CommandContext,
    private readonly file: WantedArtifact,
    many: boolean,
  ) {
    const { box } = this;
    this.company = new ArtifactCompany(sessions, file);
    box.title = vscode.l10n.t('Compare {0} with', toOneLine(file.place.path, 80));
    box.canSelectMany = many;
    box.keepScrollPosition = true;
    box.matchOnDescription = true;
    box.onDidChangeValue((typed) => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.look(typed), pause);
    });
    this.offer();
  }

  show(): Promise<readonly CompanyItem[]> {
    const { box } = this;
    return new Promise((resolve) => {
      box.onDidAccept(() => {
        if (box.selectedItems.length > 0) {
          resolve(box.selectedItems);
        }
      });
      box.onDidHide(() => resolve([]));
      box.show();
      void this.look('');
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.looking.abort();
    this.box.dispose();
  }

  /** Looks into candidates, newest first, until all are known; what is typed next ends it. */
  private async look(typed: string): Promise<void> {
    const { box } = this;
    this.looking.abort();
    this.looking = new AbortController();
    const { signal } = this.looking;
    box.busy = true;
    try {
      const all = await this.company.candidates(typed, signal);
      signal.throwIfAborted();
      const rest = all.filter(({ owner }) => !this.looked.has(JSON.stringify(owner)));
      let next = 0;
      const lookOn = async (): Promise<void> => {
        for (let at = next++; at < rest.length && !signal.aborted; at = next++) {
          await this.lookInto(rest[at] as Candidate, signal);
          box.placeholder = vscode.l10n.t(
            '{0} have it, {1} of {2} looked through',
            ...[this.found.size, Math.min(next, rest.length), rest.length],
          );
        }
      };
      await Promise.all(Array.from({ length: lookedAtOnce }, lookOn));
      signal.throwIfAborted();
      box.placeholder =
        this.found.size === 0
          ? vscode.l10n.t('No other has it; choose Another Path…')
          : vscode.l10n.t('Choose what to compare with; type to find others by their names');
    } catch (error) {
      if (!isAbortError(error)) {
        box.placeholder = explainError(error);
      }
    }
    if (!signal.aborted) {
      box.busy = false;
    }
  }

  private async lookInto(candidate: Candidate, signal: AbortSignal): Promise<void> {
    const file = await this.company.look(candidate, signal).catch(passing);
    signal.throwIfAborted();
    const key = JSON.stringify(candidate.owner);
    this.looked.add(key);
    if (file !== undefined) {
      const about = [
        candidate.time === undefined ? '' : age(candidate.time),
        formatSize(file.size),
      ].filter((part) => part !== '');
      const label = plainLabel(candidate.name);
      this.found.set(key, { label, description: about.join(' · '), file });
      this.offer();
    }
  }

  private offer(): void {
    const { box } = this;
    const selected = new Set(box.selectedItems);
    box.items = [
      ...this.found.values(),
      ...(this.file.place.owner.kind === 'run'
        ? [{ label: vscode.l10n.t('Another Path…'), file: undefined, alwaysShow: true }]
        : []),
    ];
    box.selectedItems = box.items.filter((item) => selected.has(item));
  }
}

/** A run whose files cannot be had keeps no other from being looked into. */
function passing(error: unknown): undefined {
  const kind = error instanceof MlflowError ? error.kind : undefined;
  if (kind === undefined || kind === 'unreachable' || kind === 'unauthorized') {
    throw error;
  }
}
