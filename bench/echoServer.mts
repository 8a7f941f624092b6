/**
 * A server that answers at once: the same page of 100 runs for `runs/search`, one experiment for anything
 * else. In a process of its own, so that its work is not taken for that of the client. Prints its port.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const listOf = <T,>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const run = (index: number): object => {
  const id = index.toString(16).padStart(32, '0');
  return {
    info: {
      run_uuid: id,
      run_id: id,
      experiment_id: '1',
      run_name: `bulk-run-${index}`,
      user_id: 'bench',
      status: 'FINISHED',
      start_time: 1_700_000_000_000 + index,
      end_time: 1_700_000_060_000 + index,
      artifact_uri: `mlflow-artifacts:/1/${id}/artifacts`,
      lifecycle_stage: 'active',
    },
    data: {
      metrics: listOf(8, (n) => ({
        key: `metric_${n}`,
        value: Math.sin(index + n),
        timestamp: 1_700_000_000_000,
        step: 0,
      })),
      params: listOf(6, (n) => ({ key: `param_${n}`, value: String(0.001 * (n + index)) })),
      tags: listOf(5, (n) => ({ key: `tag_${n}`, value: 'seats' })),
    },
    inputs: {},
    outputs: {},
  };
};

/** MLflow indents by two spaces. */
const encode = (value: object): Buffer => Buffer.from(JSON.stringify(value, undefined, 2));
const page = encode({ runs: listOf(100, run), next_page_token: 'eyJvZmZzZXQiOiAxMDB9' });
const experiment = encode({
  experiment: { experiment_id: '1', name: 'one', lifecycle_stage: 'active', tags: [] },
});

const server = createServer((request, response) => {
  const body = request.url?.endsWith('/runs/search') === true ? page : experiment;
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`port ${(server.address() as AddressInfo).port}`);
});
