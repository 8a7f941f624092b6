import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../kit/icons';
import type { MenuItem } from '../kit/menu';
import { openMenu } from '../kit/menu';
import { openPicker } from '../kit/picker';
import type { ScaledColumn } from './pointScene';
import type { RelationScene } from './relationTexts';
import { nameOf, titleOf } from './relationTexts';
import type { AxisChoice, Field, RelationSpec } from './spec';
import { isSameField, mostAxes } from './spec';

/** What the head of a chart can change. */
export interface HeadActions {
  readonly fields: () => readonly Field[];
  readonly change: (spec: RelationSpec) => void;
  readonly entries: () => readonly MenuItem[];
}

/** The name of a chart, what its axes show, and what else can be done with it. */
export function relationHead(
  spec: RelationSpec,
  scene: RelationScene,
  actions: HeadActions,
): TemplateResult {
  const openMore = (event: Event): void =>
    openMenu(event.currentTarget as HTMLElement, l10n.t('Chart actions'), actions.entries());
  return html`<figcaption class="relation-head">
    <span class="relation-title" title=${titleOf(spec)}>${titleOf(spec)}</span>
    ${spec.kind === 'parallel' ? addAxisButton(spec, actions) : axisButtons(spec, scene, actions)}
    <button
      type="button"
      class="icon-button"
      aria-haspopup="menu"
      title=${l10n.t('Chart actions')}
      aria-label=${l10n.t('Actions of {0}', titleOf(spec))}
      @click=${openMore}
    >
      ${icon('more')}
    </button>
  </figcaption>`;
}

type PointSpec = Exclude<RelationSpec, { kind: 'parallel' }>;

function axisButtons(
  spec: PointSpec,
  scene: RelationScene,
  actions: HeadActions,
): readonly (TemplateResult | typeof nothing)[] {
  if (scene.kind !== 'points') return [];
  const axis = (name: 'x' | 'y', label: string): TemplateResult =>
    axisButton(label, spec[name], scene[name], actions, (choice) =>
      actions.change({ ...spec, [name]: choice }),
    );
  const byColor =
    spec.kind === 'contour' && scene.z
      ? axisButton(l10n.t('Color'), spec.z, scene.z, actions, (z) => actions.change({ ...spec, z }))
      : nothing;
  return [axis('x', 'X'), axis('y', 'Y'), byColor];
}

function axisButton(
  label: string,
  choice: AxisChoice,
  { scale }: ScaledColumn,
  actions: HeadActions,
  change: (choice: AxisChoice) => void,
): TemplateResult {
  const pick = (event: Event): void =>
    pickField(event, l10n.t('Field of {0}', label), actions.fields(), (field) => change({ field }));
  const isLog = scale.kind === 'log';
  const turn = (): void => change({ ...choice, division: isLog ? 'linear' : 'log' });
  return html`<span class="relation-choice"
    ><span class="faint">${label}</span>
    <button type="button" class="text-button" aria-haspopup="listbox" @click=${pick}>
      ${nameOf(choice.field)}${icon('chevronDown')}
    </button>
    ${
      scale.kind === 'labels'
        ? nothing
        : html`<button
            type="button"
            class="text-button"
            aria-pressed=${isLog ? 'true' : 'false'}
            aria-label=${`${l10n.t('log')} ${label}`}
            title=${l10n.t('Logarithmic')}
            @click=${turn}
          >
            ${l10n.t('log')}
          </button>`
    }</span
  >`;
}

function addAxisButton(
  spec: Extract<RelationSpec, { kind: 'parallel' }>,
  actions: HeadActions,
): TemplateResult {
  const free = (): readonly Field[] =>
    actions.fields().filter((field) => !spec.axes.some((axis) => isSameField(axis.field, field)));
  const add = (event: Event): void =>
    pickField(event, l10n.t('Field of the new axis'), free(), (field) =>
      actions.change({ ...spec, axes: [...spec.axes, { field }] }),
    );
  return html`<button
    type="button"
    class="text-button"
    aria-haspopup="listbox"
    ?disabled=${spec.axes.length >= mostAxes}
    @click=${add}
  >
    ${icon('add')}${l10n.t('Add axis')}
  </button>`;
}

/** Lets the person choose a field by its name, of which a param and a metric may have the same. */
function pickField(
  event: Event,
  title: string,
  fields: readonly Field[],
  choose: (field: Field) => void,
): void {
  const byName = new Map(fields.map((field) => [fieldLabel(field), field]));
  openPicker(event.currentTarget as HTMLElement, title, [...byName.keys()], (name) => {
    const field = byName.get(name);
    if (field) choose(field);
  });
}

function fieldLabel({ of, key }: Field): string {
  return of === 'param' ? l10n.t('{0} (parameter)', key) : l10n.t('{0} (metric)', key);
}
