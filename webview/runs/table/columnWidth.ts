import { columnParts } from '../model/columnId';
import type { ColumnId } from '../model/columnId';
import { columnWidths } from '../model/tableLayout';
import type { TableLayout } from '../model/tableLayout';
import { columnTitle } from './columnTexts';

const usual: Partial<Record<ColumnId, number>> = {
  'attribute:name': 230,
  'attribute:status': 104,
  'attribute:created': 104,
  'attribute:ended': 104,
  'attribute:duration': 88,
  'attribute:user': 96,
  'attribute:runId': 260,
  'attribute:source': 180,
  'attribute:artifactUri': 260,
};
/** About as wide as a letter is, in pixels, and what stands beside a title. */
const letter = 7;
const besideTitle = 42;
const widestUnasked = 190;
const roomForDifference = 90;

/** How wide a column is: as a person made it, or so that its title can be read as far as that is reasonable. */
export function columnWidth(id: ColumnId, { widths, baseline }: TableLayout): number {
  const chosen = widths.get(id);
  if (chosen !== undefined) return chosen;
  const { kind } = columnParts(id);
  const byTitle = Math.round(columnTitle(id).length * letter + besideTitle);
  const width = usual[id] ?? Math.min(widestUnasked, Math.max(80, byTitle));
  return kind === 'metric' && baseline !== undefined ? width + roomForDifference : width;
}

/** A width that a person asked for, within reason. */
export function reasonableWidth(width: number): number {
  return Math.round(Math.max(columnWidths.least, Math.min(columnWidths.most, width)));
}
