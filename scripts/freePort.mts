import { createServer } from 'node:net';

/** Below what systems hand out by themselves, so that nobody is given one before it is listened on again. */
const range = { first: 20_000, count: 12_000 };
const tries = 100;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A loopback port that nobody listens on at this moment. */
export const freePort = async (): Promise<number> => {
  for (let tried = 0; tried < tries; tried++) {
    const port = range.first + Math.floor(Math.random() * range.count);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port was found.');
};
