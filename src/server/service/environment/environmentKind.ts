import type { ProjectFiles } from '../projectFiles';
import { namingProject } from './projectFolder';

/** Names that MLflow looks for where no MLproject names another one. */
const usualNames: Readonly<Record<string, 'python_env' | 'conda_env'>> = {
  'python_env.yaml': 'python_env',
  'python_env.yml': 'python_env',
  'conda.yaml': 'conda_env',
  'conda.yml': 'conda_env',
};

/** Which kind of environment a file describes, if any: by its name, or because an MLproject near it says so. */
export async function environmentKind(
  uri: string,
  name: string,
  files: ProjectFiles,
): Promise<'python_env' | 'conda_env' | undefined> {
  const usual = usualNames[name];
  if (usual !== undefined || !/\.ya?ml$/.test(name)) {
    return usual;
  }
  const key = (await namingProject(uri, files))?.key;
  return key === 'docker_env' ? undefined : key;
}
