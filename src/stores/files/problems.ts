/** So many lines tell what is wrong with a store. */
const maxLines = 200;

/** Says once in the log what had to be left out of a store, and why. */
export class Problems {
  private readonly said = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly log: (line: string) => void,
  ) {}

  /** `path` is what was left out. */
  leftOut(path: string, why: string): void {
    const inside = path.startsWith(this.root) ? path.slice(this.root.length + 1) : path;
    const line = `left out ${JSON.stringify(inside)}: ${why}`;
    if (this.said.size > maxLines || this.said.has(line)) {
      return;
    }
    this.said.add(line);
    this.log(this.said.size > maxLines ? 'left out more, which is not listed' : line);
  }
}
