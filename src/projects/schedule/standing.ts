import { hasEnded, type SeenChild, type SeenClaim } from './seenSweep';

/** How it stands with a combination. */
export type Standing =
  | { readonly kind: 'done' | 'early' | 'failed' }
  | {
      readonly kind: 'taken';
      readonly claimant: string;
      readonly attempt: number;
      /** The claimant is dead, but its run may be there. */
      readonly isUnseen: boolean;
    }
  | { readonly kind: 'open'; readonly attempt: number };

export interface StandingRules {
  isAlive(claimant: string): boolean;
  /** Whether an attempt is over although no run of it is there: somebody has deleted that. */
  hasVanished(number: number, attempt: number): boolean;
  /** Whether an attempt may have a run that was not seen yet. */
  mayBeUnseen(number: number, attempt: number): boolean;
  /** Whether another attempt is made after this one failed. */
  isForgiven(number: number, attempt: number): boolean;
}

/** What is known of one combination. */
export interface Attempts {
  readonly number: number;
  readonly claims: readonly SeenClaim[];
  readonly children: readonly SeenChild[];
}

export function standingOf({ number, claims, children }: Attempts, rules: StandingRules): Standing {
  if (children.some(({ status }) => status === 'FINISHED')) return { kind: 'done' };
  if (children.some((child) => child.ended === 'early' && hasEnded(child)))
    return { kind: 'early' };
  const attempt = Math.max(-1, ...[...claims, ...children].map((one) => one.attempt));
  const claimant = claims.find((claim) => claim.attempt === attempt)?.claimant;
  const newest = children.filter((child) => child.attempt === attempt);
  const isGoingOn =
    newest.length === 0
      ? !rules.hasVanished(number, attempt)
      : newest.some((child) => !hasEnded(child));
  if (claimant !== undefined && isGoingOn && rules.isAlive(claimant)) {
    return { kind: 'taken', claimant, attempt, isUnseen: false };
  }
  if (claimant !== undefined && newest.length === 0 && rules.mayBeUnseen(number, attempt)) {
    return { kind: 'taken', claimant, attempt, isUnseen: true };
  }
  const hasFailed = !isGoingOn && newest.some(({ status }) => status === 'FAILED');
  if (hasFailed && !rules.isForgiven(number, attempt)) return { kind: 'failed' };
  return { kind: 'open', attempt: attempt + 1 };
}

/**
 * Attempts that are to be marked as killed: those that go on although their claimants died, and those that finished although an earlier one
 * had.
 */
export function leftovers(
  { claims, children }: Attempts,
  rules: Pick<StandingRules, 'isAlive'>,
): SeenChild[] {
  const claimants = new Map(claims.map(({ attempt, claimant }) => [attempt, claimant]));
  const abandoned = children.filter((child) => {
    const claimant = claimants.get(child.attempt);
    return !hasEnded(child) && (claimant === undefined || !rules.isAlive(claimant));
  });
  const [, ...surplus] = children
    .filter(({ status }) => status === 'FINISHED')
    .toSorted((a, b) => a.attempt - b.attempt || compareIds(a, b));
  return [...abandoned, ...surplus];
}

function compareIds(a: SeenChild, b: SeenChild): number {
  return a.runId < b.runId ? -1 : 1;
}

/** What is known, by combination. */
export function byCombination(
  claims: readonly SeenClaim[],
  children: Iterable<SeenChild>,
): Map<number, Attempts> {
  const found = new Map<number, { number: number; claims: SeenClaim[]; children: SeenChild[] }>();
  const entry = (number: number): { claims: SeenClaim[]; children: SeenChild[] } => {
    const known = found.get(number) ?? { number, claims: [], children: [] };
    found.set(number, known);
    return known;
  };
  for (const claim of claims) entry(claim.number).claims.push(claim);
  for (const child of children) entry(child.number).children.push(child);
  return found;
}
