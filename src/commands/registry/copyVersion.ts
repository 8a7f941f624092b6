import * as vscode from 'vscode';

import type { CommandHandler } from '../commandContext';
import { chooseVersion } from './chooseVersion';
import { modelWritesOf, versionName } from './chosenModels';
import { makeVersion } from './makeVersion';
import { pickModelName } from './pickModelName';

/** Makes a version of another registered model out of a version, as MLflow's own `copy_model_version` does. */
export const copyModelVersion: CommandHandler = async (context, targets) => {
  const chosen = await chooseVersion(context, targets, vscode.l10n.t('Copy to Another Model'));
  if (chosen === undefined) {
    return;
  }
  const { session, thing } = chosen;
  const title = vscode.l10n.t('Copy {0} to', versionName(thing));
  const picked = await pickModelName(session, title, { except: thing.name, mayBeNew: true });
  if (picked !== undefined) {
    const writes = await modelWritesOf(session);
    const { description, tags, runId } = await writes.getVersion(thing.name, thing.version);
    const source = `models:/${thing.name}/${thing.version}`;
    await makeVersion(context, session, picked, {
      ...{ source, description, tags, runId, modelId: undefined },
    });
  }
};
