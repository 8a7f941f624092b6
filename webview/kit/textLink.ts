import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunLink } from '../../src/protocol/runPage';
import { announceOutcome } from './announce';

/** Something that the extension opens; `open` is told the key of the link. */
export function textLink(
  target: RunLink,
  open: (key: string) => Promise<undefined>,
): TemplateResult {
  return html`<button
    type="button"
    role="link"
    class="text-link"
    title=${target.hint ?? target.text}
    @click=${() => void announceOutcome(open(target.key))}
  >
    ${target.text}
  </button>`;
}
