import assert from 'node:assert/strict';
import { unwrappedShape } from '../../../../webview/map/antimeridian';
import { NotGeoJson, readGeoJson } from '../../../../webview/map/geoJson';
import { degreesText, graticuleLines, graticuleStep } from '../../../../webview/map/graticule';
import {
  boundsOf,
  fittingView,
  toDegrees,
  toPixel,
  zoomedAt,
} from '../../../../webview/map/mapView';
import { featureAt } from '../../../../webview/map/nearestFeature';

const read = (value: unknown): ReturnType<typeof readGeoJson> => readGeoJson(JSON.stringify(value));

describe('a GeoJSON file', () => {
  it('has features of every type, and collections in collections', () => {
    const point = { type: 'Point', coordinates: [1, 2, 300] };
    const ring = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 0],
    ];
    const geometries = [
      point,
      { type: 'MultiPoint', coordinates: [[1, 2]] },
      { type: 'LineString', coordinates: ring },
      { type: 'MultiLineString', coordinates: [ring] },
      { type: 'Polygon', coordinates: [ring] },
      { type: 'MultiPolygon', coordinates: [[ring], [ring]] },
      {
        type: 'GeometryCollection',
        geometries: [{ type: 'GeometryCollection', geometries: [point] }],
      },
    ];
    const features = geometries.map((geometry) => ({ type: 'Feature', geometry, properties: {} }));
    const data = read({ type: 'FeatureCollection', features });
    assert.deepEqual(
      data.features.map(({ shapes }) => shapes.map(({ kind }) => kind)),
      [['points'], ['points'], ['lines'], ['lines'], ['polygons'], ['polygons'], ['points']],
    );
    assert.deepEqual([data.points, data.badPositions, data.badParts], [23, 0, 0]);
  });

  it('may be a feature or a geometry alone, and a feature may have none', () => {
    assert.equal(read({ type: 'Point', coordinates: [1, 2] }).features.length, 1);
    const feature = { type: 'Feature', id: 7, geometry: null, properties: null };
    assert.equal(read(feature).features[0]?.id, '7');
  });

  it('counts what cannot be drawn and leaves it out', () => {
    const coordinates = [[1, 2], [1], ['a', 2], [0, 91], [400, 0], [1e308, 0], null, [3, 4]];
    const data = read({ type: 'MultiPoint', coordinates });
    assert.deepEqual([data.points, data.badPositions], [2, 6]);
    const odd = { type: 'FeatureCollection', features: [1, { type: 'Sphere' }, null] };
    assert.equal(read(odd).badParts, 3);
  });

  it('is refused where it is none', () => {
    assert.throws(() => readGeoJson('{"type": '), NotGeoJson);
    for (const value of [[], 1, null, {}, { type: 'Topology' }, { type: 'FeatureCollection' }])
      assert.throws(() => read(value), NotGeoJson);
  });

  it('does not hang on deep collections or geometries of collections that lead nowhere', () => {
    let geometry: object = { type: 'Point', coordinates: [0, 0] };
    for (let depth = 0; depth < 500; depth++)
      geometry = { type: 'GeometryCollection', geometries: [geometry] };
    assert.equal(read(geometry).badParts, 1);
  });
});

describe('a map', () => {
  it('lets a line that crosses 180° go on beyond it', () => {
    const shape = unwrappedShape({
      kind: 'lines',
      lines: [
        [
          [170, 0],
          [-170, 1],
          [175, 2],
        ],
      ],
    });
    assert.deepEqual(shape.kind === 'lines' && shape.lines[0]?.map(([x]) => x), [170, 190, 175]);
  });

  it('keeps a hole with its polygon', () => {
    const around = (x: number): [number, number][] => [
      [x, 0],
      [x + 1, 0],
      [x + 1, 1],
      [x, 0],
    ];
    const outer: [number, number][] = [
      [170, -5],
      [-170, -5],
      [-170, 5],
      [170, -5],
    ];
    const shape = unwrappedShape({ kind: 'polygons', polygons: [[outer, around(-175)]] });
    assert.deepEqual(shape.kind === 'polygons' && shape.polygons[0]?.[1]?.[0], [185, 0]);
  });

  it('fits its window, and keeps what is below the pointer where it is zoomed', () => {
    const { features } = read({
      type: 'MultiPoint',
      coordinates: [
        [10, 40],
        [20, 50],
      ],
    });
    const bounds = boundsOf(features);
    assert.deepEqual(bounds, { west: 10, south: 40, east: 20, north: 50 });
    const size = { width: 400, height: 300 };
    const view = fittingView(bounds, size);
    for (const corner of [
      [10, 40],
      [20, 50],
    ] as const) {
      const [x, y] = toPixel(view, size, corner);
      assert.ok(x >= 0 && x <= 400 && y >= 0 && y <= 300);
    }
    const place = toDegrees(view, size, [100, 50]);
    const [x, y] = toPixel(zoomedAt(view, 3, [100, 50], size), size, place);
    assert.ok(Math.abs(x - 100) < 1e-6 && Math.abs(y - 50) < 1e-6);
  });

  it('finds the point near a click, else the polygon round it', () => {
    const square = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 0],
    ];
    const { features } = read({
      type: 'FeatureCollection',
      features: [
        { type: 'Polygon', coordinates: [square] },
        { type: 'Point', coordinates: [5, 5] },
      ].map((geometry) => ({ type: 'Feature', geometry, properties: {} })),
    });
    const drawn = features.map((each) => ({ ...each, bounds: boundsOf([each]) }));
    const view = { x: 5, y: 5, scale: 20 };
    assert.equal(featureAt(drawn, [5.1, 5], view), 1);
    assert.equal(featureAt(drawn, [2, 8], view), 0);
    assert.equal(featureAt(drawn, [20, 20], view), undefined);
  });

  it('has lines at round degrees, called as on the earth', () => {
    assert.equal(graticuleStep(1), 60);
    assert.equal(graticuleStep(100), 1);
    assert.deepEqual(graticuleLines(-1, 2.5, 1), [-1, 0, 1, 2]);
    assert.equal(degreesText(190, 'lon', 1), '170° W');
    assert.equal(degreesText(-12.5, 'lat', 0.1), '12.5° S');
    assert.equal(degreesText(0, 'lat', 1), '0°');
  });
});
