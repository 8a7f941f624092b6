/** A cell; column 0 is that of the row numbers, which stands for the whole row. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** Cells between two corners, which belong to it. */
export interface Selection {
  readonly anchor: CellPlace;
  readonly corner: CellPlace;
}

/** Rows and columns of a selection; ends are not among them, and columns count from the first one of the table. */
export interface SelectedArea {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** What is selected once a person has gone to a cell, or with Shift up to it. */
export function reached(
  selection: Selection | undefined,
  place: CellPlace,
  isExtending: boolean,
): Selection {
  return isExtending && selection !== undefined
    ? { ...selection, corner: place }
    : { anchor: place, corner: place };
}

export function areaOf({ anchor, corner }: Selection, columns: number): SelectedArea {
  const isWhole = anchor.column === 0 || corner.column === 0;
  const [left, right] = [anchor.column, corner.column].toSorted((one, other) => one - other) as [
    number,
    number,
  ];
  return {
    fromRow: Math.max(0, Math.min(anchor.row, corner.row)),
    toRow: Math.max(anchor.row, corner.row) + 1,
    fromColumn: isWhole ? 0 : left - 1,
    toColumn: isWhole ? columns : right,
  };
}

export function isIn(
  { fromRow, toRow, fromColumn, toColumn }: SelectedArea,
  place: CellPlace,
): boolean {
  const column = place.column - 1;
  const isRow = place.row >= fromRow && place.row < toRow;
  return isRow && (column < 0 ? false : column >= fromColumn && column < toColumn);
}
