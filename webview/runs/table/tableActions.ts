import * as l10n from '@vscode/l10n';
import type { RunsPage } from '../../../src/protocol/runsPage';
import { announce, announceOutcome } from '../../kit/announce';
import type { Link } from '../../kit/link';
import { openMenu } from '../../kit/menu';
import type { Span } from '../../kit/span';
import type { WidePlace } from '../../kit/wideGrid/wideGridModel';
import type { Dispatch } from '../state';
import { columnMenu } from './columnMenu';
import { copiedCell, copyRuns } from './copyRuns';
import { rowMenu } from './rowMenu';
import { targetsAt } from './selection';
import type { TableView } from './tableView';

type Action = RunsPage['requests']['act']['params']['action'];

/** Whether the histories of a metric are read for its extremes. */
export interface Histories {
  isStopped(metric: string): boolean;
  stop(metric: string): void;
  resume(metric: string): void;
}

/** What is done with rows and columns, by whatever way a person takes. */
export class TableActions {
  constructor(
    readonly dispatch: Dispatch,
    readonly link: Link<RunsPage>,
    /** Is told which rows are in sight. */
    readonly seen: (rows: Span) => void,
    readonly histories: Histories,
  ) {}

  act(action: Action, runs: readonly string[]): void {
    if (runs.length === 0) return;
    void announceOutcome(this.link.call('act', { action, runs }).then(() => undefined));
  }

  open(runs: readonly string[]): void {
    const [run] = runs;
    if (run !== undefined && runs.length === 1) this.act('open', [run]);
  }

  copy(text: string, said: string): void {
    void announceOutcome(this.link.call('copy', text).then(() => said));
  }

  openMenu(view: TableView, { row, column }: WidePlace, element: HTMLElement): void {
    const id = view.columns[column];
    if (row >= 0) {
      const runs = targetsAt(view, row);
      if (runs.length > 0)
        openMenu(element, l10n.t('Actions for runs'), rowMenu(view, runs, { row, column }, this));
    } else if (id !== undefined) {
      openMenu(element, l10n.t('Actions for the column'), columnMenu(view, id, this));
    }
  }

  /** Keys that the grid itself does not know. */
  press(view: TableView, event: KeyboardEvent, { row, column }: WidePlace): boolean {
    if (row < 0) return false;
    const runs = targetsAt(view, row);
    const isFar = event.ctrlKey || event.metaKey;
    if (event.key === 'Delete' && !isFar) this.act('delete', runs);
    else if (event.key === 'F2') this.rename(runs);
    else if (isFar && event.key.toLowerCase() === 'c') this.copyAt(view, { row, column }, runs);
    else return false;
    return true;
  }

  private rename(runs: readonly string[]): void {
    if (runs.length === 1) this.act('rename', runs);
    else announce(l10n.t('One run can be renamed at a time.'));
  }

  private copyAt(view: TableView, place: WidePlace, runs: readonly string[]): void {
    if (runs.length > 1) copyRuns(view, runs, 'text', this);
    else this.copy(copiedCell(view, place), l10n.t('The cell was copied.'));
  }
}
