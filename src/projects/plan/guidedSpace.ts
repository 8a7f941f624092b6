import type { SweepDomain, SweepParameter } from '../../server/service/sweep/sweepModel';
import type { NamedText } from '../launchContracts';
import { numberText } from './drawValue';
import { exactExp } from './exactMath';

/** One parameter of a guided search, as Optuna is told of it. */
export type GuidedAxis =
  | { readonly name: string; readonly choices: readonly string[] }
  | {
      readonly name: string;
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly whole: boolean;
    };

/** Normal distributions are searched so many sigmas to either side. */
const sigmas = 4;

export function guidedSpace(parameters: readonly SweepParameter[]): GuidedAxis[] {
  return parameters.map(({ name, domain }) => axisOf(name, domain));
}

function axisOf(name: string, domain: SweepDomain): GuidedAxis {
  switch (domain.kind) {
    case 'values':
      return { name, choices: [...new Set(domain.values.map(({ text }) => text))] };
    case 'range': {
      const { distribution, min, max } = domain;
      const isExponent = distribution === 'log_uniform';
      return {
        name,
        low: isExponent ? exactExp(min) : min,
        high: isExponent ? exactExp(max) : max,
        log: distribution.includes('log_uniform'),
        whole: distribution === 'int_uniform',
      };
    }
    case 'open': {
      const { mu, sigma } = domain;
      const [low, high] = [mu - sigmas * sigma, mu + sigmas * sigma];
      const log = domain.distribution === 'log_normal';
      const at = (value: number): number => (log ? exactExp(value) : value);
      return { name, low: at(low), high: at(high), log, whole: false };
    }
    case 'unknown':
      return { name, choices: [''] };
  }
}

/** What Optuna chose, as texts in the order of the parameters, rounded as the sweep file has it. */
export function guidedValues(
  parameters: readonly SweepParameter[],
  chosen: Readonly<Record<string, unknown>>,
): NamedText[] {
  return parameters.map(({ name, domain }) => {
    const value = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
    return [
      name,
      typeof value === 'number'
        ? roundedText(domain, value)
        : typeof value === 'string'
          ? value
          : '',
    ];
  });
}

function roundedText(domain: SweepDomain, value: number): string {
  const step = domain.kind === 'range' || domain.kind === 'open' ? domain.step : undefined;
  const isStepped =
    domain.kind !== 'values' && domain.kind !== 'unknown' && domain.distribution.startsWith('q_');
  return numberText(isStepped && step !== undefined ? Math.round(value / step) * step : value);
}
