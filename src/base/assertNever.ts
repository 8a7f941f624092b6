/** Makes a `switch` over a tagged union complete: a case that is forgotten does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
