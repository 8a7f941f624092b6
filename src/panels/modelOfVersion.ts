import type { MlModel } from '../mlflow/mlModel';
import type { Reading } from '../state/runSurroundings';
import type { VersionEntry } from '../state/versionEntry';
import { readModel } from './readModel';

/** What the `MLmodel` of a version says, read once for each text of it. */
export class ModelOfVersion {
  private current: Reading<MlModel> = { kind: 'loading' };
  private of: VersionEntry['file'] | undefined;

  constructor(private readonly onChange: () => void) {}

  get reading(): Reading<MlModel> {
    return this.current;
  }

  /** Takes the file as it is known now; never rejects. */
  async follow(file: VersionEntry['file']): Promise<void> {
    if (this.of === file) {
      return;
    }
    this.of = file;
    if (file.kind !== 'ready') {
      this.current = file;
      return;
    }
    const read = await settled(() => readModel(file.value));
    if (this.of === file) {
      this.current = read;
      this.onChange();
    }
  }
}

async function settled<T>(work: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { kind: 'ready', value: await work() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
