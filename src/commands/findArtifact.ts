import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { baseName, connectionKey } from '../mlflow/artifactAddress';
import { formatSize } from '../mlflow/format';
import type { Artifact, ArtifactPlace } from '../mlflow/model';
import { plainLabel } from '../mlflow/plainLabel';
import type { Target } from '../mlflow/target';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import { ArtifactSearch } from '../state/artifactSearch';
import { ArtifactSource } from '../state/artifactSource';
import { chooseExperiment } from './chooseExperiment';
import { chosenArtifacts } from './chosenArtifacts';
import type { CommandContext, CommandHandler } from './commandContext';
import { openFile } from './openArtifact';

/** Lets a person find a file below a run, a version or a folder by a part of its path, and opens it. */
export const findArtifact: CommandHandler = async (context, targets, resources = []) => {
  const [chosen] = await chosenArtifacts(context, targets, resources, { owners: true });
  const wanted = chosen?.isDirectory === true ? chosen : await chooseRun(context, targets);
  await findIn(context, wanted);
};

interface FoundItem extends vscode.QuickPickItem {
  readonly file: WantedArtifact;
}

/** Shows the files below a folder as they are found, and opens the one that is chosen. */
export async function findIn(context: CommandContext, folder: WantedArtifact): Promise<void> {
  const pick = vscode.window.createQuickPick<FoundItem>();
  const shown = new ShownFiles(pick, context, folder);
  try {
    const file = await new Promise<WantedArtifact | undefined>((resolve, reject) => {
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.file));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      shown.read().catch(reject);
    });
    shown.dispose();
    if (file !== undefined) {
      await openFile(context, file);
    }
  } finally {
    shown.dispose();
  }
}

/** Redrawing takes this part of the time at most, whatever is found. */
const restPerDrawing = 6;
const leastPause = 200;

/** The files in the pick, drawn anew as more of them are found. */
class ShownFiles {
  private readonly controller = new AbortController();
  private readonly search: ArtifactSearch;
  private readonly source: ArtifactSource;
  /** Names of models that the run logged, whose files are looked through, too. */
  private readonly models = new Map<string, string>();
  private items: FoundItem[] = [];
  private drawn = 0;
  private nextDrawing = 0;

  constructor(
    private readonly pick: vscode.QuickPick<FoundItem>,
    { sessions }: CommandContext,
    private readonly folder: WantedArtifact,
  ) {
    this.source = new ArtifactSource(sessions);
    const { source } = this;
    const key = connectionKey(folder.connection);
    this.search = new ArtifactSearch({
      list: async (place, signal) => (await source.list({ key, place }, signal)).files,
      onFound: (files, place) => this.add(files, place),
    });
    pick.placeholder = vscode.l10n.t('Part of the path');
    pick.matchOnDescription = true;
    pick.busy = true;
    this.entitle();
  }

  /** Resolves once all is found, or as much as is looked for; rejects where nothing can be read. */
  async read(): Promise<void> {
    const { signal } = this.controller;
    try {
      const models = await this.modelsOf(this.folder, signal);
      await this.search.run([this.folder.place, ...models], signal);
    } finally {
      if (!signal.aborted) {
        this.draw();
        this.pick.busy = false;
      }
    }
  }

  dispose(): void {
    this.controller.abort();
    this.pick.dispose();
  }

  /** What a run logged as models lies beside its own files; where it cannot be told, these alone are found. */
  private async modelsOf(
    { connection, place }: WantedArtifact,
    signal: AbortSignal,
  ): Promise<readonly ArtifactPlace[]> {
    const { owner, path } = place;
    if (owner.kind !== 'run' || path !== '') {
      return [];
    }
    const store = await this.source.store({ key: connectionKey(connection) });
    const run = await store
      .ask((asked) => asked.getRun(owner.runId, signal), signal)
      .catch(() => undefined);
    const list = run && store.session?.artifacts?.loggedModels(run);
    await list?.ensure();
    return (list?.items ?? []).map(({ id, name }) => {
      this.models.set(id, name || id);
      return { owner: { kind: 'loggedModel', modelId: id }, path: '' };
    });
  }

  private add(files: readonly Artifact[], { owner }: ArtifactPlace): void {
    const { connection } = this.folder;
    const model = owner.kind === 'loggedModel' ? this.models.get(owner.modelId) : undefined;
    const ownerName = model ?? this.folder.ownerName;
    for (const { path, size } of files) {
      const above = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      const where = [model ?? '', above].filter((part) => part !== '').join('/');
      this.items.push({
        label: plainLabel(baseName(path)),
        description: [plainLabel(where), formatSize(size)]
          .filter((part) => part !== '')
          .join(' · '),
        file: { connection, ownerName, place: { owner, path }, isDirectory: false, size },
      });
    }
    if (Date.now() >= this.nextDrawing) {
      this.draw();
    }
  }

  private draw(): void {
    const startedAt = Date.now();
    if (this.items.length > this.drawn) {
      const active = this.pick.activeItems;
      this.items = [...this.items];
      this.pick.items = this.items;
      this.pick.activeItems = active;
      this.drawn = this.items.length;
    }
    this.entitle();
    this.nextDrawing =
      Date.now() +
      Math.max(leastPause, this.items.length / 10, (Date.now() - startedAt) * restPerDrawing);
  }

  private entitle(): void {
    const { isWhole, isBounded, failed } = this.search;
    const name = plainLabel(this.folder.ownerName);
    const count = this.items.length;
    const parts = [
      vscode.l10n.t('Find Artifact of {0}', name),
      isBounded
        ? vscode.l10n.t('only the first {0} files', count)
        : isWhole
          ? vscode.l10n.t('{0} files', count)
          : vscode.l10n.t('{0} files so far', count),
      failed > 0 ? vscode.l10n.t('{0} folders cannot be read', failed) : '',
    ];
    this.pick.title = parts.filter((part) => part !== '').join(' · ');
  }
}

/** The run that is meant: the selected one, else one picked from an experiment. */
async function chooseRun(
  context: CommandContext,
  targets: readonly Target[],
): Promise<WantedArtifact> {
  const { session, experiments, experiment } = await chooseExperiment(context, targets);
  const { list } = experiments.runs(experiment.id);
  await list.ensure();
  if (list.error !== undefined && list.size === 0) {
    throw list.error;
  }
  if (list.size === 0) {
    throw new SaidError(vscode.l10n.t('{0} has no runs.', experiment.name));
  }
  const items = list.items.map(({ id, name }) => ({
    label: plainLabel(name),
    description: id,
    id,
    name,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Find Artifact'),
    placeHolder: vscode.l10n.t('Choose a run'),
    matchOnDescription: true,
  });
  if (picked === undefined) {
    throw new vscode.CancellationError();
  }
  const owner = { kind: 'run', runId: picked.id } as const;
  return {
    connection: session.id,
    ownerName: picked.name,
    place: { owner, path: '' },
    isDirectory: true,
    size: undefined,
  };
}
