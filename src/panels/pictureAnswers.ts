import * as vscode from 'vscode';

import { artifactUri } from '../host/artifactUri';
import { connectionKey, type ArtifactAddress } from '../mlflow/artifactAddress';
import { MlflowError } from '../mlflow/errors';
import { imagesFolder } from '../mlflow/loggedImages';
import type { Artifact } from '../mlflow/model';
import type { PicturePlace, PictureRequests, RunImages } from '../protocol/pictureRequests';
import type { Handlers } from '../protocol/rpc';
import type { ComparedPlace } from '../state/comparedRuns';
import type { Comparison } from '../state/comparison';
import { loggedImagesInTurns } from '../state/loggedImagesInTurns';
import type { Sessions } from '../state/sessions';
import { ConnectionGone } from '../mlflow/connectionGone';
import { SessionStore } from '../state/sessionStore';
import { done } from './done';
import { readForPage } from './readForPage';

type PictureHandlers = Handlers<{
  requests: PictureRequests;
  notices: Record<never, never>;
  events: Record<never, never>;
}>['requests'];

/** More pictures of a run than anybody looks through would take a page too much memory. */
const mostImages = 20_000;

/**
 * Answers what pages with logged images ask.
 *
 * @param runs those that the page shows
 * @param compare shows pictures side by side
 */
export function pictureAnswers(
  sessions: Sessions,
  runs: Pick<Comparison, 'place' | 'nameOf'>,
  compare: (pictures: readonly ArtifactAddress[]) => void,
): PictureHandlers {
  const placeOf = (run: string): ComparedPlace => {
    const place = runs.place(run);
    if (place === undefined) {
      throw new ConnectionGone(run);
    }
    return place;
  };
  const addressOf = ({ run, path }: PicturePlace): ArtifactAddress => {
    const { connection, runId } = placeOf(run);
    return {
      key: connectionKey(connection),
      place: { owner: { kind: 'run', runId }, path },
      ownerName: runs.nameOf(run),
    };
  };
  const storeOf = (run: string): SessionStore =>
    new SessionStore(sessions, placeOf(run).connection);
  return {
    images: (run, signal) => runImages(storeOf(run), placeOf(run).runId, signal),
    picture: (picture, signal) =>
      readForPage(storeOf(picture.run), addressOf(picture).place, signal),
    openPicture: async (picture) =>
      done(vscode.commands.executeCommand('vscode.open', artifactUri(addressOf(picture)))),
    comparePictures: (pictures) => {
      compare(pictures.map(addressOf));
      return Promise.resolve(undefined);
    },
  };
}

async function runImages(
  store: SessionStore,
  runId: string,
  signal: AbortSignal,
): Promise<RunImages> {
  const files = await filesOf(store, runId, signal);
  const images = await loggedImagesInTurns(files, signal);
  return { images: images.slice(0, mostImages), isCut: images.length > mostImages };
}

/** A run without the folder has no pictures, which some stores say by a failure. */
async function filesOf(
  store: SessionStore,
  runId: string,
  signal: AbortSignal,
): Promise<readonly Artifact[]> {
  const owner = { kind: 'run', runId } as const;
  try {
    const { files } = await store.ask(
      (asked) => asked.listArtifacts(owner, imagesFolder, signal),
      signal,
    );
    return files;
  } catch (error) {
    if (error instanceof MlflowError && error.kind === 'notFound') {
      return [];
    }
    throw error;
  }
}
