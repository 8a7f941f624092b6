import { MlflowError } from '../../mlflow/errors';
import type { Transport } from '../../mlflow/transport';

type Headers = Readonly<Record<string, string>>;

/** What the connection itself decides, or what would make the answer unreadable. */
const reserved: readonly string[] = [
  'host',
  'connection',
  'content-length',
  'content-type',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
  'expect',
  'te',
  'trailer',
  'upgrade',
  'origin',
  'proxy-authorization',
  'proxy-connection',
];

/**
 * The headers of every request, names in lower case. `authorization` wins over the user name in the
 * URI (`ofUri`), which wins over a header of that name. Throws `unsupported` (`transport`) with a
 * sentence that names the header, never its value.
 */
export function requestHeaders(transport: Transport, ofUri: string | undefined): Headers {
  const headers: Record<string, string> = { accept: 'application/json' };
  for (const [name, value] of Object.entries(transport.headers ?? {})) {
    checkName(name);
    checkValue(name, value);
    headers[name.toLowerCase()] = value;
  }
  const authorization = transport.authorization ?? ofUri;
  if (authorization !== undefined) {
    checkValue('Authorization', authorization);
    headers['authorization'] = authorization;
  }
  if (transport.workspace !== undefined) {
    checkValue('X-MLFLOW-WORKSPACE', transport.workspace);
  }
  return headers;
}

/** A token of https://www.rfc-editor.org/rfc/rfc9110#name-tokens. */
function checkName(name: string): void {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
    throw refusal(`“${name}” cannot be the name of a request header.`);
  }
  if (reserved.includes(name.toLowerCase())) {
    throw refusal(`The request header ${name} cannot be set: the connection needs its own.`);
  }
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-field-values */
function checkValue(name: string, value: string): void {
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw refusal(
      `The value of the request header ${name} holds characters that HTTP does not allow.`,
    );
  }
}

function refusal(sentence: string): MlflowError {
  return new MlflowError('unsupported', 'transport', { serverMessage: sentence });
}
