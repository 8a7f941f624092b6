import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { MapPage } from '../../src/protocol/mapPage';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import { lastResult } from '../kit/lastResult';
import type { Link } from '../kit/link';
import type { GridModel } from '../kit/virtualGrid';
import '../kit/virtualGrid';
import type { MapCanvas, MapInput } from './mapCanvas';
import './mapCanvas';
import type { Dispatch, MapData, PageState, PlacedFeature } from './state';

type PageLink = Link<MapPage>;

/** The whole page. */
export function pageView(
  state: PageState,
  dispatch: Dispatch,
  link: PageLink,
  retry: () => void,
): TemplateResult {
  const { init, data, failure } = state;
  if (failure !== undefined) return failed(state, link, retry);
  if (data === undefined) return html`<div class="starting" aria-busy="true"></div>`;
  return html`<h1 class="visually-hidden">${init?.path ?? ''}</h1>
    ${header(data, link)}
    <div class="map-body">
      ${data.bounds === undefined ? nothing : map(state, data, dispatch)}
      <aside aria-label=${l10n.t('Features')}>
        ${featureList(data, dispatch, link)} ${properties(state, data, link)}
      </aside>
    </div>`;
}

function failed(
  { failure, isMalformed }: PageState,
  link: PageLink,
  retry: () => void,
): TemplateResult {
  return html`<p class="failure" role="alert">${icon('warning')} ${failure}</p>
    <p class="nothing">
      ${textButton(l10n.t('Open Text'), () => say(link.call('openText', undefined)))}
      ${isMalformed ? nothing : textButton(l10n.t('Retry'), retry)}
    </p>`;
}

function header(data: MapData, link: PageLink): TemplateResult {
  return html`<header class="top">
    <div class="toolbar" role="group" aria-label=${l10n.t('Map')}>
      <span role="status">${summary(data)}</span>
      <span class="faint">${l10n.t('equirectangular, WGS 84')}</span>
      <span class="toolbar-gap"></span>
      ${data.bounds === undefined ? nothing : zoomButtons()}
      ${textButton(l10n.t('Open Text'), () => say(link.call('openText', undefined)))}
    </div>
  </header>`;
}

function summary({ features, points, badPositions, badParts, isCut, bounds }: MapData): string {
  const format = new Intl.NumberFormat(document.documentElement.lang);
  return [
    isCut
      ? l10n.t('the first {0} features', format.format(features.length))
      : l10n.t('{0} features', format.format(features.length)),
    l10n.t('{0} points', format.format(points)),
    ...(badPositions > 0
      ? [l10n.t('{0} positions are no degrees and left out', format.format(badPositions))]
      : []),
    ...(badParts > 0
      ? [l10n.t('{0} parts are no GeoJSON and left out', format.format(badParts))]
      : []),
    ...(bounds === undefined ? [l10n.t('nothing has a place')] : []),
  ].join(' · ');
}

function zoomButtons(): TemplateResult {
  const canvas = (): MapCanvas | null => document.querySelector('map-canvas');
  return html`${textButton('+', () => canvas()?.zoom(1.5))}
  ${textButton('−', () => canvas()?.zoom(1 / 1.5))}
  ${textButton(l10n.t('Show All'), () => canvas()?.showAll())}`;
}

function map(state: PageState, data: MapData, dispatch: Dispatch): TemplateResult {
  const input: MapInput = {
    features: data.features,
    bounds: data.bounds ?? { west: -180, south: -90, east: 180, north: 90 },
    selected: state.selected,
    showing: state.showing,
    onSelect: (feature) => dispatch({ type: 'select', feature, isShown: false }),
  };
  return html`<map-canvas .input=${input}></map-canvas>`;
}

const listModel = lastResult(
  (features: readonly PlacedFeature[], dispatch: Dispatch, link: PageLink): GridModel => ({
    label: l10n.t('Features'),
    rows: features.length,
    columns: 1,
    firstWidth: 190,
    columnWidth: 130,
    corner: l10n.t('Name'),
    rowKey: (row) => String(row),
    columnHeader: () => ({ content: l10n.t('Geometry') }),
    rowHeader: (row) => ({ content: nameOf(features[row], row) }),
    cell: (row) => ({ content: features[row]?.type ?? '' }),
    hint: (row) => nameOf(features[row], row),
    activate: (row) => {
      if (row >= 0) dispatch({ type: 'select', feature: row, isShown: true });
    },
    copy: (row) => say(link.call('copy', nameOf(features[row], row))),
    point: () => undefined,
  }),
);

function featureList({ features }: MapData, dispatch: Dispatch, link: PageLink): TemplateResult {
  return html`<virtual-grid
    class="feature-list"
    .model=${listModel(features, dispatch, link)}
  ></virtual-grid>`;
}

const naming = ['name', 'title', 'label', 'NAME', 'Name', 'id'];

function nameOf(feature: PlacedFeature | undefined, row: number): string {
  if (feature === undefined) return '';
  const named = naming.flatMap((key) => feature.properties.find(([each]) => each === key) ?? []);
  return named[1] ?? (feature.id === '' ? l10n.t('feature {0}', row + 1) : feature.id);
}

/** What the file says of the selected feature; always as text. */
function properties(
  { selected }: PageState,
  { features }: MapData,
  link: PageLink,
): TemplateResult {
  const feature = selected === undefined ? undefined : features[selected];
  if (selected === undefined || feature === undefined)
    return html`<p class="faint map-hint" role="status">
      ${l10n.t('Click on a feature, or press Enter in the list, to see what the file says of it.')}
    </p>`;
  const all = feature.properties;
  return html`<h2>
      ${nameOf(feature, selected)}
      <span class="faint">${feature.type === '' ? l10n.t('no geometry') : feature.type}</span>
    </h2>
    <div class="property-table" tabindex="0" role="region" aria-label=${l10n.t('Properties')}>
      ${
        all.length === 0
          ? html`<p class="faint" role="status">${l10n.t('The feature has no properties.')}</p>`
          : html`<table>
              <tbody>
                ${all.map(
                  ([key, value]) =>
                    html`<tr>
                      <th scope="row">${key}</th>
                      <td>${value}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </div>
    <p class="map-hint">
      ${textButton(l10n.t('Copy Properties'), () =>
        say(link.call('copy', JSON.stringify(Object.fromEntries(all), undefined, 2))),
      )}
    </p>`;
}

function say(work: Promise<unknown>): void {
  void announceOutcome(work.then(() => undefined));
}
