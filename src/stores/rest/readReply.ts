import { MlflowError, type MlflowErrorDetail } from '../../mlflow/errors';

import { parseJson } from './json';
import { type Reply, replyFailure } from './replyFailure';

/** Checks and decodes an answer; throws an `MlflowError` with `detail` for whatever is wrong with it. */
export function readReply<T>(
  reply: Reply,
  decodeReply: (value: unknown) => T,
  detail: MlflowErrorDetail,
): T {
  const failure = replyFailure(reply, detail);
  if (failure !== undefined) {
    throw failure;
  }
  try {
    return decodeReply(parseJson(reply.text));
  } catch (error) {
    throw error instanceof MlflowError
      ? new MlflowError(error.kind, error.reason, { ...detail, ...error.detail })
      : new MlflowError('malformed', 'json', detail);
  }
}
