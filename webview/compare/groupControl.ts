import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { openPicker } from '../kit/picker';
import type { GroupBy } from '../charts/chartsLayout';
import type { Dispatch, PageState } from './state';

/** Chooses the param or tag by which runs are put together. */
export function groupControl(state: PageState, dispatch: Dispatch): TemplateResult {
  const { groupBy } = state.layout;
  const choose = (chosen: GroupBy | undefined): void =>
    dispatch({ type: 'layout', change: { groupBy: chosen } });
  const pick = (select: HTMLSelectElement, kind: GroupBy['kind']): void =>
    openPicker(select, titles[kind](), keysOf(state, kind), (key) => choose({ kind, key }));
  const change = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    const { value } = select;
    if (value === 'none') return choose(undefined);
    if (value === 'chosen') return;
    select.value = groupBy === undefined ? 'none' : 'chosen';
    pick(select, value === 'tag' ? 'tag' : 'param');
  };
  return html`<label class="control"
    >${l10n.t('group by')}
    <select aria-label=${l10n.t('Group runs by')} @change=${change}>
      <option value="none" ?selected=${groupBy === undefined}>${l10n.t('none')}</option>
      ${
        groupBy === undefined
          ? nothing
          : html`<option value="chosen" selected>${groupBy.key}</option>`
      }
      <option value="param">${l10n.t('A parameter…')}</option>
      <option value="tag">${l10n.t('A tag…')}</option>
    </select></label
  >`;
}

const titles = {
  param: () => l10n.t('Parameter to group runs by'),
  tag: () => l10n.t('Tag to group runs by'),
};

function keysOf({ runs }: PageState, kind: GroupBy['kind']): readonly string[] {
  const texts = runs.flatMap((run) => (kind === 'param' ? run.params : run.tags));
  return [...new Set(texts.map(({ key }) => key))].sort();
}
