import { newestFirst, sortableAttributes, type RunOrder } from '../mlflow/runOrder';
import type { Memory } from './memory';
import type { RunSelection } from './runSelection';

/** How experiments are sorted. */
export type ExperimentOrder = 'created' | 'name' | 'lastUse';
export const experimentOrders: readonly ExperimentOrder[] = ['created', 'name', 'lastUse'];

/** What a person chose for one server, remembered between sessions. What cannot be read any more is dropped. */
export class Choices {
  constructor(
    private readonly memory: Memory,
    private readonly serverName: string,
  ) {}

  get pinned(): readonly string[] {
    const stored = this.memory.get(this.key('pinned'));
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  }

  async setPinned(ids: readonly string[]): Promise<void> {
    await this.memory.update(this.key('pinned'), ids);
  }

  get experimentOrder(): ExperimentOrder {
    const stored = this.memory.get(this.key('experimentOrder'));
    return experimentOrders.find((order) => order === stored) ?? 'created';
  }

  async setExperimentOrder(order: ExperimentOrder): Promise<void> {
    await this.memory.update(this.key('experimentOrder'), order);
  }

  selection(experimentId: string): RunSelection {
    return decodeSelection(this.memory.get(this.key(`selection:${experimentId}`)));
  }

  async setSelection(experimentId: string, selection: RunSelection): Promise<void> {
    await this.memory.update(this.key(`selection:${experimentId}`), selection);
  }

  private key(name: string): string {
    return `${this.serverName}|${name}`;
  }
}

function decodeSelection(stored: unknown): RunSelection {
  const { filter, createdWithin, order } = isRecord(stored) ? stored : {};
  return {
    filter: typeof filter === 'string' ? filter : '',
    createdWithin:
      typeof createdWithin === 'number' && createdWithin > 0 ? createdWithin : undefined,
    order: decodeOrder(order),
  };
}

function decodeOrder(stored: unknown): RunOrder {
  if (!isRecord(stored) || typeof stored['ascending'] !== 'boolean') {
    return newestFirst;
  }
  const { by, key, ascending } = stored;
  if (by === 'attribute') {
    const attribute = sortableAttributes.find((name) => name === key);
    return attribute === undefined ? newestFirst : { by, key: attribute, ascending };
  }
  return (by === 'metric' || by === 'param' || by === 'tag') && typeof key === 'string'
    ? { by, key, ascending }
    : newestFirst;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
