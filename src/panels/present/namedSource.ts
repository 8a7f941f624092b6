import type { Run } from '../../mlflow/model';
import { tagValue } from '../../mlflow/runFacts';
import { withoutUserInfo } from '../../mlflow/signIn';

/** What a run says about its code; empty texts where it says nothing. */
export interface NamedSource {
  readonly name: string;
  readonly commit: string;
  readonly branch: string;
  readonly repository: string;
}

/** What a run says about its code. MLflow logs addresses as Git has them, sign-ins included: those are left out. */
export function sourceOf({ tags }: Pick<Run, 'tags'>): NamedSource {
  const tag = (key: string): string => tagValue(tags, key) ?? '';
  return {
    name: withoutUserInfo(tag('mlflow.source.name')),
    commit: tag('mlflow.source.git.commit'),
    branch: tag('mlflow.source.git.branch'),
    repository: withoutUserInfo(tag('mlflow.source.git.repoURL')),
  };
}
