import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { LoadCode } from '../../src/protocol/modelSummaryPage';
import type { VersionView } from '../../src/protocol/versionPage';
import { announceOutcome } from '../kit/announce';
import { codeBlock } from '../kit/codeBlock';
import { textButton } from '../kit/controls';
import { copy, section } from './pageParts';
import type { PageParts } from './pageParts';

/** Python that loads the version, one piece for each address that leads to it. */
export function codeSection(parts: PageParts, { code }: VersionView): TemplateResult {
  const content = (): TemplateResult =>
    html`<div class="part-content">${code.map((one) => codeView(parts, one))}</div>`;
  return section(parts, 'code', l10n.t('Load in Python'), content);
}

function codeView(parts: PageParts, { uri, code }: LoadCode): TemplateResult {
  const insert = (): void =>
    void announceOutcome(
      parts.link.call('insert', code).then((name) => l10n.t('Inserted into {0}', name)),
    );
  const copyCode = (text: string): void => copy(parts, text);
  return codeBlock(
    l10n.t('Python that loads {0}', uri),
    code,
    copyCode,
    textButton(l10n.t('Insert'), insert),
  );
}
