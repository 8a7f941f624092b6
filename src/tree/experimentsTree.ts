import type { Experiment } from '../mlflow/model';
import type { Experiments, ExperimentsChange } from '../state/experiments';
import type { ListKey } from '../mlflow/target';
import type { RunColors } from '../state/runColors';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import { ArtifactLists } from './artifactLists';
import { experimentRow, framed, rowsOfRun, runRows, valueRows, valuesPerPage } from './children';
import type { TreeNode } from './node';
import type { Row } from './row';
import { TreeBase } from './treeBase';

/** The Experiments view: experiments, their runs, child runs, values and artifacts. */
export class ExperimentsTree extends TreeBase {
  /** How many values of a group are shown, where that is more than at first. */
  private readonly shownValues = new Map<string, number>();
  private readonly followed = new WeakSet<Experiments>();
  private readonly artifacts = new ArtifactLists((session, rowId, reread) =>
    this.refreshRow(session, rowId, reread),
  );

  constructor(
    sessions: Sessions,
    private readonly colors: RunColors,
  ) {
    super(sessions);
    colors.onDidChange((runIds) => this.paint(runIds));
    sessions.onDidReplace(() => this.shownValues.clear());
  }

  /** Reads on at the end of a list; resolves when the new rows are there. */
  async loadMore(session: Session, of: ListKey): Promise<void> {
    if (of.list === 'values') {
      const shown = this.shownValues.get(of.groupId) ?? valuesPerPage;
      this.shownValues.set(of.groupId, shown + valuesPerPage);
      this.refreshRow(session, of.groupId);
    } else {
      await this.listOf(session, of)?.more();
    }
  }

  /** The row of an experiment that the state knows. */
  findExperiment(session: Session, experimentId: string): Promise<Row | undefined> {
    return this.find(session, [`experiment:${experimentId}`]);
  }

  /** The row of a run that the state knows, its experiment and parents included. */
  async findRun(session: Session, experimentId: string, runId: string): Promise<Row | undefined> {
    const runs = session.experiments?.runs(experimentId);
    if (runs === undefined) {
      return undefined;
    }
    const path = runs.ancestorIds(runId).map((id) => `run:${id}`);
    return this.find(session, [`experiment:${experimentId}`, ...path, `run:${runId}`]);
  }

  protected async rootsOf(session: Session): Promise<readonly TreeNode[]> {
    const status = await session.connection.ensure();
    const { experiments } = session;
    if (status.kind !== 'ready' || experiments === undefined) {
      return this.unconnected(status);
    }
    this.follow(session, experiments);
    const { list } = experiments;
    await list.ensure();
    const rows = experiments.shownExperiments.map((shown) => this.rowOf(experiments, shown));
    return framed({ list: 'experiments' }, list, rows);
  }

  protected async childrenOf(node: TreeNode, session: Session): Promise<readonly TreeNode[]> {
    const { experiments } = session;
    if (experiments === undefined) {
      return [];
    }
    switch (node.kind) {
      case 'experiment': {
        const runs = experiments.runs(node.experiment.id);
        await runs.list.ensure();
        session.noteRead();
        return runRows(node.experiment, runs, experiments.lifecycle, this.colorOf);
      }
      case 'run': {
        const { id, experimentId } = node.run;
        const experiment = experiments.experiment(experimentId);
        if (experiment === undefined) {
          return [];
        }
        const runs = experiments.runs(experimentId);
        const childList = runs.childList(id);
        await childList?.ensure();
        session.noteRead();
        const path = new Set([...runs.ancestorIds(id), id]);
        return rowsOfRun(runs.run(id) ?? node.run, experiment, runs, childList, path, this.colorOf);
      }
      case 'group': {
        const run = experiments.runs(node.experimentId).run(node.runId);
        const limit = this.shownValues.get(node.id) ?? valuesPerPage;
        return run === undefined ? [] : valueRows(node, run, limit);
      }
      default:
        return this.artifacts.under(node, session);
    }
  }

  private readonly colorOf = (runId: string): number => this.colors.of(runId);

  private paint(runIds: ReadonlySet<string>): void {
    for (const session of this.sessions.all) {
      for (const runId of runIds) {
        this.refreshRow(session, `run:${runId}`, (node) =>
          node.kind === 'run' ? { ...node, color: this.colors.of(runId) } : node,
        );
      }
    }
  }

  private listOf(session: Session, of: ListKey): { more(): Promise<void> } | undefined {
    const { experiments } = session;
    switch (of.list) {
      case 'experiments':
        return experiments?.list;
      case 'runs':
        return experiments?.runs(of.experimentId).list;
      case 'children':
        return experiments?.runs(of.experimentId).childList(of.runId);
      default:
        return this.artifacts.listOf(session, of);
    }
  }

  private follow(session: Session, experiments: Experiments): void {
    if (!this.followed.has(experiments)) {
      this.followed.add(experiments);
      experiments.onDidChange((change) => this.draw(session, experiments, change));
    }
  }

  private draw(session: Session, experiments: Experiments, change: ExperimentsChange): void {
    if (change.kind === 'experiments') {
      this.refreshSession(session);
      return;
    }
    const { experimentId } = change;
    if (change.kind === 'runs') {
      this.refreshRow(session, `experiment:${experimentId}`, (node) =>
        node.kind === 'experiment' ? this.rowOf(experiments, node.experiment) : node,
      );
    } else {
      const runs = experiments.runs(experimentId);
      const run = runs.run(change.runId);
      const watched = runs.isWatched(change.runId);
      this.refreshRow(session, `run:${change.runId}`, (node) =>
        node.kind === 'run' && run !== undefined ? { ...node, run, watched } : node,
      );
    }
  }

  private rowOf(experiments: Experiments, experiment: Experiment): TreeNode {
    const { id } = experiment;
    return experimentRow(experiment, experiments.isPinned(id), experiments.selection(id));
  }
}
