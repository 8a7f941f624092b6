import type { Page } from 'playwright-core';

/**
 * Makes the window believe that VS Code itself is translated. Its language packs come from a gallery,
 * but extensions are given their texts by the name of the language alone.
 */
export const speak = async (page: Page, language: string): Promise<void> => {
  await page.addInitScript((name) => {
    const value = { get: () => name, set: () => undefined };
    Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', value);
  }, language);
};

/** `rgb(1, 2, 3)`, as browsers tell a color, as `#010203`. */
export const toHex = (rgb: string): string => {
  const parts = rgb.match(/\d+/g) ?? [];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
};
