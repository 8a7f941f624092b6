import { userInfoOf, withoutUserInfo, type SignIn } from '../mlflow/signIn';
import {
  variable,
  type Owned,
  type Owner,
  type Variables,
  type VariableSources,
} from './variables';

/** Everything that may say how to sign in to one server. */
export interface SignInSources extends VariableSources {
  /** What Sign In stored for the server's origin. */
  readonly stored: SignIn | undefined;
  /** The tracking URI with whatever user name and password it holds, and who wrote it. */
  readonly uri: Owned<string>;
  /** User name and password of `~/.mlflow/credentials`, under the names of the variables. */
  readonly credentialsFile: Variables;
}

/** A sign-in; it is the user's as soon as any part of it is. */
export type PickedSignIn = Owned<SignIn>;

/**
 * The sign-in that goes to a server: one stored for it, else the one in the URI, else MLflow's
 * own order (`mlflow.utils.credentials`, `mlflow.utils.rest_utils`): user name and password from
 * the environment, each falling back to the credentials file, else the token.
 */
export function pickSignIn(sources: SignInSources): PickedSignIn | undefined {
  const { stored } = sources;
  return stored === undefined
    ? (inUri(sources.uri) ?? inVariables(sources))
    : { value: stored, owner: 'user' };
}

/** What is left once everything of the user's own is taken away. */
export function withoutUsers(sources: SignInSources): SignInSources {
  const { uri } = sources;
  return {
    stored: undefined,
    uri: uri.owner === 'user' ? { ...uri, value: withoutUserInfo(uri.value) } : uri,
    environment: {},
    envFile: sources.envFile,
    credentialsFile: {},
  };
}

function inUri({ value, owner }: Owned<string>): PickedSignIn | undefined {
  const signIn = userInfoOf(value);
  return signIn && { value: signIn, owner };
}

function inVariables(sources: SignInSources): PickedSignIn | undefined {
  const user = part(sources, 'MLFLOW_TRACKING_USERNAME');
  const password = part(sources, 'MLFLOW_TRACKING_PASSWORD');
  if (user !== undefined && password !== undefined) {
    const owner = ownerOf(user.owner, password.owner);
    return { value: { kind: 'basic', user: user.value, password: password.value }, owner };
  }
  const token = variable(sources, 'MLFLOW_TRACKING_TOKEN');
  return token === undefined || token.value === ''
    ? undefined
    : { value: { kind: 'token', token: token.value }, owner: token.owner };
}

function part(sources: SignInSources, name: string): Owned<string> | undefined {
  const set = variable(sources, name);
  if (set !== undefined && set.value !== '') {
    return set;
  }
  const value = sources.credentialsFile[name];
  return value === undefined || value === '' ? undefined : { value, owner: 'user' };
}

function ownerOf(...owners: readonly Owner[]): Owner {
  return owners.includes('user') ? 'user' : 'workspace';
}

/** Value of the `Authorization` header; user name and password in UTF-8 (RFC 7617). */
export function authorizationOf(signIn: SignIn): string {
  return signIn.kind === 'token'
    ? `Bearer ${signIn.token}`
    : `Basic ${Buffer.from(`${signIn.user}:${signIn.password}`, 'utf8').toString('base64')}`;
}
