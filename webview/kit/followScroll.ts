/**
 * Scrolls the page to where it was, once it is drawn, and tells from then on where it rests.
 *
 * @param top in pixels from the top of the page, as what `tell` is told
 */
export function followScroll(top: number, tell: (top: number) => void): void {
  requestAnimationFrame(() => {
    window.scrollTo({ top, behavior: 'instant' });
    document.addEventListener('scrollend', () => tell(Math.round(window.scrollY)));
  });
}
