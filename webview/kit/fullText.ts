import * as l10n from '@vscode/l10n';
import { html, render } from 'lit';
import { textButton } from './controls';

/** Shows a text in full above the page, until it is closed. */
export function openFullText(
  title: string,
  text: string,
  anchor: HTMLElement,
  copy: (text: string) => void,
): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'full-text';
  dialog.setAttribute('aria-label', title);
  const before = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    (before instanceof HTMLElement ? before : anchor).focus({ preventScroll: true });
  });
  render(
    html`<h2>${title}</h2>
      <pre tabindex="0">${text}</pre>
      <div class="buttons">
        ${textButton(l10n.t('Copy'), () => copy(text))}
        ${textButton(l10n.t('Close'), () => dialog.close())}
      </div>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
}
