import { runColorCount } from './runLooks';

/** The colors of runs under the present theme, as CSS colors, by the index that a run has. */
export function runColors(): readonly string[] {
  const styles = getComputedStyle(document.documentElement);
  return Array.from(
    { length: runColorCount },
    (_, index) => styles.getPropertyValue(`--vscode-mlflow-run${index + 1}`).trim() || styles.color,
  );
}

/**
 * Calls `listener` after each change of the theme, which VS Code makes in the attributes of root and body.
 *
 * @returns the function that ends that
 */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, {
      attributes: true,
      attributeFilter: ['style', 'class', 'data-vscode-theme-id', 'data-vscode-theme-kind'],
    });
  }
  return () => observer.disconnect();
}
