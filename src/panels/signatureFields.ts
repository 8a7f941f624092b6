import * as vscode from 'vscode';

import {
  paramTypeText,
  typeText,
  type SchemaField,
  type SchemaParam,
  type Signature,
} from '../mlflow/signature';
import type { KeyedText } from '../protocol/comparePage';

/** What a signature says of each input, output and param, so that it can be held against another's; none without one. */
export function signatureFields(signature: Signature | undefined): readonly KeyedText[] {
  const { inputs = [], outputs = [], params = [] } = signature ?? {};
  return [
    ...inputs.map((field, place) => ({
      key: vscode.l10n.t('Input {0}', nameOf(field, place)),
      text: fieldText(field),
    })),
    ...outputs.map((field, place) => ({
      key: vscode.l10n.t('Output {0}', nameOf(field, place)),
      text: fieldText(field),
    })),
    ...params.map((param) => ({
      key: vscode.l10n.t('Param {0}', param.name),
      text: paramText(param),
    })),
  ];
}

/** Columns without names go by their place, as tensors do. */
function nameOf({ name }: SchemaField, place: number): string {
  return name ?? String(place + 1);
}

function fieldText({ type, isRequired }: SchemaField): string {
  return isRequired ? typeText(type) : vscode.l10n.t('{0}, optional', typeText(type));
}

function paramText(param: SchemaParam): string {
  return `${paramTypeText(param)} = ${param.defaultValue}`;
}
