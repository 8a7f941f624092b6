import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
} from '@vscode/webview-ui-toolkit';

/** Makes the toolkit's elements known to the page (`<vscode-button>` and so on); calling it again does nothing. */
export function defineElements(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox());
}
