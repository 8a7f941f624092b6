import type {
  TableFilterMistake,
  TablePage,
  TableProgress,
  TableWindow,
} from '../../../src/protocol/tablePage';
import { reasonOf } from '../../kit/announce';
import { fieldsOf } from '../../kit/fields';
import type { Link } from '../../kit/link';
import { PageError } from '../../kit/link';
import type { PageStore } from '../../kit/pageStore';
import type { Span } from '../../kit/span';
import { CellBlocks } from '../grid/cellBlocks';
import { naturalOrder } from './state';
import type { PageAction, PageState } from './state';

/** Asks for the order and the rows that a person wants to see, and for the cells that are seen. */
export class Arranging {
  readonly blocks: CellBlocks<TableWindow>;
  private asked: Pick<PageState['kept'], 'sort' | 'filter'> | undefined;
  private latest: AbortController | undefined;
  private seenColumns: Span = { start: 0, end: 16 };
  private seenRows: Span = { start: 0, end: 0 };

  constructor(
    private readonly store: PageStore<PageState, PageAction>,
    private readonly link: Link<TablePage>,
  ) {
    this.blocks = this.newBlocks(() => store.state.arrangement.arrangement);
  }

  /** From now on what is asked for is what the page's state says. */
  begin(): void {
    this.asked = { sort: [], filter: '' };
    this.store.onChange(() => this.follow());
    this.follow(false);
  }

  /** More rows have come, or all of them are others. */
  grown(before: number, { facts, standing }: TableProgress): void {
    const isAnew = facts.rows < before;
    if (isAnew) this.blocks.clear();
    else if (facts.rows !== before && this.store.state.arrangement.arrangement === 0)
      this.blocks.forgetFrom(Math.max(0, before - 1));
    const { arrangement, kept } = this.store.state;
    const isNatural = kept.sort.length === 0 && kept.filter === '';
    const isOld = facts.rows > arrangement.of;
    const isDue = standing !== 'reading' || facts.rows > 2 * arrangement.of;
    if (this.asked !== undefined && !isNatural && (isAnew || (isOld && isDue)))
      void this.arrange(isAnew);
    this.see(this.seenRows, this.seenColumns);
  }

  /** These rows and columns are seen; columns count from the first one of the table. */
  see(rows: Span, columns: Span): void {
    this.seenRows = rows;
    this.seenColumns = columns;
    if (rows.end > rows.start) void this.blocks.see(rows, columns);
  }

  /** @param isOther whether it is another order or filter than what a person looked at before */
  private follow(isOther = true): void {
    const { sort, filter } = this.store.state.kept;
    if (sort === this.asked?.sort && filter === this.asked.filter) return;
    const isSame =
      filter === this.asked?.filter && JSON.stringify(sort) === JSON.stringify(this.asked.sort);
    this.asked = { sort, filter };
    if (!isSame && this.store.state.columns.length > 0) void this.arrange(isOther);
  }

  private async arrange(isOther: boolean): Promise<void> {
    this.latest?.abort();
    const controller = (this.latest = new AbortController());
    const { store } = this;
    const { sort, filter } = store.state.kept;
    store.dispatch({ type: 'arranging' });
    try {
      const arrangement =
        sort.length === 0 && filter.trim() === ''
          ? naturalOrder
          : await this.link.call('arrange', { sort, filter }, controller.signal);
      if (controller.signal.aborted) return;
      const first = this.newBlocks(() => arrangement.arrangement);
      const start = isOther ? 0 : this.seenRows.start;
      const end = start + Math.max(1, this.seenRows.end - this.seenRows.start);
      await first.see({ start, end }, this.seenColumns);
      if (controller.signal.aborted) return;
      this.blocks.takeOver(first);
      store.dispatch({ type: 'arranged', arrangement, isOther });
    } catch (error) {
      if (!controller.signal.aborted)
        store.dispatch({ type: 'refused', refusal: refusalOf(error) });
    }
  }

  private newBlocks(arrangement: () => number): CellBlocks<TableWindow> {
    return new CellBlocks(
      async (block, signal) => {
        const area = { ...block, arrangement: arrangement() };
        return this.link.call('window', area, signal);
      },
      () => this.store.dispatch({ type: 'cells' }),
      (error) => this.store.dispatch({ type: 'refused', refusal: refusalOf(error) }),
    );
  }
}

function refusalOf(error: unknown): { sentence: string; mistake: TableFilterMistake | undefined } {
  const { mistake } = fieldsOf(error instanceof PageError ? error.failure : undefined);
  return {
    sentence: reasonOf(error),
    mistake: mistake === undefined ? undefined : (mistake as TableFilterMistake),
  };
}
