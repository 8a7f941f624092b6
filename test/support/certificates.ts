import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';

const names = [
  /** Signed `server`, `expired`, `otherHost` and `client`. */
  'authority',
  /** Signed `ofUnknown` and `strangeClient`. */
  'otherAuthority',
  /** For localhost, 127.0.0.1 and mlflow.test; so are all but `otherHost`. */
  'server',
  'expired',
  /** For mlflow.example.com and 10.1.2.3. */
  'otherHost',
  'ofUnknown',
  'selfSigned',
  'client',
  'strangeClient',
] as const;

export type CertificateName = (typeof names)[number];

/** PEM texts, and the files that hold them. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

export interface Certificates {
  readonly of: Readonly<Record<CertificateName, Certificate>>;
  remove(): Promise<void>;
}

/** Makes a certificate authority that lives as long as the test. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(path.join(tmpdir(), 'certificates-'));
  await runCommand(await ensurePython('demo'), ['test/support/certificates.py', folder]);
  const entries = await Promise.all(
    names.map(async (name): Promise<[string, Certificate]> => {
      const [certFile, keyFile] = [`${name}.crt`, `${name}.key`].map((file) =>
        path.join(folder, file),
      ) as [string, string];
      const cert = await readFile(certFile, 'utf8');
      return [name, { cert, key: await readFile(keyFile, 'utf8'), certFile, keyFile }];
    }),
  );
  return {
    of: Object.fromEntries(entries) as Record<CertificateName, Certificate>,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
