import { BlockList, isIP } from 'node:net';
import { MlflowError } from '../../mlflow/errors';
import type { ProxyOptions } from '../../mlflow/transport';
import { basicAuth } from './address';

/** A proxy, taken apart. */
export interface Proxy {
  readonly url: URL;
  /** Scheme, host and port, without credentials. */
  readonly origin: string;
  /** Value of `Proxy-Authorization`. */
  readonly authorization: string | undefined;
}

const loopback: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/**
 * The proxy that stands before `origin`; `undefined` where it is reached directly. This machine
 * itself always is, as in VS Code: a proxy elsewhere could not reach it, whatever `noProxy` says.
 * Throws `unsupported` (`transport`) for an address that is none, or of another scheme.
 */
export function chooseProxy(origin: string, options: ProxyOptions = {}): Proxy | undefined {
  const target = new URL(origin);
  const address = target.protocol === 'https:' ? options.https : options.http;
  if (address === undefined || address.trim() === '') {
    return undefined;
  }
  const host = bareHost(target.hostname);
  const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
  const direct = loopback.includes(host) || excepts(options.noProxy ?? '', host, port);
  return direct ? undefined : parseProxy(address.trim(), options.authorization);
}

function parseProxy(address: string, authorization: string | undefined): Proxy {
  const whole = address.includes('://') ? address : `http://${address}`;
  if (!URL.canParse(whole)) {
    throw refusal('The address of the proxy is not a valid URL.');
  }
  const url = new URL(whole);
  const { protocol, host, username, password } = url;
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw refusal(`The proxy ${protocol}//${host} is neither an http nor an https proxy.`);
  }
  return {
    url,
    origin: url.origin,
    authorization: authorization ?? (username === '' ? undefined : basicAuth(username, password)),
  };
}

/** Whether a list like `NO_PROXY` names the host: `host`, `.domain`, `*.domain`, `10.0.0.0/8`, `*`, with `:port`. */
function excepts(list: string, host: string, port: number): boolean {
  return list
    .toLowerCase()
    .split(/[,;\s]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [name, ofPort] = splitPort(entry);
      return (ofPort === undefined || ofPort === port) && names(name, host);
    });
}

function names(name: string, host: string): boolean {
  if (name === '*') {
    return true;
  }
  if (name.includes('/')) {
    return inSubnet(name, host);
  }
  if (name.startsWith('*.')) {
    return host.endsWith(name.slice(1));
  }
  const domain = name.replace(/^\./, '').replace(/\.$/, '');
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

function inSubnet(subnet: string, host: string): boolean {
  const [network = '', bits] = subnet.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits ?? '')) {
    return false;
  }
  const type = family === 6 ? 'ipv6' : 'ipv4';
  try {
    const list = new BlockList();
    list.addSubnet(network, Number(bits), type);
    return list.check(host, type);
  } catch {
    return false;
  }
}

/** An IPv6 address has a port only behind brackets. */
function splitPort(entry: string): [string, number | undefined] {
  const [, name = entry, port] =
    /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry) ?? ([] as readonly string[]);
  return [bareHost(name), port === undefined ? undefined : Number(port)];
}

function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.+)\]$/, '$1')
    .replace(/(?<=.)\.$/, '');
}

function refusal(sentence: string): MlflowError {
  return new MlflowError('unsupported', 'transport', { serverMessage: sentence });
}
