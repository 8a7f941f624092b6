import type { TemplateResult } from 'lit';
import type { RunLink } from '../../../src/protocol/runPage';
import { textLink } from '../../kit/textLink';
import type { PageParts } from './pageParts';

/** Something that the extension opens. */
export function linkView({ link }: Pick<PageParts, 'link'>, target: RunLink): TemplateResult {
  return textLink(target, (key) => link.call('open', key));
}
