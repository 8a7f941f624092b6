import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { toOneLine } from '../../../src/mlflow/format';
import { icon } from '../../kit/icons';
import type { MenuItem } from '../../kit/menu';
import { openMenu } from '../../kit/menu';
import { openPicker } from '../../kit/picker';
import type { AttributeName } from '../model/columnId';
import { aggregates } from '../model/tableLayout';
import type { Aggregate, GroupKey, TableLayout } from '../model/tableLayout';
import { aggregateText, attributeText, groupKeyText } from './groupTexts';

/** What chooses by what runs are grouped. */
export interface GroupControlInput {
  readonly layout: TableLayout;
  readonly keysOf: (kind: 'param' | 'tag') => readonly string[];
  /** The keys of all groups there are, for folding them. */
  readonly groups: () => readonly string[];
  readonly change: (change: Partial<TableLayout>) => void;
}

/** More of them within each other could not be read. */
const mostGroups = 4;
const attributes = [
  'datasets',
  'status',
  'user',
  'experiment',
  'source',
  'commit',
] as const satisfies readonly AttributeName[];

/** A button that says by what runs are grouped and changes it, and what figure stands for the metrics of a group. */
export function groupControl(input: GroupControlInput): TemplateResult {
  const { groupBy } = input.layout;
  const text = groupBy.map(({ key }) => toOneLine(key, 24)).join(', ');
  const open = (event: Event): void => {
    const anchor = event.currentTarget as HTMLElement;
    openMenu(anchor, l10n.t('Group runs by'), entries(input, anchor));
  };
  return html`<span class="control"
    ><button
      type="button"
      class="text-button ${groupBy.length > 0 ? 'is-on' : ''}"
      aria-haspopup="menu"
      aria-label=${text === '' ? l10n.t('Group runs by') : l10n.t('Runs are grouped by {0}', text)}
      @click=${open}
    >
      ${text === '' ? l10n.t('Group') : l10n.t('Group: {0}', text)}${icon('chevronDown')}
    </button>
    ${groupBy.length === 0 ? nothing : aggregateSelect(input)}</span
  >`;
}

function aggregateSelect({ layout, change }: GroupControlInput): TemplateResult {
  const choose = ({ target }: Event): void => {
    const aggregate = (target as HTMLSelectElement).value as Aggregate;
    change({ aggregate });
  };
  return html`<select aria-label=${l10n.t('Figure of a group')} @change=${choose}>
    ${aggregates.map(
      (each) =>
        html`<option value=${each} ?selected=${each === layout.aggregate}>
          ${aggregateText(each)}
        </option>`,
    )}
  </select>`;
}

function entries(input: GroupControlInput, anchor: HTMLElement): readonly MenuItem[] {
  const { groupBy, collapsed } = input.layout;
  const isFull = groupBy.length >= mostGroups;
  const add = (key: GroupKey): void => input.change({ groupBy: [...groupBy, key] });
  const pick = (kind: 'param' | 'tag', title: string) => () =>
    openPicker(anchor, title, unused(input, kind), (key) => add({ kind, key }));
  const fold = (keys: ReadonlySet<string>) => () => input.change({ collapsed: keys });
  return [
    ...groupBy.map((key): MenuItem => ({
      label: groupKeyText(key),
      isChecked: true,
      run: () => input.change({ groupBy: groupBy.filter((each) => each !== key) }),
    })),
    ...(groupBy.length > 0 ? (['separator'] as const) : []),
    {
      label: l10n.t('A parameter…'),
      isDisabled: isFull,
      run: pick('param', l10n.t('Parameter to group runs by')),
    },
    {
      label: l10n.t('A tag…'),
      isDisabled: isFull,
      run: pick('tag', l10n.t('Tag to group runs by')),
    },
    ...attributes
      .filter((name) => !groupBy.some(({ kind, key }) => kind === 'attribute' && key === name))
      .map((name): MenuItem => ({
        label: attributeText(name),
        isDisabled: isFull,
        run: () => add({ kind: 'attribute', key: name }),
      })),
    ...(groupBy.length === 0
      ? []
      : ([
          'separator',
          {
            label: l10n.t('Fold all groups'),
            run: () => fold(new Set([...collapsed, ...input.groups()]))(),
          },
          {
            label: l10n.t('Unfold all groups'),
            run: () => fold(new Set([...collapsed].filter((key) => !isGroupKey(key))))(),
          },
          { label: l10n.t('Group by nothing'), run: () => input.change({ groupBy: [] }) },
        ] satisfies MenuItem[])),
  ];
}

function isGroupKey(key: string): boolean {
  return key.startsWith('group:');
}

function unused({ layout, keysOf }: GroupControlInput, kind: 'param' | 'tag'): readonly string[] {
  const used = new Set(layout.groupBy.flatMap((each) => (each.kind === kind ? each.key : [])));
  return keysOf(kind)
    .filter((key) => !used.has(key))
    .toSorted();
}
