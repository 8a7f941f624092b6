import { MlflowError, type MlflowErrorReason } from './errors';
import type { Found } from './found';

/** What is known of one connection of a window, for whoever shows it. No secret is in it. */
export interface ConnectionFacts {
  /** Its tracking URI. */
  readonly name: string;
  readonly state: 'idle' | 'connecting' | 'ready' | 'failed';
  /** Why it could not be opened, or why the last request failed. */
  readonly error: unknown;
  readonly version: string | undefined;
  readonly storeType: string | undefined;
  /** Who is signed in: a user name, or an empty text for a token; absent for nobody. */
  readonly account: string | undefined;
  /** Any certificate is taken. */
  readonly insecure: boolean;
  /** Why a store on this machine is read through a server of our own. */
  readonly servedBecause?: string | undefined;
  /** When it last answered, in milliseconds since 1970. */
  readonly answeredAt: number | undefined;
  readonly found: Found | undefined;
}

/**
 * How a connection stands, the worst first: it could not be opened, it wants a sign-in, it fails
 * to answer though it was opened; anybody in between can listen; all is well.
 */
export type Standing =
  'failed' | 'signIn' | 'ailing' | 'insecure' | 'ready' | 'connecting' | 'idle';

const wantsSignIn: readonly MlflowErrorReason[] = ['signIn', 'signInRefused', 'unapproved'];

export function standingOf({ state, error, insecure }: ConnectionFacts): Standing {
  if (error instanceof MlflowError && wantsSignIn.includes(error.reason)) {
    return 'signIn';
  }
  if (state !== 'ready') {
    return state;
  }
  return error === undefined ? (insecure ? 'insecure' : 'ready') : 'ailing';
}

/** A tracking URI in few letters: host and port of a server, the last two names of a path. */
export function shortName(name: string): string {
  if (/^https?:/i.test(name)) {
    return name.replace(/^https?:\/\//i, '').replace(/\/.*$/s, '');
  }
  const parts = name.split(/[\\/]+/).filter((part) => part !== '');
  return parts.slice(-2).join('/') || name;
}
