import type { Piece } from './clauses';
import { piecesOf } from './clauses';

/** A filter of MLflow's language that is one part of what was typed. */
export interface Alternative {
  readonly text: string;
  /** Where its comparisons were typed: a place in `text` is found there by {@link typedPlace}. */
  readonly parts: readonly {
    readonly start: number;
    readonly typed: number;
    readonly length: number;
  }[];
}

/** More queries than these would ask too much of a server at once. */
const most = 10;
/** Nobody means parentheses deeper than these. */
const deepest = 20;

/** Comparisons that all have to hold, each a stretch of the typed text. */
type Stretch = { readonly start: number; readonly end: number };
type Conjunction = readonly Stretch[];

/**
 * The filters whose findings together are what was meant, where somebody wrote OR or parentheses, of which MLflow's language knows
 * neither; `undefined` where there is no such thing, or nothing to be made of it.
 */
export function alternativesOf(text: string): readonly Alternative[] | undefined {
  const pieces = piecesOf(text);
  const isBeyond = pieces.some((piece) => isOr(piece) || piece.kind === 'open');
  if (!isBeyond || !pieces.some(({ kind }) => kind === 'operator')) return undefined;
  const reader = new Reader(pieces);
  const read = reader.either();
  if (!read || !reader.isDone) return undefined;
  return read.map((conjunction) => alternativeOf(text, conjunction));
}

function isOr({ kind, text }: Piece): boolean {
  return kind === 'word' && /^or$/i.test(text);
}

function isAnd({ kind, text }: Piece): boolean {
  return kind === 'word' && /^and$/i.test(text);
}

/** Between the words of a name, any word may stand where an operator would. */
function isComparison({ kind, text }: Piece): boolean {
  return (
    kind === 'operator' && /^(?:[=<>!]+|(?:not\s+)?(?:in|i?like)|is\s+(?:not\s+)?null)$/i.test(text)
  );
}

class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly pieces: readonly Piece[]) {}

  get isDone(): boolean {
    return this.at >= this.pieces.length;
  }

  either(): readonly Conjunction[] | undefined {
    let all = this.both();
    while (all && this.take(isOr)) {
      const next = this.both();
      all = next && [...all, ...next];
      if (all && all.length > most) return undefined;
    }
    return all;
  }

  /** What is joined by AND binds more closely. */
  private both(): readonly Conjunction[] | undefined {
    let all = this.one();
    while (all && this.take(isAnd)) {
      const next = this.one();
      all = next && all.flatMap((left) => next.map((right) => [...left, ...right]));
      if (all && all.length > most) return undefined;
    }
    return all;
  }

  private one(): readonly Conjunction[] | undefined {
    if (this.take(({ kind }) => kind === 'open')) {
      if (this.depth === deepest) return undefined;
      this.depth += 1;
      const inside = this.either();
      this.depth -= 1;
      return this.take(({ kind }) => kind === 'close') ? inside : undefined;
    }
    const key = this.take(({ kind }) => kind === 'key');
    const operator = key && this.take(isComparison);
    if (!operator) return undefined;
    const value = this.take(({ kind }) => kind === 'value');
    if (!value && !/null$/i.test(operator.text)) return undefined;
    return [[{ start: key.start, end: (value ?? operator).end }]];
  }

  private take(isIt: (piece: Piece) => boolean): Piece | undefined {
    const piece = this.pieces[this.at];
    if (!piece || !isIt(piece)) return undefined;
    this.at++;
    return piece;
  }
}

function alternativeOf(text: string, conjunction: Conjunction): Alternative {
  let written = '';
  const parts = conjunction.map(({ start, end }) => {
    if (written !== '') written += ' AND ';
    const part = { start: written.length, typed: start, length: end - start };
    written += text.slice(start, end);
    return part;
  });
  return { text: written, parts };
}

/** Where in the typed text a place of an alternative is. */
export function typedPlace({ parts }: Alternative, place: number): number {
  const part = parts.findLast(({ start }) => start <= place) ?? parts[0];
  return part ? part.typed + Math.min(place - part.start, part.length) : place;
}

/** Several filters as one text, from which {@link alternativesOf} makes them again. */
export function joinedFilters(filters: readonly string[]): string {
  return filters.join(' OR ');
}
