import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { announce } from '../kit/announce';
import { icon } from '../kit/icons';
import type { MenuItem } from '../kit/menu';
import { firstRelation } from './choices';
import type { RelationInput } from './relationChart';
import { relationChart } from './relationChart';
import { kindText } from './relationTexts';
import type { RelationKind, RelationSpec } from './spec';
import { readRelation, relationKinds } from './spec';

/** What all charts of relations are drawn from. */
export interface RelationsInput extends Omit<RelationInput, 'spec' | 'onSpec' | 'entries'> {
  /** As remembered: what is no spec is passed over. */
  readonly relations: readonly unknown[];
  readonly onRelations: (relations: readonly RelationSpec[]) => void;
}

/** As many are remembered. */
const mostRelations = 20;

/** Charts of params against metrics, with buttons that add one of each kind. */
export function relationsSection(input: RelationsInput): TemplateResult {
  const { relations, onRelations, ...rest } = input;
  const specs = readRelations(relations);
  const charts = repeat(
    specs.map((spec, at) => ({ spec, at })),
    ({ spec, at }) => `${spec.kind} ${at}`,
    ({ spec, at }) =>
      relationChart({
        ...rest,
        spec,
        onSpec: (changed) => onRelations(specs.with(at, changed)),
        entries: chartEntries(specs, at, onRelations),
      }),
  );
  const add = (kind: RelationKind): void => {
    // Looks through all params of all runs: not for every drawing.
    const first = firstRelation(kind, input.source);
    if (first) onRelations([...specs, first]);
    else announce(l10n.t('These runs have too little in common for this chart.'));
  };
  const addButton = (kind: RelationKind): TemplateResult =>
    html`<button
      type="button"
      class="text-button"
      ?disabled=${specs.length >= mostRelations}
      @click=${() => add(kind)}
    >
      ${icon('add')}${kindText(kind)}
    </button>`;
  return html`<section class="relations" aria-label=${l10n.t('Relations')}>
    <div class="relations-head">
      <h3>${l10n.t('Relations')}</h3>
      ${relationKinds.map(addButton)}
    </div>
    <div class="relations-charts">${charts}</div>
  </section>`;
}

/** The same specs for the same remembered ones, so that charts know what has not changed. */
function readRelations(relations: readonly unknown[]): readonly RelationSpec[] {
  const known = read.get(relations);
  if (known) return known;
  const specs = relations.flatMap((each) => readRelation(each) ?? []).slice(0, mostRelations);
  read.set(relations, specs);
  return specs;
}

const read = new WeakMap<readonly unknown[], readonly RelationSpec[]>();

function chartEntries(
  specs: readonly RelationSpec[],
  at: number,
  onRelations: RelationsInput['onRelations'],
): readonly MenuItem[] {
  const swap = (to: number): void => onRelations(specs.with(at, specs[to]!).with(to, specs[at]!));
  return [
    'separator',
    { label: l10n.t('Move up'), isDisabled: at === 0, run: () => swap(at - 1) },
    {
      label: l10n.t('Move down'),
      isDisabled: at === specs.length - 1,
      run: () => swap(at + 1),
    },
    { label: l10n.t('Remove chart'), run: () => onRelations(specs.toSpliced(at, 1)) },
  ];
}
