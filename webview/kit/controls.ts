import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A check box with its label; `change` is told what a person made of it. */
export function checkBox(
  label: string,
  isChecked: boolean,
  change: (isChecked: boolean) => void,
): TemplateResult {
  const onChange = ({ target }: Event): void => {
    const { checked } = target as unknown as { readonly checked: boolean };
    // The toolkit's check box tells changes of its property, too.
    if (checked !== isChecked) change(checked);
  };
  return html`<vscode-checkbox .checked=${isChecked} @change=${onChange}
    >${label}</vscode-checkbox
  >`;
}

/** A button with a label. */
export function textButton(label: string, press: (event: Event) => void): TemplateResult {
  return html`<vscode-button appearance="secondary" @click=${press}>${label}</vscode-button>`;
}
