import * as l10n from '@vscode/l10n';
import type { Hover, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { modelTexts } from '../../schema/modelSchema';
import { hoverOf } from '../hoverOf';
import { markdownCode } from '../markdownCode';
import { rootMap } from '../rootKeys';
import type { YamlNode } from '../yaml/yamlTree';
import { describeSignature } from './describeSignature';
import { type ModelPlace, modelPlaces } from './modelPlaces';

/** What a key of MLmodel means, and what its value says in plain words. */
export function hoverModel(document: TextDocument, position: Position): Hover | undefined {
  const offset = document.offsetAt(position);
  const place = modelPlaces(rootMap(document)).find(
    ({ entry }) => isIn(entry.key, offset) || (isScalar(entry.value) && isIn(entry.value, offset)),
  );
  const lines = place && describePlace(place);
  if (place === undefined || lines === undefined || lines.length === 0) {
    return undefined;
  }
  const { key, value } = place.entry;
  return hoverOf(document, isIn(key, offset) ? key.span : value.span, lines);
}

function describePlace({ path, entry }: ModelPlace): string[] {
  const [first = '', second = '', ...rest] = path;
  const text =
    modelTexts.get(path.join('/')) ??
    (first === 'flavors' ? modelTexts.get(['flavors', '*', ...rest].join('/')) : undefined);
  const lines = text === undefined ? [] : [`**${markdownCode(path.at(-1) ?? '')}** — ${text()}`];
  const value = entry.value.kind === 'scalar' ? entry.value.text : undefined;
  if (first === 'signature') {
    lines.push(...describeSignatureOf(path, entry.value));
  } else if (first === 'model_size_bytes' && value !== undefined && /^\d{1,15}$/.test(value)) {
    lines.push(sizeText(Number(value)));
  } else if (first === 'flavors' && path.length === 2 && second === 'python_function') {
    lines.push(...loaderOf(entry.value));
  }
  return lines;
}

function describeSignatureOf(path: readonly string[], value: YamlNode): string[] {
  if (path.length === 2 && value.kind === 'scalar') {
    return [describeSignature(value.text) ?? ''].filter((text) => text !== '');
  }
  if (path.length !== 1 || value.kind !== 'map') {
    return [];
  }
  return value.entries.flatMap(({ key, value: part }) => {
    const described = part.kind === 'scalar' ? describeSignature(part.text) : undefined;
    return key.kind !== 'scalar' || described === undefined
      ? []
      : [`${markdownCode(key.text)}\n${described}`];
  });
}

function loaderOf(flavor: YamlNode): string[] {
  const entries = flavor.kind === 'map' ? flavor.entries : [];
  const loader = entries.find(({ key }) => key.kind === 'scalar' && key.text === 'loader_module');
  return loader?.value.kind === 'scalar'
    ? [l10n.t('Loaded by {0}', markdownCode(loader.value.text))]
    : [];
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const shown = bytes / 1024 ** power;
  return `${power === 0 ? shown : shown.toFixed(1)} ${units[power] ?? ''}`;
}

function isScalar(node: YamlNode): boolean {
  return node.kind === 'scalar';
}

function isIn({ span }: YamlNode, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
