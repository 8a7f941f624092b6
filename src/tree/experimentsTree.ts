import type { Experiment } from '../mlflow/model';
import type { Experiments, ExperimentsChange } from '../state/experiments';
import type { ListKey } from '../mlflow/target';
import type { Session } from '../state/session';
import { experimentRow, framed, rowsOfRun, runRows, valueRows, valuesPerPage } from './children';
import type { TreeNode } from './node';
import type { Row } from './row';
import { TreeBase } from './treeBase';

/** The Experiments view: experiments, their runs, child runs and values. */
export class ExperimentsTree extends TreeBase {
  /** How many values of a group are shown, where that is more than at first. */
  private readonly shownValues = new Map<string, number>();
  private followed: Experiments | undefined;

  constructor(private readonly session: Session) {
    super();
    session.onDidReplace(() => {
      this.shownValues.clear();
      this.refresh();
    });
  }

  /** Reads on at the end of a list; resolves when the new rows are there. */
  async loadMore(of: ListKey): Promise<void> {
    if (of.list === 'values') {
      const shown = this.shownValues.get(of.groupId) ?? valuesPerPage;
      this.shownValues.set(of.groupId, shown + valuesPerPage);
      this.refreshRow(of.groupId);
    } else {
      await this.listOf(of)?.more();
    }
  }

  /** The row of a run that the state knows, its experiment and parents included. */
  async findRun(experimentId: string, runId: string): Promise<Row | undefined> {
    const runs = this.session.experiments?.runs(experimentId);
    if (runs === undefined) {
      return undefined;
    }
    const path = runs.ancestorIds(runId).map((id) => `run:${id}`);
    return this.find([`experiment:${experimentId}`, ...path, `run:${runId}`]);
  }

  protected async roots(): Promise<readonly TreeNode[]> {
    const status = await this.session.connection.ensure();
    const { experiments } = this.session;
    if (status.kind !== 'ready' || experiments === undefined) {
      return this.unconnected(status);
    }
    this.follow(experiments);
    const { list } = experiments;
    await list.ensure();
    const rows = experiments.shownExperiments.map((shown) => this.rowOf(experiments, shown));
    return framed({ list: 'experiments' }, list, rows);
  }

  protected async childrenOf(node: TreeNode): Promise<readonly TreeNode[]> {
    const { experiments } = this.session;
    if (experiments === undefined) {
      return [];
    }
    switch (node.kind) {
      case 'experiment': {
        const runs = experiments.runs(node.experiment.id);
        await runs.list.ensure();
        this.session.noteRead();
        return runRows(node.experiment, runs, experiments.lifecycle);
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
        this.session.noteRead();
        const path = new Set([...runs.ancestorIds(id), id]);
        return rowsOfRun(runs.run(id) ?? node.run, experiment, runs, childList, path);
      }
      case 'group': {
        const run = experiments.runs(node.experimentId).run(node.runId);
        const limit = this.shownValues.get(node.id) ?? valuesPerPage;
        return run === undefined ? [] : valueRows(node, run, limit);
      }
      default:
        return [];
    }
  }

  private listOf(of: ListKey): { more(): Promise<void> } | undefined {
    const { experiments } = this.session;
    switch (of.list) {
      case 'experiments':
        return experiments?.list;
      case 'runs':
        return experiments?.runs(of.experimentId).list;
      case 'children':
        return experiments?.runs(of.experimentId).childList(of.runId);
      default:
        return undefined;
    }
  }

  private follow(experiments: Experiments): void {
    if (this.followed !== experiments) {
      this.followed = experiments;
      experiments.onDidChange((change) => this.draw(experiments, change));
    }
  }

  private draw(experiments: Experiments, change: ExperimentsChange): void {
    if (change.kind === 'experiments') {
      this.refresh();
      return;
    }
    const { experimentId } = change;
    if (change.kind === 'runs') {
      this.refreshRow(`experiment:${experimentId}`, (node) =>
        node.kind === 'experiment' ? this.rowOf(experiments, node.experiment) : node,
      );
    } else {
      const run = experiments.runs(experimentId).run(change.runId);
      this.refreshRow(`run:${change.runId}`, (node) =>
        node.kind === 'run' && run !== undefined ? { ...node, run } : node,
      );
    }
  }

  private rowOf(experiments: Experiments, experiment: Experiment): TreeNode {
    const { id } = experiment;
    return experimentRow(experiment, experiments.isPinned(id), experiments.selection(id));
  }
}
