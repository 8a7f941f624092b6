import { RayProblem } from './rayProblem';

/** Where a cluster's Jobs API is. */
export interface RayAddress {
  /** Without a slash at its end, and without user name and password. */
  readonly url: string;
  /** Sent with every request; secret. */
  readonly authorization: string | undefined;
}

const usual = 'http://127.0.0.1:8265';

/**
 * The configured address, or the one that Ray's own `ray job submit` would take. `RAY_ADDRESS` counts where it is http(s): Ray's
 * other addresses reach no Jobs API. Throws a {@link RayProblem}.
 *
 * @param token what Ray wants where it has token authentication
 */
export function rayAddress(
  configured: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  token: string | undefined,
): RayAddress {
  const { RAY_API_SERVER_ADDRESS: api, RAY_ADDRESS: general } = environment;
  const web = general !== undefined && /^https?:/i.test(general) ? general : undefined;
  const text = (configured ?? (api || undefined) ?? web ?? usual).trim();
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) throw new RayProblem('address', text);
  const url = new URL(text);
  const { username, password } = url;
  const authorization =
    username !== '' || password !== ''
      ? basic(username, password, text)
      : token && `Bearer ${token}`;
  return { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, authorization };
}

function basic(username: string, password: string, address: string): string {
  try {
    const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(plain).toString('base64')}`;
  } catch {
    throw new RayProblem('address', address);
  }
}

/** Whether a host is this machine, as seen from itself. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/i.test(hostname);
}
