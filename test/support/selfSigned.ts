import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate and its key, as PEM texts. */
export interface KeyAndCertificate {
  readonly cert: string;
  readonly key: string;
  /** The same key, protected by a passphrase. */
  readonly encryptedKey: string;
}

/**
 * Makes a key and a certificate that it signs itself, valid from 2020 to 2049 (RFC 5280), or to
 * `ends`, as in `241231235959Z`.
 */
export function selfSigned(name: string, ends = '491231235959Z'): KeyAndCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    ecdsaWithSha256,
    distinguishedName(name),
    sequence(time('200101000000Z'), time(ends)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  const whole = sequence(body, ecdsaWithSha256, bits(signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: pem(privateKey),
    encryptedKey: pem(privateKey, { cipher: 'aes-256-cbc', passphrase: 'known to the test' }),
  };
}

function pem(key: KeyObject, protection: { cipher?: string; passphrase?: string } = {}): string {
  return String(key.export({ type: 'pkcs8', format: 'pem', ...protection }));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function time(text: string): Buffer {
  return der(0x17, Buffer.from(text));
}

function bits(content: Buffer): Buffer {
  return der(0x03, Buffer.concat([Buffer.of(0), content]));
}

/** One common name. */
function distinguishedName(name: string): Buffer {
  const commonName = der(0x06, Buffer.from([0x55, 0x04, 0x03]));
  return sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))));
}

const ecdsaWithSha256 = sequence(
  der(0x06, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02])),
);
