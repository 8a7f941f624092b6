import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { LoadCode } from '../../src/protocol/modelSummaryPage';
import type { VersionView } from '../../src/protocol/versionPage';
import { announceOutcome } from '../kit/announce';
import { codeBlock } from '../kit/codeBlock';
import { textButton } from '../kit/controls';
import { oneLine } from '../kit/oneLine';
import { copy, section } from './pageParts';
import type { PageParts } from './pageParts';

/** Python that loads the version, by the address that is chosen of all that lead to it. */
export function codeSection(parts: PageParts, { code }: VersionView): TemplateResult {
  const { dispatch, state } = parts;
  const shown = code.find(({ uri }) => uri === state.kept.address) ?? code[0];
  const choose = ({ target }: Event): void =>
    dispatch({ type: 'kept', change: { address: (target as HTMLSelectElement).value } });
  const content = (): TemplateResult =>
    html`<div class="part-content">
      <label class="control"
        >${l10n.t('Address')}
        <select @change=${choose}>
          ${code.map(
            ({ uri }) =>
              html`<option value=${uri} ?selected=${uri === shown?.uri}>${oneLine(uri)}</option>`,
          )}
        </select></label
      >
      ${shown === undefined ? nothing : codeView(parts, shown)}
    </div>`;
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
