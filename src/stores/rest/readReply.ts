import { MlflowError, type MlflowErrorDetail, isAbortError } from '../../mlflow/errors';
import { parseJson } from './json';
import { type Reply, replyFailure } from './replyFailure';

/** Checks and decodes an answer; throws an `MlflowError` with `detail` for whatever is wrong with it. */
export function readReply<T>(
  reply: Reply,
  decodeReply: (value: unknown) => T,
  detail: MlflowErrorDetail,
): T {
  const text = expectText(reply, detail);
  try {
    return decodeReply(parseJson(text));
  } catch (error) {
    throw explained(error, detail);
  }
}

/** The same, where `read` takes turns with others; what it rejects with when cancelled passes. */
export async function readLongReply<T>(
  reply: Reply,
  read: (text: string) => Promise<T>,
  detail: MlflowErrorDetail,
): Promise<T> {
  const text = expectText(reply, detail);
  try {
    return await read(text);
  } catch (error) {
    throw isAbortError(error) ? error : explained(error, detail);
  }
}

function expectText(reply: Reply, detail: MlflowErrorDetail): string {
  const failure = replyFailure(reply, detail);
  if (failure !== undefined) {
    throw failure;
  }
  return reply.text;
}

function explained(error: unknown, detail: MlflowErrorDetail): MlflowError {
  return error instanceof MlflowError
    ? new MlflowError(error.kind, error.reason, { ...detail, ...error.detail })
    : new MlflowError('malformed', 'json', detail);
}
