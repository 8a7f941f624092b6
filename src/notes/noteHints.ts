import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { tagValue } from '../mlflow/runFacts';
import { noteTag } from '../mlflow/tagRules';
import type { Experiments } from '../state/experiments';
import type { Models } from '../state/models';
import type { Sessions } from '../state/sessions';
import type { Note } from './note';
import { noteOwner, type NoteOwner } from './noteUri';

/**
 * Tells when the views have read another text of a description that an editor shows. Nothing is asked
 * for the sake of it.
 */
export class NoteHints implements Disposable {
  private readonly watched = new Map<string, vscode.Uri>();
  private readonly experimentOf = new Map<string, string>();
  private readonly followed = new WeakSet<Experiments>();
  private readonly followedModels = new WeakSet<Models>();
  private readonly listener: Disposable;

  constructor(
    private readonly sessions: Sessions,
    private readonly onText: (uri: vscode.Uri, text: string) => void,
  ) {
    this.listener = sessions.onDidChange(() => this.follow());
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    this.watched.set(uri.toString(), uri);
    this.follow();
    return new vscode.Disposable(() => this.watched.delete(uri.toString()));
  }

  /** Takes note of where a run is. */
  learn(uri: vscode.Uri, { experimentId }: Note): void {
    if (experimentId !== undefined) {
      this.experimentOf.set(uri.toString(), experimentId);
    }
  }

  dispose(): void {
    this.listener.dispose();
  }

  private follow(): void {
    for (const { id, experiments, models } of this.sessions.all) {
      if (models !== undefined && !this.followedModels.has(models)) {
        this.followedModels.add(models);
        models.onDidChange(() => this.lookAtModels(id, models));
      }
      if (experiments !== undefined && !this.followed.has(experiments)) {
        this.followed.add(experiments);
        experiments.onDidChange(() => this.look(id, experiments));
      }
    }
  }

  private look(connection: string, experiments: Experiments): void {
    for (const uri of this.watched.values()) {
      const owner = noteOwner(uri);
      const experimentId = this.experimentOf.get(uri.toString());
      if (owner?.connection === connection && !isOfRegistry(owner)) {
        const known =
          owner.kind === 'experiment'
            ? experiments.experiment(owner.id)
            : experimentId && experiments.runs(experimentId).run(owner.id);
        if (known) {
          this.onText(uri, tagValue(known.tags, noteTag) ?? '');
        }
      }
    }
  }

  private lookAtModels(connection: string, models: Models): void {
    for (const uri of this.watched.values()) {
      const owner = noteOwner(uri);
      if (owner?.connection === connection && isOfRegistry(owner)) {
        const at = owner.kind === 'version' ? owner.id.indexOf('/') : 0;
        const known =
          owner.kind === 'model'
            ? models.model(owner.id)
            : models.versions(owner.id.slice(at + 1)).get(owner.id.slice(0, at));
        if (known !== undefined) {
          this.onText(uri, known.description);
        }
      }
    }
  }
}

function isOfRegistry({ kind }: NoteOwner): boolean {
  return kind === 'model' || kind === 'version';
}
