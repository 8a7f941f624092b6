/**
 * How a server is spoken to, as plain data. It may hold secrets: it is handed to the store worker
 * and never written down, logged or shown.
 */
export interface Transport {
  /** Value of the `Authorization` header; takes the place of a user name in the URI. */
  readonly authorization?: string | undefined;
  /** Further headers of every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The MLflow 3 workspace; sent only to a server that has workspaces. */
  readonly workspace?: string | undefined;
  readonly tls?: TlsOptions | undefined;
  readonly proxy?: ProxyOptions | undefined;
}

/** Which certificates count. All of them are PEM texts. */
export interface TlsOptions {
  /** Authorities trusted besides those that Node.js brings. */
  readonly ca?: readonly string[] | undefined;
  /** Whether the operating system's authorities count, too. */
  readonly systemCertificates?: boolean | undefined;
  /** Shown to a server that asks for it; key and certificate may be one text. */
  readonly clientCertificate?: { readonly cert: string; readonly key: string } | undefined;
  /** Takes any certificate. */
  readonly insecure?: boolean | undefined;
}

/** Which proxy stands before which servers. */
export interface ProxyOptions {
  /** Proxy for `http:` addresses, with user name and password where it wants them. */
  readonly http?: string | undefined;
  /** The same for `https:` addresses. */
  readonly https?: string | undefined;
  /** Hosts that are reached directly, as in `NO_PROXY`: comma-separated, with ports and leading dots. */
  readonly noProxy?: string | undefined;
  /** Value of the `Proxy-Authorization` header; takes the place of a user name in the proxy's address. */
  readonly authorization?: string | undefined;
  /** Whether the certificate of an `https:` proxy has to be valid. */
  readonly strictTls?: boolean | undefined;
}
