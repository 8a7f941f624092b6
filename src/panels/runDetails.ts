import type { Run } from '../mlflow/model';
import { parentRunId, tagValue } from '../mlflow/runFacts';
import { noteTag } from '../mlflow/tagRules';
import type { RunDetails, RunLink } from '../protocol/runPage';
import type { RunSurroundings } from '../state/runSurroundings';
import { toPart } from './part';
import { loadSnippet } from './present/loadSnippet';
import { sourceOf } from './present/namedSource';
import { runDatasets } from './present/runDatasets';
import type { RunLinks } from './runLinks';
import type { FoundSource } from './runSource';

export interface DetailsInput {
  readonly run: Run;
  readonly surroundings: Pick<RunSurroundings, 'parent' | 'children' | 'models'>;
  /** Absent until it was looked for. */
  readonly source: FoundSource | undefined;
  readonly links: RunLinks;
  readonly explain: (error: unknown) => string;
}

/** What is known of a run beside what compared runs have. */
export function runDetails(input: DetailsInput): RunDetails {
  const { run, surroundings, links, explain } = input;
  const { children, models } = surroundings;
  const logged = models.kind === 'ready' ? models.value.logged : [];
  return {
    user: run.userId,
    artifactUri: run.artifactUri,
    note: tagValue(run.tags, noteTag) ?? '',
    endTime: run.endTime,
    source: presentSource(input),
    datasets: runDatasets(run),
    parent: parentOf(input),
    children: toPart(children, explain, ({ runs }) => runs.map((child) => links.toRun(child))),
    hasMoreChildren: children.kind === 'ready' && children.value.hasMore,
    models: toPart(models, explain, (found) => [
      ...found.versions.map((version) => links.toVersion(version)),
      ...found.logged.map((model) => links.toLogged(model)),
    ]),
    snippet: loadSnippet(run, logged),
  };
}

function presentSource({ run, source, links }: DetailsInput): RunDetails['source'] {
  const { name, commit, branch, repository } = sourceOf(run);
  return {
    name,
    link: source?.file === undefined ? addressLink(name, links) : links.toFile(name, source.file),
    commit,
    hasCommit: source?.hasCommit === true,
    branch,
    repository: { name: repository, link: addressLink(repository, links) },
  };
}

function addressLink(text: string, links: RunLinks): RunLink | undefined {
  // MLflow appends the folder of a project to its repository, after a `#`.
  return /^https?:\/\/[^\s]+$/i.test(text) ? links.toAddress(text, text) : undefined;
}

function parentOf({ run, surroundings, links }: DetailsInput): RunLink | undefined {
  const id = parentRunId(run);
  return id === undefined
    ? undefined
    : links.toRun(surroundings.parent ?? { id, experimentId: run.experimentId, name: id });
}
