import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';

import { styled } from '../kit/styled';
import { formatPlace } from './axisTicks';
import type { ChartModel } from './chartModel';
import { type AxisSetup, wholeOf } from './chartScene';
import { problemsOf } from './chartTexts';
import { fractionOf, type Range } from './range';

/** A bar below a zoomed picture that says where it is in the whole; its room is kept otherwise. */
export function overview(
  window: Range | undefined,
  model: ChartModel,
  { title, unit, scaleX }: AxisSetup,
  locale: string,
): TemplateResult {
  if (window === undefined || model.kind === 'bar') return html`<div class="chart-overview"></div>`;
  const whole = wholeOf(model, scaleX);
  const share = (value: number): number =>
    Math.max(0, Math.min(1, fractionOf(value, whole, scaleX)));
  const start = share(window.min);
  const width = Math.max(0.004, share(window.max) - start);
  const [from, to] = [window.min, window.max].map((value) => formatPlace(value, unit, locale));
  const text = l10n.t('{0} from {1} to {2}', title, from!, to!);
  return html`<div class="chart-overview zoomed" role="img" aria-label=${text} title=${text}>
    <div
      class="chart-overview-window"
      ${styled({ left: `${start * 100}%`, width: `${width * 100}%` })}
    ></div>
  </div>`;
}

/** Which line is which group's, where lines are means of groups: the bar of runs does not tell. */
export function groupLegend({ lines }: ChartModel): TemplateResult[] {
  return lines
    .filter(({ band }) => band !== undefined)
    .map(
      ({ name, style }) =>
        html`<span class="chart-group"
          ><span class="tooltip-color" ${styled({ 'background-color': style.color })}></span>
          ${name}</span
        >`,
    );
}

/** What could not be read, and another try. */
export function problemLine(model: ChartModel, retry: () => void): TemplateResult | typeof nothing {
  const problems = problemsOf(model);
  if (problems.length === 0) return nothing;
  const text = problems.join(' ');
  return html`<button type="button" class="link-button" @click=${retry}>${l10n.t('Retry')}</button>
    <span class="chart-problem" title=${text}>${text}</span>`;
}

/** Lets `body` fill the page until Escape or `onClose`; everything else rests meanwhile. */
export function openDialog(
  name: string,
  body: HTMLElement,
  host: HTMLElement,
  onClose: () => void,
): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.className = 'chart-full';
  dialog.setAttribute('aria-label', name);
  dialog.addEventListener('close', onClose);
  dialog.append(body);
  host.append(dialog);
  dialog.showModal();
  return dialog;
}
