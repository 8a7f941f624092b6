/** A sweep cannot be carried out, or not go on; the message says why. */
export class SweepRefused extends Error {}
