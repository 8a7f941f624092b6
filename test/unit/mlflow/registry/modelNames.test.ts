import assert from 'node:assert/strict';
import { aliasProblem, modelNameProblem } from '../../../../src/mlflow/registry/modelNames';

describe('the name of a registered model', () => {
  const cases: readonly (readonly [
    name: string,
    mlflow2: string | undefined,
    mlflow3: string | undefined,
  ])[] = [
    ['CarSeat', undefined, undefined],
    ['자동차 좌석 100%', undefined, undefined],
    ['', 'empty', 'empty'],
    ['  ', 'empty', 'empty'],
    ['a/b', undefined, 'characters'],
    ['a:b', undefined, 'characters'],
    ['.', undefined, 'path'],
    ['..', undefined, 'path'],
    ['..a', undefined, 'path'],
    ['a..', undefined, undefined],
    ['x'.repeat(256), undefined, undefined],
    ['x'.repeat(257), 'long', 'long'],
    ['😀'.repeat(256), undefined, undefined],
  ];
  for (const [name, mlflow2, mlflow3] of cases) {
    it(`${JSON.stringify(name.slice(0, 20))} is judged as each release of MLflow does`, () => {
      assert.equal(modelNameProblem(name, '2.22.5'), mlflow2);
      assert.equal(modelNameProblem(name, '3.17.2'), mlflow3);
      assert.equal(modelNameProblem(name, undefined), mlflow2);
    });
  }
});

describe('an alias', () => {
  const cases: readonly (readonly [alias: string, problem: string | undefined])[] = [
    ['champion', undefined],
    ['챔피언-2_b', undefined],
    ['v3b', undefined],
    ['version3', undefined],
    ['', 'empty'],
    ['a b', 'characters'],
    ['@a', 'characters'],
    ['a/b', 'characters'],
    ['latest', 'latest'],
    ['LaTest', 'latest'],
    ['v3', 'version'],
    ['V12', 'version'],
    ['v٣', 'version'],
    ['x'.repeat(255), undefined],
    ['x'.repeat(256), 'long'],
  ];
  for (const [alias, problem] of cases) {
    it(`${JSON.stringify(alias.slice(0, 20))} is ${problem ?? 'taken'}`, () => {
      assert.equal(aliasProblem(alias), problem);
    });
  }
});
