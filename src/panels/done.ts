/** Answers a request that asks for nothing but work. */
export async function done(work: PromiseLike<unknown>): Promise<undefined> {
  await work;
  return undefined;
}
