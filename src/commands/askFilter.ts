import * as vscode from 'vscode';

import { explainError } from '../host/explainError';
import { MlflowError } from '../mlflow/errors';
import type { FilterMistake } from '../mlflow/filterMistake';
import { withoutLinks } from '../mlflow/format';

export interface AskFilter {
  readonly title: string;
  readonly value: string;
  /** What is surely wrong with what was typed, found without asking the server. */
  readonly mistakeIn: (typed: string) => Promise<FilterMistake | undefined>;
  /** Applies what was typed; rejects when the server refuses it, and with an `AbortError` once `signal` fires. */
  readonly apply: (filter: string, signal: AbortSignal) => Promise<void>;
}

/** Asks for a filter and stays open, with the refusal below the input, until one is taken or Escape is pressed. */
export function askFilter({ title, value, mistakeIn, apply }: AskFilter): Promise<void> {
  const box = vscode.window.createInputBox();
  box.title = title;
  box.value = value;
  box.ignoreFocusOut = true;
  box.placeholder = "metrics.rmse < 0.8 AND params.optimizer = 'adam'";
  box.prompt = vscode.l10n.t(
    'MLflow’s filter language, or text that the run’s name contains; empty shows all runs.',
  );
  const closed = new AbortController();
  return new Promise((resolve) => {
    const tryOut = async (): Promise<void> => {
      const typed = box.value;
      box.busy = true;
      box.enabled = false;
      const mistake = await mistakeIn(typed);
      if (mistake !== undefined) {
        box.enabled = true;
        box.busy = false;
        box.validationMessage = placed(mistake, typed);
        box.valueSelection = [mistake.start, mistake.end];
        return;
      }
      try {
        await apply(typed.trim(), closed.signal);
        box.hide();
      } catch (error) {
        if (!closed.signal.aborted) {
          box.enabled = true;
          box.validationMessage = refusal(error);
          box.busy = false;
        }
      }
    };
    box.onDidAccept(() => void tryOut());
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidHide(() => {
      closed.abort();
      box.dispose();
      resolve();
    });
    box.show();
  });
}

/** What is wrong, in MLflow's words, and where. */
function placed({ message, start, end }: FilterMistake, typed: string): string {
  const text = typed.slice(start, end);
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const said = withoutLinks(message);
  return shown.trim() === ''
    ? vscode.l10n.t('{0} (at character {1})', said, start + 1)
    : vscode.l10n.t('{0} (at character {1}: {2})', said, start + 1, withoutLinks(shown));
}

/** What the server says about the filter itself, in its own words. */
function refusal(error: unknown): string {
  return error instanceof MlflowError && error.kind === 'rejected'
    ? withoutLinks(error.detail.serverMessage ?? explainError(error))
    : explainError(error);
}
