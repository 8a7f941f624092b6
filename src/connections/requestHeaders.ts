import { TransportProblem } from './transportProblem';
import type { LeveledSettings } from './transportSettings';
import type { Variables } from './variables';

/** Headers that belong to the connection itself; setting them would break it, or smuggle requests. */
const ofTheConnection = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Names as HTTP has them (RFC 9110, 5.6.2), in lower case. */
export type Headers = Readonly<Record<string, string>>;

/**
 * The headers of `mlflow.requestHeaders`: the user's, where `withUsers`, and above them those of
 * the workspace. `${env:NAME}` is replaced in the user's alone, since a workspace must not read the
 * environment. Throws `TransportProblem` for what cannot be a header.
 */
export function requestHeaders(
  settings: LeveledSettings,
  environment: Variables,
  withUsers: boolean,
): Headers {
  const own = withUsers ? (settings.user.requestHeaders ?? {}) : {};
  const theirs = settings.workspace.requestHeaders ?? {};
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(own)) {
    set(headers, name, withVariables(value, environment));
  }
  for (const [name, value] of Object.entries(theirs)) {
    set(headers, name, value);
  }
  return Object.fromEntries(headers);
}

function set(headers: Map<string, string>, name: string, value: string): void {
  const lower = name.toLowerCase();
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || ofTheConnection.includes(lower)) {
    throw new TransportProblem({ what: 'headerName', name });
  }
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new TransportProblem({ what: 'headerValue', name });
  }
  headers.set(lower, value.trim());
}

function withVariables(value: string, environment: Variables): string {
  return value.replace(/\$\{env:([^}]+)\}/g, (_whole, name: string) => environment[name] ?? '');
}
