import assert from 'node:assert/strict';
import { readFlatYaml } from '../../../../src/stores/files/flatYaml';
import { Meta } from '../../../../src/stores/files/meta';
import { readWholeYaml } from '../../../../src/stores/files/wholeYaml';

describe('meta.yaml', () => {
  it('is read line by line where it is flat, to what a whole parser reads', async () => {
    const text =
      "artifact_uri: file:///a%20b/c\nend_time: null\nexperiment_id: '0'\nname: it's: no\n".replace(
        "it's: no",
        "'it''s: no'",
      ) +
      'run_id: 12345e67\nstatus: 3\nsource_type: -1\ntags: []\nempty: ~\nmore:\n  a.b-c: 1\n  d: null\n';
    const flat = readFlatYaml(text);
    assert.ok(flat !== undefined);
    const { tags, ...rest } = Object.fromEntries((await readWholeYaml(text)) ?? []);
    assert.deepEqual(Object.fromEntries(flat), { tags: new Map(), ...rest });
    assert.deepEqual(tags, new Map());
    assert.equal(flat.get('run_id'), '12345e67');
    assert.equal(flat.get('name'), "it's: no");
  });

  it('goes to a whole parser for anything that is not flat', async () => {
    const odd = [
      'name: "a\\U0001F600b"\n',
      'name: a\n  b\n',
      "name: 'a\n\n  b'\n",
      'name: a # comment\n',
      'name: &x a\n',
      'name: |\n  a\n',
      'name: {a: b}\n',
      '- name\n',
      '---\nname: a\n',
      'name: a: b\n',
    ];
    for (const text of odd) {
      assert.equal(readFlatYaml(text), undefined, text);
    }
    assert.equal((await readWholeYaml(odd[0] ?? ''))?.get('name'), 'a😀b');
    assert.equal((await readWholeYaml(odd[1] ?? ''))?.get('name'), 'a b');
    assert.equal((await readWholeYaml(odd[2] ?? ''))?.get('name'), 'a\nb');
    assert.equal(await readWholeYaml(odd[7] ?? ''), undefined);
  });

  it('follows no alias and refuses what is nested without end, quickly', async () => {
    const bomb = 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nname: ok\n';
    assert.equal((await readWholeYaml(bomb))?.get('name'), 'ok');
    const started = performance.now();
    assert.equal(await readWholeYaml(`a: ${'['.repeat(200_000)}`), undefined);
    assert.equal(await readWholeYaml('- '.repeat(100_000)), undefined);
    assert.ok(performance.now() - started < 500);
  });

  it('tells texts, numbers and nothing apart by the field, not by how they look', () => {
    const meta = new Meta(
      readFlatYaml("a: 12\nb: '12'\nc: null\nd: 'null'\ne: 1e3\n") ?? new Map(),
    );
    assert.deepEqual([meta.text('a'), meta.number('b'), meta.number('e')], ['12', 12, 1000]);
    assert.deepEqual(
      [meta.text('c'), meta.text('d'), meta.number('d')],
      [undefined, 'null', undefined],
    );
    assert.deepEqual([meta.has('c'), meta.has('x')], [true, false]);
  });
});
