/** A size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in CSS pixels. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** What is left of a size when axes have their room. */
export function plotBox(
  { width, height }: Size,
  room: { left: number; right: number; top: number; bottom: number },
): Box {
  return {
    left: room.left,
    top: room.top,
    width: Math.max(40, width - room.left - room.right),
    height: Math.max(40, height - room.top - room.bottom),
  };
}
