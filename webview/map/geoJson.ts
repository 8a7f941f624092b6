/** Longitude and latitude in degrees. */
export type Position = readonly [number, number];

/** A simple geometry; polygons are rings, of which the first is the outer one. */
export type Shape =
  | { readonly kind: 'points'; readonly points: readonly Position[] }
  | { readonly kind: 'lines'; readonly lines: readonly (readonly Position[])[] }
  | { readonly kind: 'polygons'; readonly polygons: readonly (readonly (readonly Position[])[])[] };

/** A feature with all shapes of its geometry. */
export interface Feature {
  /** As the file has it; empty where it has none. */
  readonly id: string;
  /** Of the geometry, as the file calls it. */
  readonly type: string;
  readonly shapes: readonly Shape[];
  readonly properties: readonly (readonly [key: string, value: string])[];
}

/** What a file holds that can be drawn. */
export interface GeoData {
  readonly features: readonly Feature[];
  readonly points: number;
  /** Positions that are none: not two numbers, or no degrees. */
  readonly badPositions: number;
  /** Parts of types that GeoJSON does not have, or without coordinates. */
  readonly badParts: number;
  /** Whether there is more than was read. */
  readonly isCut: boolean;
}

/** The file is not GeoJSON; `place` says where, e.g. `line 3, column 7`, where it is not JSON either. */
export class NotGeoJson extends Error {
  override readonly name = 'NotGeoJson';

  constructor(readonly problem: 'json' | 'shape') {
    super(problem);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const mostFeatures = 200_000;
const mostPoints = 3_000_000;
const deepest = 20;
const longestValue = 2000;
/** Some write metres of a projection; a degree can be no larger. */
const mostDegrees = 360;

/**
 * Reads GeoJSON of anybody (RFC 7946): a feature collection, a feature or a geometry. What is not drawable is counted and left out.
 *
 * @throws {NotGeoJson} for any other text
 */
export function readGeoJson(text: string): GeoData {
  const parsed = parse(text);
  const reader = new Reader();
  if (!isFields(parsed) || !reader.take(parsed)) throw new NotGeoJson('shape');
  return reader.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new NotGeoJson('json');
  }
}

/** Gathers features, and counts what is none. */
class Reader {
  private readonly features: Feature[] = [];
  private points = 0;
  private badPositions = 0;
  private badParts = 0;
  private isCut = false;

  get data(): GeoData {
    const { features, points, badPositions, badParts, isCut } = this;
    return { features, points, badPositions, badParts, isCut };
  }

  /** Whether it is any kind of GeoJSON. */
  take(root: Fields): boolean {
    if (root['type'] === 'FeatureCollection') {
      const { features } = root;
      if (!Array.isArray(features)) return false;
      for (const feature of features) {
        if (this.features.length >= mostFeatures || this.points >= mostPoints) {
          this.isCut = true;
          break;
        }
        this.addFeature(feature);
      }
      return true;
    }
    if (root['type'] === 'Feature') {
      this.addFeature(root);
      return true;
    }
    const { type } = root;
    if (typeof type !== 'string' || !isGeometryType(type)) return false;
    this.features.push({ id: '', type, shapes: this.shapesOf(root, 0), properties: [] });
    return true;
  }

  private addFeature(feature: unknown): void {
    if (!isFields(feature) || feature['type'] !== 'Feature') {
      this.badParts++;
      return;
    }
    const { id, geometry, properties } = feature;
    const type = isFields(geometry) ? geometry['type'] : undefined;
    this.features.push({
      id: typeof id === 'string' || typeof id === 'number' ? textOf(id) : '',
      type: typeof type === 'string' ? type.slice(0, 60) : '',
      shapes: geometry === null || geometry === undefined ? [] : this.shapesOf(geometry, 0),
      properties: isFields(properties)
        ? Object.entries(properties).map(([key, value]) => [
            key.slice(0, longestValue),
            textOf(value),
          ])
        : [],
    });
  }

  private shapesOf(geometry: unknown, depth: number): readonly Shape[] {
    const { type, coordinates, geometries } = isFields(geometry) ? geometry : {};
    if (type === 'GeometryCollection' && Array.isArray(geometries) && depth < deepest)
      return geometries.flatMap((each) => this.shapesOf(each, depth + 1));
    switch (Array.isArray(coordinates) ? type : undefined) {
      case 'Point':
        return [{ kind: 'points', points: this.positions([coordinates]) }];
      case 'MultiPoint':
        return [{ kind: 'points', points: this.positions(coordinates) }];
      case 'LineString':
        return [{ kind: 'lines', lines: [this.positions(coordinates)] }];
      case 'MultiLineString':
        return [{ kind: 'lines', lines: this.lines(coordinates) }];
      case 'Polygon':
        return [{ kind: 'polygons', polygons: [this.lines(coordinates)] }];
      case 'MultiPolygon':
        return [
          { kind: 'polygons', polygons: listOf(coordinates).map((each) => this.lines(each)) },
        ];
      default:
        this.badParts++;
        return [];
    }
  }

  private lines(value: unknown): readonly (readonly Position[])[] {
    return listOf(value).map((line) => this.positions(line));
  }

  private positions(value: unknown): readonly Position[] {
    const positions: Position[] = [];
    for (const each of listOf(value)) {
      if (this.points >= mostPoints) {
        this.isCut = true;
        break;
      }
      const [x, y] = listOf(each);
      if (isDegrees(x) && isDegrees(y) && Math.abs(y) <= 90) {
        positions.push([x, y]);
        this.points++;
      } else this.badPositions++;
    }
    return positions;
  }
}

function isGeometryType(type: string): boolean {
  return /^(?:(?:Multi)?(?:Point|LineString|Polygon)|GeometryCollection)$/.test(type);
}

function isDegrees(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= mostDegrees;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
