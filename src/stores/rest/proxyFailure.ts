/** No way through the proxy. Its code is unknown to undici, which then lets every request in wait fail. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  readonly status: number | undefined;
  readonly words: string | undefined;

  /** `proxy` is an origin; `status` and `words` are the proxy's own, `cause` is why there are none. */
  constructor(
    readonly proxy: string,
    parts: { readonly status?: number; readonly words?: string; readonly cause?: unknown },
  ) {
    super('the proxy does not let this through', { cause: parts.cause });
    this.status = parts.status;
    this.words = parts.words;
  }
}
