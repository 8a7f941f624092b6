import type { WideGrid } from './wideGrid';

/** Goes back to where the page's table was scrolled, once it is drawn, and has the focus in it. */
export function restorePlace(kept: {
  readonly scrollTop: number;
  readonly scrollLeft: number;
}): void {
  requestAnimationFrame(() => {
    const grid = document.querySelector<WideGrid>('wide-grid');
    const { scrollTop, scrollLeft } = kept;
    if (scrollTop > 0 || scrollLeft > 0) grid?.restoreScroll({ top: scrollTop, left: scrollLeft });
    grid?.focus({ preventScroll: true });
  });
}
