/** What commands do is most of the code of this room; the editor starts sooner without it. */
export function lateHandlers(): Promise<typeof import('./handlers')> {
  return import('./handlers');
}
