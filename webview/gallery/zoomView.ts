/** In pixels of the page or of a picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is seen of a picture, whatever its size: so pictures of other sizes show the same part. */
export interface ZoomView {
  /** 1 shows the whole picture. */
  readonly scale: number;
  /** The point in the middle, as fractions of the picture. */
  readonly x: number;
  readonly y: number;
}

export const wholePicture: ZoomView = { scale: 1, x: 0.5, y: 0.5 };

/** Small pictures are enlarged no further than this to fill their pane. */
const mostEnlarged = 8;
const mostScale = 64;

/** Pixels of the page for one of the picture when all of it is seen. */
export function fittingScale(pane: Size, picture: Size): number {
  if (picture.width <= 0 || picture.height <= 0) return 1;
  return Math.min(pane.width / picture.width, pane.height / picture.height, mostEnlarged);
}

/** Where the picture lies in its pane. */
export function placed(
  { scale, x, y }: ZoomView,
  pane: Size,
  picture: Size,
): Size & { readonly left: number; readonly top: number } {
  const pixel = fittingScale(pane, picture) * scale;
  const width = picture.width * pixel;
  const height = picture.height * pixel;
  return { width, height, left: pane.width / 2 - x * width, top: pane.height / 2 - y * height };
}

/** Zooms so that what is at a point of the pane stays there. */
export function zoomedAt(
  view: ZoomView,
  factor: number,
  point: { readonly x: number; readonly y: number },
  pane: Size,
  picture: Size,
): ZoomView {
  const scale = Math.min(mostScale, Math.max(1, view.scale * factor));
  const { left, top, width, height } = placed(view, pane, picture);
  if (width === 0 || height === 0) return view;
  const at = { x: (point.x - left) / width, y: (point.y - top) / height };
  const ratio = view.scale / scale;
  return within({ scale, x: at.x + (view.x - at.x) * ratio, y: at.y + (view.y - at.y) * ratio });
}

/** Moves the picture by pixels of the page. */
export function panned(
  view: ZoomView,
  move: { readonly x: number; readonly y: number },
  pane: Size,
  picture: Size,
): ZoomView {
  const { width, height } = placed(view, pane, picture);
  if (width === 0 || height === 0) return view;
  return within({ ...view, x: view.x - move.x / width, y: view.y - move.y / height });
}

/** The middle stays in the picture; a whole picture stays in the middle. */
function within({ scale, x, y }: ZoomView): ZoomView {
  if (scale === 1) return wholePicture;
  return { scale, x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
}

/** What a key does to the view; `undefined` for keys that mean nothing. */
export function zoomedByKey(
  key: string,
  view: ZoomView,
  pane: Size,
  picture: Size,
): ZoomView | undefined {
  const middle = { x: pane.width / 2, y: pane.height / 2 };
  const step = Math.max(20, Math.min(pane.width, pane.height) / 8);
  switch (key) {
    case '+':
    case '=':
      return zoomedAt(view, 1.5, middle, pane, picture);
    case '-':
      return zoomedAt(view, 1 / 1.5, middle, pane, picture);
    case '0':
      return wholePicture;
    case '1':
      return zoomedAt(wholePicture, 1 / fittingScale(pane, picture), middle, pane, picture);
    case 'ArrowLeft':
      return panned(view, { x: step, y: 0 }, pane, picture);
    case 'ArrowRight':
      return panned(view, { x: -step, y: 0 }, pane, picture);
    case 'ArrowUp':
      return panned(view, { x: 0, y: step }, pane, picture);
    case 'ArrowDown':
      return panned(view, { x: 0, y: -step }, pane, picture);
    default:
      return undefined;
  }
}
