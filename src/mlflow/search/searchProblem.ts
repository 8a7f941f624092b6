/** A stretch of a text, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** MLflow refuses the text, and why, in its own words. */
export interface Refused {
  readonly kind: 'refused';
  readonly message: string;
  /** What is wrong, within the text. */
  readonly span: Span;
}

/**
 * The text holds SQL that MLflow's parser reads in ways of its own, such as comments or type casts:
 * whether it is taken cannot be told here.
 */
export interface Unclear {
  readonly kind: 'unclear';
  readonly span: Span;
}

export type SearchProblem = Refused | Unclear;

/** Ends parsing; never leaves this folder. */
export class ParsingEnd extends Error {
  constructor(readonly problem: SearchProblem) {
    super(problem.kind);
  }
}

export function refuse(message: string, { start, end }: Span): never {
  throw new ParsingEnd({ kind: 'refused', message, span: { start, end } });
}

export function giveUp({ start, end }: Span): never {
  throw new ParsingEnd({ kind: 'unclear', span: { start, end } });
}

/** What `parse` returns, or the problem that ended it. */
export function orProblem<Result>(parse: () => Result): Result | SearchProblem {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ParsingEnd) {
      return error.problem;
    }
    throw error;
  }
}
