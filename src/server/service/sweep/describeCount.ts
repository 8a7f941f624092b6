import * as l10n from '@vscode/l10n';
import { countCombinations, countRuns, countValues } from './countRuns';
import type { Sweep } from './sweepModel';

/** How many runs a sweep makes, in a word or two: `12 runs`. */
export function countTitle(sweep: Sweep): string {
  const count = countRuns(sweep);
  if (count === 'endless') return l10n.t('Runs without end');
  if (count === 'unknown') return l10n.t('Number of runs not known yet');
  if (!Number.isFinite(count)) return l10n.t('More runs than can be counted');
  if (count === 1) return l10n.t('1 run');
  return l10n.t('{0} runs', count.toLocaleString('en'));
}

/** And how that comes about: `12 runs: 3 × 4 combinations`. */
export function describeCount(sweep: Sweep): string {
  const title = countTitle(sweep);
  const combinations = countCombinations(sweep);
  const { method, parameters, runCap } = sweep;
  if (method !== 'grid') return l10n.t('{0}, by {1}.', title, method);
  if (typeof combinations !== 'number' || parameters.length > most) return `${title}.`;
  const product = parameters.map(({ domain }) => String(countValues(domain))).join(' × ');
  const isCapped = runCap !== undefined && runCap < combinations;
  if (isCapped) return l10n.t('{0} of {1} combinations, as `run_cap` says.', title, combinations);
  return parameters.length > 1 ? l10n.t('{0}: {1} combinations.', title, product) : `${title}.`;
}

/** Factors that are shown. */
const most = 12;
