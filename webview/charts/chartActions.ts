import * as l10n from '@vscode/l10n';

import { announceOutcome } from '../kit/announce';
import type { MenuItem } from '../kit/menu';
import { fileName } from '../kit/fileName';
import { chartCsv } from './chartCsv';
import type { ChartFigure, ChartInput } from './chartFigure';
import { chartMarkdown } from './chartMarkdown';
import type { ChartModel } from './chartModel';
import { chartPng } from './chartPng';
import { chartSvg } from './chartSvg';
import type { ChartsHub } from './chartsHub';
import type { PlotPane } from './plotPane';

/** What can be done to a chart's place on the page; absent where there is no such place. */
export interface ChartMoves {
  readonly earlier: (() => void) | undefined;
  readonly later: (() => void) | undefined;
  readonly hide: () => void;
}

interface Subject {
  readonly hub: ChartsHub;
  readonly input: ChartInput;
  readonly model: ChartModel;
  readonly pane: PlotPane | undefined;
  readonly figure: ChartFigure;
}

/** The menu of a chart. */
export function chartActions(subject: Subject): MenuItem[] {
  const { hub, input, model, figure } = subject;
  const { moves } = input;
  const isSampled = model.runs.some(({ status }) => status.data?.complete === false);
  const entry = (label: string, run: (() => void) | undefined): MenuItem => ({
    label,
    isDisabled: run === undefined,
    run: run ?? (() => undefined),
  });
  const readAll = (): void => {
    figure.wantsWhole = true;
    figure.want();
  };
  return [
    entry(l10n.t('Read all points'), isSampled && hub.cache.hasRoom ? readAll : undefined),
    'separator',
    entry(l10n.t('Save as PNG…'), () => void announceOutcome(savePng(subject))),
    entry(l10n.t('Save as SVG…'), () => void announceOutcome(saveSvg(subject))),
    entry(l10n.t('Save as CSV…'), () => void announceOutcome(saveCsv(subject))),
    entry(l10n.t('Copy as Markdown'), () => void announceOutcome(copyMarkdown(subject))),
    'separator',
    entry(l10n.t('Move earlier'), moves.earlier),
    entry(l10n.t('Move later'), moves.later),
    entry(l10n.t('Hide chart'), moves.hide),
  ];
}

async function save(
  { hub, input }: Subject,
  extension: string,
  content: string | Uint8Array,
): Promise<string | undefined> {
  const suggested = `${fileName(input.metric)}.${extension}`;
  const outcome = await hub.link.save(suggested, content);
  return outcome === 'saved' ? l10n.t('The chart was saved.') : undefined;
}

async function savePng(subject: Subject): Promise<string | undefined> {
  const picture = pictureOf(subject);
  if (picture === undefined) return undefined;
  return save(subject, 'png', await chartPng(picture));
}

async function saveSvg(subject: Subject): Promise<string | undefined> {
  const picture = pictureOf(subject);
  return picture === undefined ? undefined : save(subject, 'svg', chartSvg(picture));
}

function pictureOf({ pane, input, hub }: Subject) {
  const file = pane?.picture.file;
  return file && { ...file, title: input.metric, ink: hub.ink };
}

/** What is here at once, or the whole histories, which the extension reads and writes. */
async function saveCsv(subject: Subject): Promise<string | undefined> {
  const { hub, input, model } = subject;
  const csv = chartCsv(input.metric, model);
  if (csv !== undefined) return save(subject, 'csv', csv);
  const runs = model.runs.map(({ run }) => run.key);
  const outcome = await hub.link.exportHistories(runs, [input.metric]);
  return outcome === 'saved' ? l10n.t('The histories were saved.') : undefined;
}

async function copyMarkdown({ hub, input, model }: Subject): Promise<string> {
  await hub.link.copy(chartMarkdown(input.metric, model));
  return l10n.t('Copied as Markdown.');
}
