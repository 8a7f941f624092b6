/** What every call rejects with once its signal fires. */
export function abortError(): Error {
  return new DOMException('This operation was aborted', 'AbortError');
}
