/** The window is not connected to this any more. */
export class ConnectionGone extends Error {
  override readonly name = 'ConnectionGone';

  /** @param connection id of its session; absent where nothing but its key is known */
  constructor(readonly connection: string | undefined) {
    super(`not connected to ${connection ?? 'the server of an address'}`);
  }

  /** The extension and what it loads later each have a class of their own, and know the errors of both. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'ConnectionGone';
  }
}
