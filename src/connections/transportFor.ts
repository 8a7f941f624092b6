import type { CertificateFiles } from '../mlflow/clientVariables';
import { originOf, type SignIn } from '../mlflow/signIn';
import type { Transport } from '../mlflow/transport';
import { approvalOf } from './approvals';
import { readCredentialsFile } from './credentialsFile';
import { authorizationOf, pickSignIn, withoutUsers, type SignInSources } from './pickSignIn';
import { proxyOptions, type ProxySettings } from './proxyOptions';
import { requestHeaders } from './requestHeaders';
import { chooseTls, type TlsChoice, type TlsSources } from './tlsChoice';
import { leveled } from './transportSettings';
import { flag, variable, type Owned, type Variables } from './variables';

/** What decides how a server is spoken to. */
export interface TransportSources extends TlsSources {
  readonly proxy: ProxySettings;
  /** What Sign In stored for an origin. */
  stored(origin: string): Promise<SignIn | undefined>;
  /** Whether the user's own secrets may go where `approvalOf` says. */
  isApproved(entry: string): boolean;
}

export interface ChosenTransport {
  readonly transport: Transport;
  /** What the transport signs in with, unless a header of the settings does. */
  readonly signIn: SignIn | undefined;
  /** Where the certificates lie that the transport holds. */
  readonly files: CertificateFiles;
  /** A user name, or an empty text for a token; absent for nobody. */
  readonly account: string | undefined;
  /** Any certificate is taken. */
  readonly insecure: boolean;
  /** Secrets of the user's own would go to this server, had somebody approved it. */
  readonly withheld: boolean;
  /** What has to be approved for that. */
  readonly approval: string;
  /** For the log, in English. */
  readonly warnings: readonly string[];
}

/**
 * Puts together how to speak to an http(s) address, by whoever named it. What the user owns goes to
 * a server that a workspace named, or weakened the way to, only once it was approved; what the
 * workspace brings itself always goes. Throws `TransportProblem` for what cannot be used.
 */
export async function transportFor(
  uri: Owned<string>,
  sources: TransportSources,
): Promise<ChosenTransport> {
  const origin = originOf(uri.value) ?? uri.value;
  const warnings = unsupported(sources);
  const choice = origin.startsWith('https:') ? await chooseTls(sources) : undefined;
  const approval = approvalOf(origin, choice?.weakness);
  const isTrusted = uri.owner === 'user' && choice?.weakness === undefined;
  const isFree = isTrusted || sources.isApproved(approval);

  const signIns: SignInSources = {
    ...sources,
    uri,
    stored: await sources.stored(origin),
    credentialsFile: await credentials(sources.home, warnings),
  };
  const free = assemble(signIns, sources, choice, true);
  const sent = isFree ? free : assemble(withoutUsers(signIns), sources, choice, false);
  if (choice?.insecure) {
    warnings.push(`any certificate is taken from ${origin}, so anybody in between can listen`);
  }
  if (free.usesUsers && !isFree) {
    warnings.push(`sign-ins of yours are not sent to ${origin}, which is not approved`);
  }
  return {
    transport: sent.transport,
    signIn: sent.signIn,
    files: {
      ca: choice?.files.ca,
      ...(sent.transport.tls?.clientCertificate && {
        clientCertificate: choice?.files.clientCertificate,
      }),
    },
    account: sent.account,
    insecure: choice?.insecure ?? false,
    withheld: free.usesUsers && !isFree,
    approval,
    warnings,
  };
}

interface Assembled {
  readonly transport: Transport;
  readonly signIn: SignIn | undefined;
  readonly account: string | undefined;
  /** Something in it is a secret of the user's own. */
  readonly usesUsers: boolean;
}

function assemble(
  signIns: SignInSources,
  sources: TransportSources,
  choice: TlsChoice | undefined,
  withUsers: boolean,
): Assembled {
  const signIn = pickSignIn(signIns);
  const { authorization, ...headers } = requestHeaders(
    sources.settings,
    sources.environment,
    withUsers,
  );
  const certificate =
    withUsers || choice?.clientCertificate?.owner === 'workspace'
      ? choice?.clientCertificate
      : undefined;
  const workspace = leveled(sources.settings, 'workspace') ?? variable(sources, 'MLFLOW_WORKSPACE');
  const ownHeaders = Object.keys(sources.settings.user.requestHeaders ?? {}).length > 0;
  return {
    transport: {
      authorization: signIn === undefined ? authorization : authorizationOf(signIn.value),
      headers,
      workspace: workspace?.value.trim() || undefined,
      tls: choice && {
        ...choice.tls,
        ...(certificate && { clientCertificate: certificate.value }),
      },
      proxy: proxyOptions(sources.proxy, sources.environment),
    },
    signIn: signIn?.value,
    account: signIn?.value.kind === 'token' ? '' : signIn?.value.user,
    usesUsers:
      withUsers && (signIn?.owner === 'user' || certificate?.owner === 'user' || ownHeaders),
  };
}

async function credentials(home: string, warnings: string[]): Promise<Variables> {
  try {
    return await readCredentialsFile(home);
  } catch (error) {
    warnings.push(`~/.mlflow/credentials cannot be read: ${String(error)}`);
    return {};
  }
}

/** Ways to sign in that only MLflow's own client has. */
function unsupported(sources: TransportSources): string[] {
  const warnings: string[] = [];
  if (flag(sources, 'MLFLOW_TRACKING_AWS_SIGV4')?.value) {
    warnings.push('MLFLOW_TRACKING_AWS_SIGV4 is not supported: requests are not signed');
  }
  if (variable(sources, 'MLFLOW_TRACKING_AUTH')?.value) {
    warnings.push('MLFLOW_TRACKING_AUTH is not supported: no plugin of MLflow signs in');
  }
  return warnings;
}
