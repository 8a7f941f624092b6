/** A cell; row or column -1 is the header. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

/** The keys that were pressed, as in a `KeyboardEvent`. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/**
 * Where a key leads from a cell, or `undefined` for a key that leads nowhere.
 *
 * @param page how many rows a page is
 */
export function moveInGrid(
  { key, ctrlKey, metaKey }: PressedKey,
  { row, column }: GridPlace,
  { rows, columns }: GridSize,
  page: number,
): GridPlace | undefined {
  const far = ctrlKey || metaKey;
  const at = (nextRow: number, nextColumn: number): GridPlace => ({
    row: Math.max(-1, Math.min(rows - 1, nextRow)),
    column: Math.max(-1, Math.min(columns - 1, nextColumn)),
  });
  switch (key) {
    case 'ArrowDown':
      return at(far ? rows - 1 : row + 1, column);
    case 'ArrowUp':
      return at(far ? 0 : row - 1, column);
    case 'ArrowRight':
      return at(row, far ? columns - 1 : column + 1);
    case 'ArrowLeft':
      return at(row, far ? -1 : column - 1);
    case 'PageDown':
      return at(row + page, column);
    case 'PageUp':
      return at(Math.max(0, row - page), column);
    case 'Home':
      return at(far ? -1 : row, -1);
    case 'End':
      return at(far ? rows - 1 : row, columns - 1);
    default:
      return undefined;
  }
}
