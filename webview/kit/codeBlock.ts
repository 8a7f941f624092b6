import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { iconButton } from './controls';

/** Code with a way to copy it, and others beside that. */
export function codeBlock(
  label: string,
  code: string,
  copy: (code: string) => void,
  others: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const copyLabel = l10n.t('Copy the code');
  return html`<div class="snippet">
    <pre tabindex="0" aria-label=${label}><code>${code}</code></pre>
    ${iconButton('copy', copyLabel, () => copy(code))} ${others}
  </div>`;
}
