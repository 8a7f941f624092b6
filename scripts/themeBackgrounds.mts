export type ThemeKind = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

/** Editor and side bar backgrounds of the themes that VS Code brings and proposes first. */
export const themeBackgrounds: Record<ThemeKind, readonly string[]> = {
  // Dark Modern, Dark+ and Dark 2026
  dark: ['#1F1F1F', '#181818', '#1E1E1E', '#252526', '#121314', '#191A1B'],
  // Light Modern, Light+ and Light 2026
  light: ['#FFFFFF', '#F8F8F8', '#F3F3F3', '#FAFAFD'],
  highContrast: ['#000000'],
  highContrastLight: ['#FFFFFF'],
};
