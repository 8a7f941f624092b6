import * as vscode from 'vscode';

import { artifactUri } from '../host/artifactUri';
import { connectionKey, type ArtifactAddress } from '../mlflow/artifactAddress';
import { MlflowError } from '../mlflow/errors';
import { imagesFolder } from '../mlflow/loggedImages';
import type { Artifact } from '../mlflow/model';
import type { PicturePlace, PictureRequests, RunImages } from '../protocol/pictureRequests';
import type { Handlers } from '../protocol/rpc';
import type { ComparedPlace } from '../state/comparedRuns';
import { loggedImagesInTurns } from '../state/loggedImagesInTurns';
import type { Sessions } from '../state/sessions';
import { ConnectionGone } from '../mlflow/connectionGone';
import { SessionStore } from '../state/sessionStore';
import { readForPage } from './readForPage';

export interface PictureAnswersOptions {
  readonly sessions: Sessions;
  /** A run that the page knows by a key. */
  readonly place: (run: string) => ComparedPlace | undefined;
  readonly runName: (run: string) => string;
  readonly compare: (pictures: readonly ArtifactAddress[]) => void;
}

type PictureHandlers = Handlers<{
  requests: PictureRequests;
  notices: Record<never, never>;
  events: Record<never, never>;
}>['requests'];

/** More pictures of a run than anybody looks through would take a page too much memory. */
const mostImages = 20_000;

/** Answers what pages with logged images ask. */
export function pictureAnswers(options: PictureAnswersOptions): PictureHandlers {
  const placeOf = (run: string): ComparedPlace => {
    const place = options.place(run);
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
      ownerName: options.runName(run),
    };
  };
  const storeOf = (run: string): SessionStore =>
    new SessionStore(options.sessions, placeOf(run).connection);
  return {
    images: (run, signal) => runImages(storeOf(run), placeOf(run).runId, signal),
    picture: (picture, signal) =>
      readForPage(storeOf(picture.run), addressOf(picture).place, signal),
    openPicture: async (picture) => {
      await vscode.commands.executeCommand('vscode.open', artifactUri(addressOf(picture)));
      return undefined;
    },
    comparePictures: (pictures) => {
      options.compare(pictures.map(addressOf));
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
