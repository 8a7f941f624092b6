import type { RunsPage } from '../../../src/protocol/runsPage';
import type { Link } from '../../kit/link';
import type { Dispatch } from '../state';
import type { TableActions } from '../table/tableActions';
import type { TableView } from '../table/tableView';

/** What the toolbar does things with. */
export interface ToolbarActions {
  readonly dispatch: Dispatch;
  readonly link: Link<RunsPage>;
  readonly table: TableActions;
  readonly refresh: () => void;
  /** The table as it is now: a menu may be open for long. */
  readonly now: () => TableView;
}
