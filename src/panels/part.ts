import type { Part } from '../protocol/runPage';
import type { Reading } from '../state/runSurroundings';

/** What came of reading something by itself, as pages take it. */
export function toPart<T, P>(
  reading: Reading<T>,
  explain: (error: unknown) => string,
  present: (value: T) => P,
): Part<P> {
  switch (reading.kind) {
    case 'loading':
      return reading;
    case 'ready':
      return { kind: 'ready', value: present(reading.value) };
    case 'failed':
      return { kind: 'failed', sentence: explain(reading.error) };
  }
}
