import { parentPort } from 'node:worker_threads';

import { type Channel, serve } from '../protocol/rpc';
import { TableServer } from './tableServer';
import { encodeTableError } from './tableError';
import type { TableProtocol } from './tableProtocol';

/** The worker's end of the tables. */
function serveTables(channel: Channel): void {
  const tables = new TableServer((want) => served.emit('want', want));
  const served = serve<TableProtocol>(channel, tables.handlers, encodeTableError);
}

if (parentPort !== null) {
  const port = parentPort;
  serveTables({
    post: (message, transfer) => port.postMessage(message, transfer),
    onMessage: (listener) => {
      port.on('message', listener);
      return () => port.off('message', listener);
    },
  });
}
