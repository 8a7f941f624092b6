/** The colors and fonts of the editor's theme, as a canvas needs them. */
export interface Ink {
  readonly text: string;
  readonly muted: string;
  /** Lines of axes. */
  readonly faint: string;
  readonly grid: string;
  readonly background: string;
  readonly crosshair: string;
  readonly font: string;
}

/** Reads the theme's colors, which VS Code gives to pages as CSS variables. */
export function readInk(element: Element): Ink {
  const style = getComputedStyle(element);
  const read = (...names: string[]): string => {
    for (const name of names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value !== '') return value;
    }
    return style.color;
  };
  const isHighContrast = document.body.matches(
    '.vscode-high-contrast, .vscode-high-contrast-light',
  );
  const text = read('foreground');
  return {
    text,
    muted: read('descriptionForeground', 'foreground'),
    faint: isHighContrast ? read('contrastBorder') : transparent(text, 0.3),
    grid: transparent(text, isHighContrast ? 0.25 : 0.1),
    background: read('editor-background'),
    crosshair: read('editorCursor-foreground', 'foreground'),
    font: read('font-family'),
  };
}

/** A color of the theme, seen through: `color-mix` takes every notation. */
function transparent(color: string, share: number): string {
  return `color-mix(in srgb, ${color} ${share * 100}%, transparent)`;
}
