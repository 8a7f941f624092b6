import { generateKeyPairSync } from 'node:crypto';

/** An RSA key, which MLflow's SFTP needs. */
export interface SshKey {
  /** PEM, as OpenSSH and paramiko read it. */
  readonly private: string;
  /** As in `authorized_keys` and, behind a host, in `known_hosts`. */
  readonly public: string;
}

/** Makes a key without `ssh-keygen`, which may not be there. */
export function makeSshKey(): SshKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { e = '', n = '' } = publicKey.export({ format: 'jwk' });
  const blob = Buffer.concat([field(Buffer.from('ssh-rsa')), field(integer(e)), field(integer(n))]);
  return {
    private: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    public: `ssh-rsa ${blob.toString('base64')}\n`,
  };
}

/** RFC 4251: a positive number whose first bit is set gets a zero byte before it. */
function integer(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64url');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
