/** Something small that is open above the page, beside the element that opened it. */
export interface Popup {
  readonly element: HTMLElement;
  /** Closes it and gives the focus back. */
  readonly close: () => void;
}

/**
 * Opens an empty popup beside `anchor`, in place of any other. It goes with a press elsewhere and when it loses the
 * focus. A popover of kind `auto` would not do: it goes with the release of the very press that opened a context menu.
 */
export function openPopup(anchor: HTMLElement, className: string): Popup {
  document.querySelector<HTMLElement>('.popup')?.hidePopover();
  const before = document.activeElement;
  const element = document.createElement('div');
  element.className = `popup ${className}`;
  element.setAttribute('popover', 'manual');
  const onPress = ({ target }: Event): void => {
    if (target instanceof Node && !element.contains(target)) element.hidePopover();
  };
  element.addEventListener('toggle', ({ newState }) => {
    anchor.setAttribute('aria-expanded', String(newState === 'open'));
    if (newState === 'open') return;
    document.removeEventListener('pointerdown', onPress, true);
    element.remove();
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    const isInside = relatedTarget instanceof Node && element.contains(relatedTarget);
    if (!isInside && element.isConnected && relatedTarget !== null) element.hidePopover();
  });
  document.addEventListener('pointerdown', onPress, true);
  // Beside an open dialog only what is inside it can be reached.
  (anchor.closest('dialog') ?? document.body).append(element);
  element.showPopover({ source: anchor });
  return {
    element,
    close: () => {
      element.hidePopover();
      anchor.focus({ preventScroll: true });
      // A cell of a grid cannot have the focus: the grid has it.
      if (document.activeElement !== anchor && before instanceof HTMLElement)
        before.focus({ preventScroll: true });
    },
  };
}
