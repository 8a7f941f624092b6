import { MlflowError } from '../../src/mlflow/errors';
import type { Run } from '../../src/mlflow/model';

type Condition = (run: Run) => boolean;

/** The clauses that the state itself writes, and `status`; anything else is refused as a server would. */
const conditions: readonly [RegExp, (match: RegExpExecArray) => Condition][] = [
  [
    /^tags\.`mlflow\.parentRunId` = '(.*)'$/,
    ([, id]) =>
      (run) =>
        run.tags.some(({ key, value }) => key === 'mlflow.parentRunId' && value === id),
  ],
  [
    /^attributes\.run_id IN \((.*)\)$/,
    ([, ids]) =>
      (run) =>
        (ids ?? '').split(', ').includes(`'${run.id}'`),
  ],
  [
    /^attributes\.start_time (<=|<|>) (\d+)$/,
    ([, operator, text]) =>
      ({ startTime }) => {
        const time = Number(text);
        if (startTime === undefined) {
          return false;
        }
        if (operator === '>') {
          return startTime > time;
        }
        return operator === '<' ? startTime < time : startTime <= time;
      },
  ],
  [
    /^attributes\.run_name ILIKE '%(.*)%'$/,
    ([, text]) =>
      (run) =>
        run.name.toLowerCase().includes((text ?? '').toLowerCase()),
  ],
  [
    /^status = '(.*)'$/,
    ([, status]) =>
      (run) =>
        run.status === status,
  ],
];

/** The runs that a filter means, as far as the state itself writes filters; rejects others as a server would. */
export function matches(filter: string | undefined): Condition {
  const parts = (filter ?? '').split(' AND ').filter((part) => part !== '');
  const all = parts.map((part): Condition => {
    for (const [pattern, toCondition] of conditions) {
      const match = pattern.exec(part);
      if (match !== null) {
        return toCondition(match);
      }
    }
    throw new MlflowError('rejected', 'invalid', { serverMessage: `Invalid clause: ${part}` });
  });
  return (run) => all.every((condition) => condition(run));
}
