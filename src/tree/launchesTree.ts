import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { DisposableStore } from '../base/disposable';
import { setContextKey } from '../host/contextKeys';
import { clock, dateText, shortDateText } from '../host/times';
import { commands, contextKeys, rowFacets, rowKinds, views } from '../ids';
import { formatShort, toOneLine } from '../mlflow/format';
import type { Targeted } from '../mlflow/target';
import { isGoingOn, type Launch, type Launches, type LaunchState } from '../state/launches';
import { contextValue, icon } from './itemParts';

/** A row of the Launches view; the same object for the same launch. */
export interface LaunchRow extends Targeted {
  readonly id: string;
}

/** The Launches view: what was started in this workspace, the newest first. */
export class LaunchesTree implements vscode.TreeDataProvider<LaunchRow>, Disposable {
  private readonly changes = new vscode.EventEmitter<LaunchRow | undefined>();
  private readonly rows = new Map<string, LaunchRow>();
  private readonly owned = new DisposableStore();
  private hadEnded = false;

  readonly onDidChangeTreeData = this.changes.event;

  constructor(private readonly launches: Launches) {
    const view = vscode.window.createTreeView(views.launches, {
      treeDataProvider: this,
      canSelectMany: true,
    });
    this.owned.add(view);
    this.owned.add(this.changes);
    const tell = (): void => {
      const going = launches.all.filter(isGoingOn).length;
      view.badge = going === 0 ? undefined : { value: going, tooltip: goingText(going) };
      this.tellEnded();
    };
    this.owned.add(
      launches.onDidChange((launch) => {
        this.changes.fire(launch && this.rows.get(launch.id));
        tell();
      }),
    );
    tell();
  }

  getChildren(row?: LaunchRow): readonly LaunchRow[] & LaunchRow[] {
    const shown = row === undefined ? this.launches.all : this.launches.below(row.id);
    return shown.map(({ id }) => this.rowOf(id));
  }

  getTreeItem({ id }: LaunchRow): vscode.TreeItem {
    const launch = this.launches.get(id);
    return launch === undefined
      ? new vscode.TreeItem('')
      : drawLaunch(launch, this.launches.below(id).length > 0);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private rowOf(id: string): LaunchRow {
    const row = this.rows.get(id) ?? { id, target: { kind: 'launch', id } };
    this.rows.set(id, row);
    return row;
  }

  private tellEnded(): void {
    const hasEnded = this.launches.all.some((launch) => !isGoingOn(launch));
    if (hasEnded !== this.hadEnded) {
      this.hadEnded = hasEnded;
      setContextKey(contextKeys.hasEndedLaunches, hasEnded);
    }
  }
}

const icons: Record<LaunchState, string> = {
  starting: 'loading~spin',
  running: 'sync~spin',
  stopping: 'loading~spin',
  finished: 'pass',
  failed: 'error',
  stopped: 'circle-slash',
};

const colors: Partial<Record<LaunchState, string>> = {
  finished: 'testing.iconPassed',
  failed: 'testing.iconFailed',
};

/** What a row of the Launches view shows. */
export function drawLaunch(launch: Launch, hasRuns = false): vscode.TreeItem {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(toOneLine(launch.name), hasRuns ? Collapsed : None);
  item.id = launch.id;
  const isHindered = isGoingOn(launch) && launch.message !== undefined;
  item.iconPath = isHindered
    ? icon('warning', 'list.warningForeground')
    : icon(icons[launch.state], colors[launch.state]);
  item.contextValue = contextValue(rowKinds.launch, {
    [rowFacets.going]: isGoingOn(launch),
    [rowFacets.hasRun]: launch.run !== undefined,
    [rowFacets.sweep]: launch.kind === 'sweep',
    [rowFacets.ofSweep]: launch.parent !== undefined,
    [rowFacets.resumable]:
      launch.kind === 'sweep' && (launch.state === 'stopped' || launch.state === 'failed'),
    [rowFacets.hasFailed]: (launch.progress?.failed ?? 0) > 0,
  });
  const named = launch.run?.name === launch.name ? undefined : launch.run?.name;
  const parts = [
    ...progressParts(launch),
    named,
    startText(launch.startedAt),
    launch.message,
  ].filter((part) => part !== undefined);
  item.description = parts.map((part) => toOneLine(part, 60)).join(' · ');
  item.tooltip = [
    toOneLine(launch.name),
    stateText(launch.state),
    launch.progress &&
      progressParts(launch)
        .filter((part) => part !== undefined)
        .join(' · '),
    dateText(launch.startedAt),
    launch.message,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
  item.accessibilityInformation = {
    label: [toOneLine(launch.name), stateText(launch.state), ...parts].join(', '),
  };
  const target: Targeted = { target: { kind: 'launch', id: launch.id } };
  item.command = {
    command: commands.openLaunchedRun,
    title: vscode.l10n.t('Open Run'),
    arguments: [target],
  };
  return item;
}

function progressParts({ progress, state }: Launch): readonly (string | undefined)[] {
  if (progress === undefined) {
    return state === 'stopping' ? [stateText(state)] : [];
  }
  const { total, done, running, failed, endedEarly, best, secondsLeft } = progress;
  return [
    Number.isFinite(total)
      ? vscode.l10n.t('{0} of {1}', done + endedEarly, total)
      : vscode.l10n.t('{0} done', done + endedEarly),
    running > 0 ? vscode.l10n.t('{0} running', running) : undefined,
    failed > 0 ? vscode.l10n.t('{0} failed', failed) : undefined,
    endedEarly > 0 ? vscode.l10n.t('{0} ended early', endedEarly) : undefined,
    best && vscode.l10n.t('best {0} {1}', best.metric, formatShort(best.value)),
    secondsLeft !== undefined && state === 'running' ? leftText(secondsLeft) : undefined,
    state === 'stopping' ? stateText(state) : undefined,
  ];
}

/** Of today, the time is enough. */
function startText(time: number): string | undefined {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  return isToday ? clock(time) : shortDateText(time);
}

function leftText(seconds: number): string {
  return seconds < 90
    ? vscode.l10n.t('{0} s left', Math.ceil(seconds))
    : seconds < 5400
      ? vscode.l10n.t('{0} min left', Math.round(seconds / 60))
      : vscode.l10n.t('{0} h left', Math.round(seconds / 3600));
}

function goingText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 launch runs') : vscode.l10n.t('{0} launches run', count);
}

function stateText(state: LaunchState): string {
  switch (state) {
    case 'starting':
      return vscode.l10n.t('starting');
    case 'running':
      return vscode.l10n.t('running');
    case 'stopping':
      return vscode.l10n.t('stopping');
    case 'finished':
      return vscode.l10n.t('finished');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'stopped':
      return vscode.l10n.t('stopped');
  }
}
