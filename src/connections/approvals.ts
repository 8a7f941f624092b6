import type { Memory } from '../state/memory';

const key = 'mlflow.approvedOrigins';

/**
 * Which servers may get the user's own secrets although a workspace chose them, or weakened the
 * way to them. An entry is an origin, or an origin and the weakness: `https://host insecure`.
 */
export class Approvals {
  /** `memory` is the one for all workspaces. */
  constructor(private readonly memory: Memory) {}

  has(entry: string): boolean {
    return this.all().includes(entry);
  }

  /** Whether anything was approved for `origin`, whatever the weakness. */
  hasAny(origin: string): boolean {
    return this.all().some((entry) => originIn(entry) === origin);
  }

  async approve(entry: string): Promise<void> {
    if (!this.has(entry)) {
      await this.memory.update(key, [...this.all(), entry]);
    }
  }

  /** Takes back every approval for `origin`, whatever the weakness. */
  async revoke(origin: string): Promise<void> {
    const left = this.all().filter((entry) => originIn(entry) !== origin);
    await this.memory.update(key, left);
  }

  private all(): readonly string[] {
    const stored = this.memory.get(key);
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : [];
  }
}

function originIn(entry: string): string | undefined {
  return entry.split(' ', 1)[0];
}

/** The entry that approves a server. */
export function approvalOf(origin: string, weakness: string | undefined): string {
  return weakness === undefined ? origin : `${origin} ${weakness}`;
}
