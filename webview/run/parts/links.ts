import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunLink } from '../../../src/protocol/runPage';
import { announceOutcome } from '../../kit/announce';
import type { PageParts } from './pageParts';

/** Something that the extension opens. */
export function linkView({ link }: Pick<PageParts, 'link'>, target: RunLink): TemplateResult {
  return html`<button
    type="button"
    role="link"
    class="text-link"
    title=${target.hint ?? target.text}
    @click=${() => void announceOutcome(link.call('open', target.key))}
  >
    ${target.text}
  </button>`;
}
