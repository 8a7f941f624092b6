/**
 * A plain static server: the file of its argument wherever MLflow has artifacts, with ranges, as fast as it is taken, and a
 * run that has it. In a process of its own, so that its work is not taken for that of the client. Prints its port.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [file = ''] = process.argv.slice(2);
const { size, mtimeMs } = statSync(file);
const run = {
  info: {
    run_id: 'a'.repeat(32),
    experiment_id: '1',
    status: 'FINISHED',
    lifecycle_stage: 'active',
  },
  data: {},
};
const known: Readonly<Record<string, string>> = {
  '/version': '3.17.2',
  '/api/3.0/mlflow/server-info': '{"store_type":"SqlStore"}',
  '/api/2.0/mlflow/runs/get': JSON.stringify({
    run: { ...run, info: { ...run.info, artifact_uri: 'mlflow-artifacts:/1/a/artifacts' } },
  }),
};

const server = createServer((request, response) => {
  const text = known[request.url?.split('?')[0] ?? ''];
  if (text !== undefined) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    return;
  }
  const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(first ?? 0);
  response.writeHead(first === undefined ? 200 : 206, {
    'content-length': size - start,
    'content-type': 'application/octet-stream',
    etag: `"${mtimeMs}-${size}"`,
    ...(first !== undefined && { 'content-range': `bytes ${start}-${size - 1}/${size}` }),
  });
  createReadStream(file, { start, highWaterMark: 1024 * 1024 }).pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`port ${(server.address() as AddressInfo).port}`);
});
