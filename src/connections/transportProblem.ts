/** What keeps a server from being spoken to as the settings ask for. Values are for the sentence. */
export type TransportFault =
  | { readonly what: 'caFile' | 'clientCertificate'; readonly path: string; readonly why: string }
  | {
      readonly what: 'noCertificate' | 'noKey' | 'encryptedKey' | 'otherKey';
      readonly path: string;
    }
  | { readonly what: 'insecureAndCa' }
  | { readonly what: 'insecureFlag' }
  | { readonly what: 'headerName' | 'headerValue'; readonly name: string };

/** Thrown by the parts that know no language; `explainTransportProblem` has the sentence. */
export class TransportProblem extends Error {
  constructor(readonly fault: TransportFault) {
    super(fault.what);
  }
}
