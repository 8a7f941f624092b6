import { fieldsOf, flagOf, isShortText } from '../kit/fields';

export const tileSizes = { small: 96, medium: 176, large: 320 } as const;

export type TileSize = keyof typeof tileSizes;

/** How the gallery is set up. */
export interface GalleryLayout {
  /** Every picture there is, instead of one for each key and run. */
  readonly showsAll: boolean;
  readonly size: TileSize;
  /** The step that is shown, as text; the last where nobody has chosen one. */
  readonly step: string | undefined;
  /** Steps of keys that have one of their own. */
  readonly keySteps: ReadonlyMap<string, string>;
  readonly search: string;
}

export const defaultGallery: GalleryLayout = {
  showsAll: false,
  size: 'medium',
  step: undefined,
  keySteps: new Map(),
  search: '',
};

const mostKeys = 500;

/** Reads what {@link writeGallery} wrote; what is wrong is as usual. */
export function readGallery(value: unknown): GalleryLayout {
  const { showsAll, size, step, keySteps, search } = fieldsOf(value);
  return {
    showsAll: flagOf(showsAll, defaultGallery.showsAll),
    size:
      typeof size === 'string' && Object.hasOwn(tileSizes, size) ? (size as TileSize) : 'medium',
    step: isStep(step) ? step : undefined,
    keySteps: new Map(Array.isArray(keySteps) ? keySteps.slice(0, mostKeys).filter(isKeyStep) : []),
    search: typeof search === 'string' && isShortText(search) ? search : '',
  };
}

export function writeGallery(layout: GalleryLayout): unknown {
  const keySteps = [...layout.keySteps].filter(([key]) => isShortText(key)).slice(0, mostKeys);
  return { ...layout, keySteps };
}

function isStep(value: unknown): value is string {
  return typeof value === 'string' && /^-?\d{1,40}$/.test(value);
}

function isKeyStep(entry: unknown): entry is [string, string] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && isStep(entry[1]);
}
