import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { fileFailure } from '../host/fileFailure';
import { lengthOf, tagLimits } from '../mlflow/tagRules';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import { NoteHints } from './noteHints';
import { readNote, type Note } from './note';
import { NoteTexts, sizeToTell, type NoteState } from './noteTexts';
import { describedId, noteOwner, noteUri, type Described } from './noteUri';

/** Reads and writes descriptions for {@link NoteFiles}; loaded with the first that is opened. */
export class NoteDesk implements Disposable {
  private readonly texts = new NoteTexts();
  /** What is being written just now; the views know it before VS Code does. */
  private readonly writing = new Map<string, string>();
  /** What VS Code asks about next, to know what it wrote: not what somebody else has written since. */
  private readonly written = new Set<string>();
  private readonly hints: NoteHints;

  constructor(
    private readonly sessions: Sessions,
    private readonly announce: (uri: vscode.Uri) => void,
  ) {
    this.hints = new NoteHints(sessions, (uri, text) => {
      if (
        text !== this.texts.get(uri.toString())?.text &&
        text !== this.writing.get(uri.toString())
      ) {
        this.announce(uri);
      }
    });
  }

  /** Opens a description in an editor; rejects when it cannot be read. */
  async open(session: Session, thing: Described): Promise<void> {
    const uri = noteUri(session.id, thing);
    // What fails here is told in one sentence; VS Code would wrap it into others.
    const owner = { connection: session.id, kind: thing.kind, id: describedId(thing) };
    await readNote(this.sessions, owner);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    return this.hints.watch(uri);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const own = this.written.delete(uri.toString()) && this.texts.get(uri.toString());
    if (own) {
      return statOf(own);
    }
    const { text, isDeleted } = await this.read(uri);
    const stat = statOf(this.see(uri, text));
    return isDeleted ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { text } = await this.read(uri);
    return new TextEncoder().encode(this.see(uri, text).text);
  }

  /** VS Code compares with {@link stat} just before, and asks the person when the text is another. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const text = new TextDecoder().decode(content);
    const length = lengthOf(text);
    const known = this.texts.get(uri.toString());
    const note = await this.read(uri);
    if (note.longest !== undefined && length > note.longest) {
      throw tooLong(note.longest, length);
    }
    if (known !== undefined && note.text !== known.text && note.text !== text) {
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('Somebody changed the description this very moment. Save again to compare.'),
      );
    }
    this.writing.set(uri.toString(), text);
    try {
      await note.write(text);
      const kept = length > tagLimits.safeValue ? (await this.read(uri)).text : text;
      this.texts.see(uri.toString(), kept);
      if (kept !== text && text.startsWith(kept)) {
        throw cutShort(lengthOf(kept), length);
      }
      this.written.add(uri.toString());
    } catch (error) {
      throw fileFailure(error);
    } finally {
      this.writing.delete(uri.toString());
    }
  }

  dispose(): void {
    this.hints.dispose();
  }

  private async read(uri: vscode.Uri): Promise<Note> {
    const owner = noteOwner(uri);
    if (owner === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    try {
      const note = await readNote(this.sessions, owner);
      this.hints.learn(uri, note);
      return note;
    } catch (error) {
      throw fileFailure(error);
    }
  }

  /** Notes what the server has; editors that show something else read it anew. */
  private see(uri: vscode.Uri, text: string): NoteState {
    const before = this.texts.get(uri.toString());
    const state = this.texts.see(uri.toString(), text);
    if (before !== undefined && before !== state) {
      this.announce(uri);
    }
    return state;
  }
}

function statOf({ text, seenAt }: NoteState): vscode.FileStat {
  return { type: vscode.FileType.File, ctime: 0, mtime: seenAt, size: sizeToTell(text) };
}

function tooLong(longest: number, length: number): vscode.FileSystemError {
  return vscode.FileSystemError.Unavailable(
    vscode.l10n.t(
      'A description holds at most {0} characters; this has {1}. The server would cut it without a word, so nothing was saved.',
      longest,
      length,
    ),
  );
}

function cutShort(kept: number, length: number): vscode.FileSystemError {
  return vscode.FileSystemError.Unavailable(
    vscode.l10n.t(
      'The server kept only the first {0} of {1} characters of the description. The rest is in this editor alone: shorten it, then save again.',
      kept,
      length,
    ),
  );
}
