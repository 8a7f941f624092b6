import * as l10n from '@vscode/l10n';
import { parameterTypes } from '../../schema/mlprojectSchema';
import { markdownCode } from '../markdownCode';
import { pythonText } from '../python/pythonText';
import type { ParameterAt } from './parameterAt';
import type { EntryPointModel, ParameterModel } from './projectModel';

type DeclaredParameter = Pick<ParameterAt, 'entryPoint' | 'name'> & {
  readonly parameter: ParameterModel;
};

/** What a parameter is, as paragraphs of Markdown. */
export function describeParameter({ entryPoint, name, parameter }: DeclaredParameter): string[] {
  const { type, defaultValue } = parameter;
  const title =
    type === undefined
      ? l10n.t('Parameter {0}', markdownCode(name))
      : l10n.t('Parameter {0}: {1}', markdownCode(name), markdownCode(type));
  const text = defaultValue && pythonText(defaultValue);
  const given =
    defaultValue === undefined
      ? l10n.t('Required: it has no default.')
      : text === undefined
        ? l10n.t('It has a default.')
        : l10n.t('Default: {0}', markdownCode(text));
  const meaning = parameterTypes.find(({ value }) => value === type)?.describe();
  return [title, given, ...(meaning === undefined ? [] : [meaning]), describeUse(entryPoint, name)];
}

function describeUse({ name: entryPoint, command }: EntryPointModel, name: string): string {
  const uses = command?.placeholders.filter((one) => one.name === name).length ?? 0;
  if (uses === 0) return l10n.t('The command of {0} does not use it.', markdownCode(entryPoint));
  return uses === 1
    ? l10n.t('The command of {0} uses it once.', markdownCode(entryPoint))
    : l10n.t('The command of {0} uses it {1} times.', markdownCode(entryPoint), uses);
}
