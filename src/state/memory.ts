/** What is remembered for a workspace between sessions; VS Code's `Memento` fits. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
