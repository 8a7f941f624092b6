import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import type { KeyedText } from '../../../src/protocol/comparePage';
import { announce, reasonOf } from '../../kit/announce';
import { textButton } from '../../kit/controls';
import type { PageParts } from './pageParts';

/** What stands in the editor of a tag. */
interface Draft {
  key: string;
  value: string;
  isBusy: boolean;
  /** Why it was not saved, as a sentence. */
  problem: string | undefined;
}

/**
 * Lets the person add a tag, or change or remove one. What was typed stays until it is saved or given up, whatever the
 * server says.
 *
 * @param tag the tag to change; a new one where absent
 */
export function openTagEditor(
  parts: PageParts,
  tag: KeyedText | undefined,
  anchor: HTMLElement,
): void {
  const { readOnly } = parts.state;
  const dialog = document.createElement('dialog');
  const draft: Draft = {
    key: tag?.key ?? '',
    value: tag?.full ?? tag?.text ?? '',
    isBusy: false,
    problem: readOnly,
  };
  const title = tag === undefined ? l10n.t('Add Tag') : l10n.t('Tag {0}', tag.key);
  dialog.className = 'full-text tag-editor';
  dialog.setAttribute('aria-label', title);
  const before = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    (before instanceof HTMLElement ? before : anchor).focus({ preventScroll: true });
  });
  const write = async (value: string | undefined): Promise<void> => {
    Object.assign(draft, { isBusy: true, problem: undefined });
    draw();
    try {
      await parts.link.call('setTag', { key: draft.key, value });
      dialog.close();
      announce(value === undefined ? l10n.t('The tag was removed.') : l10n.t('The tag was saved.'));
    } catch (error) {
      Object.assign(draft, { isBusy: false, problem: reasonOf(error) });
      draw();
      // Given up while it was saved, the editor shows nothing any more.
      if (!dialog.isConnected) announce(reasonOf(error));
    }
  };
  const draw = (): void =>
    void render(editor({ title, tag, draft, readOnly, dialog, draw, write }), dialog);
  draw();
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector<HTMLElement>(tag === undefined ? 'input' : 'textarea')?.focus();
}

interface EditorParts {
  readonly title: string;
  readonly tag: KeyedText | undefined;
  readonly draft: Draft;
  readonly readOnly: string | undefined;
  readonly dialog: HTMLDialogElement;
  readonly draw: () => void;
  readonly write: (value: string | undefined) => Promise<void>;
}

function editor(parts: EditorParts): TemplateResult {
  const { title, tag, draft, readOnly, dialog, draw, write } = parts;
  const isFixed = readOnly !== undefined || draft.isBusy;
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (!isFixed) void write(draft.value);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event);
  };
  return html`<form @submit=${onSubmit} @keydown=${onKey}>
    <h2>${title}</h2>
    ${
      tag === undefined
        ? html`<label
            >${l10n.t('Key')}<input
              type="text"
              ?disabled=${isFixed}
              .value=${draft.key}
              @input=${(event: Event) => {
                draft.key = (event.target as HTMLInputElement).value;
                draw();
              }}
          /></label>`
        : nothing
    }
    <label
      >${l10n.t('Value')}<textarea
        rows="6"
        ?readonly=${isFixed}
        .value=${draft.value}
        @input=${(event: Event) => {
          draft.value = (event.target as HTMLTextAreaElement).value;
          draw();
        }}
      ></textarea>
    </label>
    <p class="problem" role="alert">${draft.problem ?? ''}</p>
    <div class="buttons">
      ${
        tag === undefined || readOnly !== undefined
          ? nothing
          : html`<button
                type="button"
                class="text-button"
                ?disabled=${isFixed}
                @click=${() => void write(undefined)}
              >
                ${l10n.t('Remove')}
              </button>
              <span class="gap"></span>`
      }
      ${textButton(l10n.t('Cancel'), () => dialog.close())}
      ${
        readOnly === undefined
          ? html`<button
              type="submit"
              class="text-button is-main"
              ?disabled=${isFixed || draft.key === ''}
            >
              ${l10n.t('Save')}
            </button>`
          : nothing
      }
    </div>
  </form>`;
}
