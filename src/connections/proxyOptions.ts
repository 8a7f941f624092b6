import type { ProxyOptions } from '../mlflow/transport';
import type { Variables } from './variables';

/** VS Code's `http.*` settings, as far as they are about proxies. */
export interface ProxySettings {
  /** `http.proxySupport` is not `off`. */
  readonly enabled: boolean;
  /** `http.proxy`; empty when it is not set. */
  readonly proxy: string;
  /** `http.noProxy`. */
  readonly noProxy: readonly string[];
  /** `http.proxyAuthorization`. */
  readonly authorization: string | undefined;
  /** `http.proxyStrictSSL`. For extensions it is about the proxy's certificate alone. */
  readonly strictTls: boolean;
}

/** VS Code never asks a proxy for these. */
const loopback = ['localhost', '127.0.0.1', '::1'];

/**
 * The proxy by VS Code's settings, else by the environment, lower case first as undici reads it;
 * `undefined` where there is none. As in VS Code, `http.noProxy` takes the place of `NO_PROXY`.
 */
export function proxyOptions(
  settings: ProxySettings,
  environment: Variables,
): ProxyOptions | undefined {
  if (!settings.enabled) {
    return undefined;
  }
  const read = (name: string): string | undefined =>
    environment[name.toLowerCase()] ?? environment[name.toUpperCase()];
  const set = settings.proxy.trim();
  const http = set || (read('http_proxy') ?? read('all_proxy') ?? '').trim();
  const https =
    set || (read('https_proxy') ?? read('all_proxy') ?? read('http_proxy') ?? '').trim();
  if (http === '' && https === '') {
    return undefined;
  }
  const direct =
    settings.noProxy.length > 0 ? settings.noProxy : (read('no_proxy') ?? '').split(/[,\s]/);
  return {
    ...(http !== '' && { http: withScheme(http) }),
    ...(https !== '' && { https: withScheme(https) }),
    noProxy: [...direct.map((entry) => entry.trim()).filter(Boolean), ...loopback].join(','),
    ...(settings.authorization && { authorization: settings.authorization }),
    strictTls: settings.strictTls,
  };
}

/** `host:3128` without a scheme is what many environments hold. */
function withScheme(proxy: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}
