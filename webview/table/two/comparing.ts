import type { ComparedWindow, TablesPage } from '../../../src/protocol/tablesPage';
import { reasonOf } from '../../kit/announce';
import type { Link } from '../../kit/link';
import type { PageStore } from '../../kit/pageStore';
import { CellBlocks } from '../grid/cellBlocks';
import { shownColumns } from './state';
import type { PageAction, PageState } from './state';

/** Compares once both tables are read, and again when rows are matched otherwise; asks for the cells that are seen. */
export class Comparing {
  readonly blocks: CellBlocks<ComparedWindow>;
  private compared = '';
  private shown = '';
  private latest: AbortController | undefined;

  constructor(
    readonly store: PageStore<PageState, PageAction>,
    readonly link: Link<TablesPage>,
  ) {
    this.blocks = new CellBlocks(
      ({ fromRow, toRow, fromColumn, toColumn }, signal) => {
        const { state } = store;
        const columns = shownColumns(state).slice(fromColumn, toColumn);
        const { onlyDifferences } = state.kept;
        return link.call('window', { onlyDifferences, fromRow, toRow, columns }, signal);
      },
      () => store.dispatch({ type: 'cells' }),
      (error) => store.dispatch({ type: 'refused', sentence: reasonOf(error) }),
    );
  }

  begin(): void {
    this.store.onChange((state) => this.follow(state));
    this.follow(this.store.state);
  }

  /** Reads both files again. */
  again(): void {
    this.compared = '';
    void this.link
      .call('read', undefined)
      .catch((error: unknown) =>
        this.store.dispatch({ type: 'refused', sentence: reasonOf(error) }),
      );
  }

  private follow(state: PageState): void {
    const shown = JSON.stringify([state.kept.onlyDifferences, state.kept.key, this.compared]);
    if (shown !== this.shown) {
      this.shown = shown;
      this.blocks.clear();
      // The grid has asked for cells in this frame already, and would not again.
      this.store.dispatch({ type: 'cells' });
    }
    const isRead = state.files.every(({ progress }) => isHere(progress.standing));
    if (!isRead) return;
    const wanted = JSON.stringify([
      state.kept.key ?? null,
      state.files.map(({ progress }) => progress.facts.rows),
    ]);
    if (wanted === this.compared) return;
    this.compared = wanted;
    void this.compare(state.kept.key);
  }

  private async compare(key: string | undefined): Promise<void> {
    this.latest?.abort();
    const { signal } = (this.latest = new AbortController());
    this.store.dispatch({ type: 'comparing' });
    try {
      const facts = await this.link.call('compare', { key }, signal);
      this.blocks.clear();
      this.store.dispatch({ type: 'compared', facts });
    } catch (error) {
      if (!signal.aborted) this.store.dispatch({ type: 'refused', sentence: reasonOf(error) });
    }
  }
}

function isHere(standing: string): boolean {
  return standing === 'complete' || standing === 'stopped';
}
