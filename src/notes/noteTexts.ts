/** A description as an editor sees it: a file that changes when its text does. */
export interface NoteState {
  readonly text: string;
  /** When this text was first seen, in milliseconds since 1970; each text's is later than the one before. */
  readonly seenAt: number;
}

/** Remembers the texts that were last seen, since a tracking server does not say when a tag was set. */
export class NoteTexts {
  private readonly states = new Map<string, NoteState>();

  get(key: string): NoteState | undefined {
    return this.states.get(key);
  }

  /** Notes that `text` is what the server has now. */
  see(key: string, text: string): NoteState {
    const before = this.states.get(key);
    if (before?.text === text) {
      return before;
    }
    const state = { text, seenAt: Math.max(Date.now(), (before?.seenAt ?? 0) + 1) };
    this.states.set(key, state);
    return state;
  }
}

/**
 * The size to tell of a text. VS Code takes a file for changed by another only when its size is
 * another, too. So that no edit is overlooked, this is a number made of the text itself (FNV-1a), small
 * enough that no editor takes the file for a large one.
 */
export function sizeToTell(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return 1 + ((hash >>> 0) % 999_983);
}
