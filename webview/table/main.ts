import './page.css';

import type { TableInit, TablePage } from '../../src/protocol/tablePage';
import type { TablesInit, TablesPage } from '../../src/protocol/tablesPage';
import { connectPage } from '../kit/link';
import type { Link } from '../kit/link';
import { startTable } from './one/startTable';
import { startTables } from './two/startTables';

/** One bundle for two pages, of one table and of two: what they begin with tells which it is. */
const link = connectPage<TablePage>();
const asked: Promise<TableInit | TablesInit> = link.call('init', undefined);
const beginning = await asked.catch(() => undefined);
if (beginning !== undefined && 'files' in beginning)
  void startTables(link as unknown as Link<TablesPage>, Promise.resolve(beginning));
else void startTable(link, asked as Promise<TableInit>);
