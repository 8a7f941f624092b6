import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

/** Makes the toolkit's elements known to the page (`<vscode-button>`); calling it again does nothing. */
export function defineElements(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
}
