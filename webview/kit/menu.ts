import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import { openPopup } from './popup';

/** An entry of a menu; one without `run` is a line between entries. */
export interface MenuEntry {
  readonly label: string;
  /** Shown behind the label, for what the entry stands for at present. */
  readonly isChecked?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly run: () => void;
}

export type MenuItem = MenuEntry | 'separator';

/**
 * Opens a menu beside an element, which gets the focus back when the menu closes. There is one menu at a time; Escape, a
 * press elsewhere and Tab close it.
 */
export function openMenu(anchor: HTMLElement, label: string, items: readonly MenuItem[]): void {
  const { element: menu, close } = openPopup(anchor, 'menu');
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', label);
  const choose = (entry: MenuEntry) => (): void => {
    close();
    entry.run();
  };
  menu.addEventListener('keydown', (event) => moveInMenu(menu, event, close));
  render(
    items.map((item) => menuItem(item, choose)),
    menu,
  );
  entriesOf(menu)[0]?.focus();
}

function menuItem(item: MenuItem, choose: (entry: MenuEntry) => () => void): TemplateResult {
  if (item === 'separator') return html`<div role="separator"></div>`;
  const isCheckable = item.isChecked !== undefined;
  return html`<button
    type="button"
    class="menu-item"
    role=${isCheckable ? 'menuitemcheckbox' : 'menuitem'}
    aria-checked=${isCheckable ? String(item.isChecked) : nothing}
    tabindex="-1"
    ?disabled=${item.isDisabled === true}
    @click=${choose(item)}
  >
    ${item.label}
  </button>`;
}

function entriesOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('.menu-item:not(:disabled)')];
}

function moveInMenu(menu: HTMLElement, event: KeyboardEvent, close: () => void): void {
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    close();
    return;
  }
  const entries = entriesOf(menu);
  const at = entries.findIndex((entry) => entry === document.activeElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % entries.length,
    ArrowUp: (at - 1 + entries.length) % entries.length,
    Home: 0,
    End: entries.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  entries[target]?.focus();
}
