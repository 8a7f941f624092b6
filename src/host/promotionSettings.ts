import * as vscode from 'vscode';

import { settings } from '../ids';
import { aliasProblem } from '../mlflow/registry/modelNames';
import type { PromotionSettings } from '../mlflow/registry/promotion';
import { SaidError } from './explainError';

const usualAlias = 'production';
const modes = ['auto', 'stage', 'alias'] as const;
const archivings = ['ask', 'always', 'never'] as const;

/** How versions are brought into production; throws where the alias of the settings is none that MLflow takes. */
export function promotionSettings(): PromotionSettings {
  const alias = productionAlias();
  if (aliasProblem(alias) !== undefined) {
    throw new SaidError(
      vscode.l10n.t(
        '"{0}" cannot be an alias. Choose another one in the setting {1}.',
        alias,
        settings.promoteAlias,
      ),
    );
  }
  return {
    mode: oneOf(modes, read(settings.promoteMode)) ?? 'auto',
    alias,
    archiveExisting: oneOf(archivings, read(settings.promoteArchiveExisting)) ?? 'ask',
  };
}

/** The alias that stands for production. */
export function productionAlias(): string {
  const value = read(settings.promoteAlias);
  return (typeof value === 'string' && value.trim().replace(/^@/, '')) || usualAlias;
}

function read(id: string): unknown {
  return vscode.workspace.getConfiguration().get(id);
}

function oneOf<T>(values: readonly T[], value: unknown): T | undefined {
  return values.find((each) => each === value);
}
