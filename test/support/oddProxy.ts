import { createServer } from 'node:http';
import { type ServerOptions, createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket, connect } from 'node:net';

/** What a proxy of the tests does with CONNECT. */
export type ProxyManner =
  | 'passes on'
  | 'refuses'
  | 'asks for a password'
  | 'is silent'
  | 'breaks off'
  | 'talks nonsense'
  | 'breaks off behind the tunnel';

export interface OddProxy {
  readonly url: string;
  manner: ProxyManner;
  /** `host:port` of every CONNECT so far. */
  readonly asked: readonly string[];
  /** Resolves with the next CONNECT; `disconnected` once its connection is gone. */
  nextAsked(): Promise<{ readonly disconnected: Promise<void> }>;
  close(): Promise<void>;
}

/** A proxy with manners, with `tls` an https one; every host name leads to this machine. */
export async function startOddProxy(tls?: ServerOptions): Promise<OddProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const waiting: ((tunnel: { readonly disconnected: Promise<void> }) => void)[] = [];
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', ({ url = '' }, socket: Socket) => {
    asked.push(url);
    const disconnected = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    waiting.splice(0).forEach((resolve) => resolve({ disconnected }));
    socket.on('error', () => undefined);
    treat(proxy.manner, socket, Number(url.split(':')[1]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: OddProxy = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    manner: 'passes on',
    asked,
    nextAsked: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
  return proxy;
}

function treat(manner: ProxyManner, socket: Socket, port: number): void {
  const opened = 'HTTP/1.1 200 Connection established\r\n\r\n';
  switch (manner) {
    case 'passes on': {
      const onward = connect(port, '127.0.0.1', () => {
        socket.write(opened);
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('close', () => onward.destroy());
      return;
    }
    case 'refuses':
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 5\r\n\r\nnever');
      return;
    case 'asks for a password':
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    case 'is silent':
      socket.on('end', () => socket.end()).resume();
      return;
    case 'breaks off':
      socket.destroy();
      return;
    case 'talks nonsense':
      socket.end('SSH-2.0-OpenSSH_9.2\r\n');
      return;
    case 'breaks off behind the tunnel':
      socket.end(opened);
  }
}
