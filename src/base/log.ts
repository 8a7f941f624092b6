/** Where a room writes what happened; never a secret, never a whole reply. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
