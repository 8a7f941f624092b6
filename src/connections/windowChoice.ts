import type { NamedUri } from '../mlflow/found';
import type { Memory } from '../state/memory';
import type { Chosen } from './findConnections';
import { publicUri } from './remembered';

const insteadKey = 'mlflow.chosen.instead';
const besideKey = 'mlflow.chosen.beside';

/** What a person chose for this window; it stays over a restart. No credentials are in it. */
export class WindowChoice implements Chosen {
  /** `memory` is the one of the workspace. */
  constructor(private readonly memory: Memory) {}

  get instead(): NamedUri | undefined {
    return decode(this.memory.get(insteadKey));
  }

  get beside(): readonly NamedUri[] {
    const stored = this.memory.get(besideKey);
    return Array.isArray(stored) ? stored.map(decode).filter((named) => named !== undefined) : [];
  }

  /** Takes it in the place of what settings, environment and folders name; `undefined` goes back to those. */
  async takeInstead(named: NamedUri | undefined): Promise<void> {
    await this.memory.update(insteadKey, named);
  }

  async putBeside(named: NamedUri): Promise<void> {
    const others = this.beside.filter(({ uri }) => uri !== named.uri);
    await this.memory.update(besideKey, [...others, named]);
  }

  /** Takes away what was put beside; `isMeant` says which. */
  async close(isMeant: (uri: string) => boolean): Promise<void> {
    const left = this.beside.filter(({ uri }) => !isMeant(uri));
    await this.memory.update(besideKey, left);
  }
}

function decode(stored: unknown): NamedUri | undefined {
  if (typeof stored !== 'object' || stored === null) {
    return undefined;
  }
  const { uri, namedBy }: Partial<Record<string, unknown>> = { ...stored };
  return typeof uri === 'string' && publicUri(uri) !== undefined
    ? { uri, namedBy: namedBy === 'person' ? 'person' : 'others' }
    : undefined;
}
