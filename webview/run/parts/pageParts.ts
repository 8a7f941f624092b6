import type { RunPage } from '../../../src/protocol/runPage';
import type { Link } from '../../kit/link';
import type { Dispatch, PageState } from '../state';

/** What each part of the page is made from. */
export interface PageParts {
  readonly state: PageState;
  readonly dispatch: Dispatch;
  readonly link: Link<RunPage>;
}
