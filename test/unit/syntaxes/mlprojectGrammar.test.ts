import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';

const file = 'syntaxes/mlproject.tmLanguage.json';

async function load(): Promise<IGrammar> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) =>
      Promise.resolve(
        scope === 'source.mlproject'
          ? textmate.parseRawGrammar(readFileSync(file, 'utf8'), file)
          : null,
      ),
  });
  const grammar = await registry.loadGrammar('source.mlproject');
  assert.ok(grammar);
  return grammar;
}

describe('the grammar for MLproject', () => {
  let grammar: IGrammar;

  before(async () => {
    grammar = await load();
  });

  /** The tokens of a text that are not plain white space: what is there, and its innermost scope. */
  function tokens(...lines: string[]): string[] {
    let stack = textmate.INITIAL;
    return lines.flatMap((line) => {
      const result = grammar.tokenizeLine(line, stack);
      stack = result.ruleStack;
      return result.tokens
        .map(({ startIndex, endIndex, scopes }) => ({
          text: line.slice(startIndex, endIndex),
          scope: scopes.at(-1)?.replace(/\.(yaml|mlproject)$/, '') ?? '',
        }))
        .filter(({ text }) => text.trim() !== '')
        .map(({ text, scope }) => `${text.trim()} ${scope}`);
    });
  }

  const key = (text: string): string[] => [
    `${text} entity.name.tag`,
    ': punctuation.separator.key-value.mapping',
  ];
  const placeholder = (name: string): string[] => [
    '{ punctuation.definition.placeholder.begin',
    `${name} variable.parameter`,
    '} punctuation.definition.placeholder.end',
  ];

  it('tells keys from values', () => {
    assert.deepEqual(tokens('name: My project', 'python_env: python_env.yaml # here'), [
      ...key('name'),
      'My project string.unquoted.plain.out',
      ...key('python_env'),
      'python_env.yaml string.unquoted.plain.out',
      '# punctuation.definition.comment',
      'here comment.line.number-sign',
    ]);
  });

  it('sees placeholders in a plain command, and in no other text', () => {
    assert.deepEqual(tokens('    command: python train.py {alpha}'), [
      ...key('command'),
      'python train.py string.unquoted.plain.out',
      ...placeholder('alpha'),
    ]);
    assert.deepEqual(tokens('name: say {alpha}'), [
      ...key('name'),
      'say {alpha} string.unquoted.plain.out',
    ]);
  });

  for (const quote of ['"', "'"]) {
    it(`sees placeholders between ${quote}`, () => {
      const kind = quote === '"' ? 'double' : 'single';
      assert.deepEqual(tokens(`  command: ${quote}python {max-depth}${quote}`, 'name: x'), [
        ...key('command'),
        `${quote} punctuation.definition.string.begin`,
        `python string.quoted.${kind}`,
        ...placeholder('max-depth'),
        `${quote} punctuation.definition.string.end`,
        ...key('name'),
        'x string.unquoted.plain.out',
      ]);
    });
  }

  for (const indicator of ['|', '>']) {
    it(`sees placeholders in a block after ${indicator}, to its end`, () => {
      const lines = [
        `    command: ${indicator}-`,
        '      python # no comment',
        '',
        '        {b}',
        '  next:',
      ];
      assert.deepEqual(tokens(...lines), [
        ...key('command'),
        `${indicator} keyword.control.flow.block-scalar`,
        '- storage.modifier.chomping-indicator',
        'python # no comment string.unquoted.block',
        ...placeholder('b'),
        ...key('next'),
      ]);
    });
  }

  it('goes on with a plain command over the lines that belong to it', () => {
    assert.deepEqual(tokens('    command: python', '      | tee {a} # why', '    parameters:'), [
      ...key('command'),
      'python string.unquoted.plain.out',
      '| tee string.unquoted.plain.out',
      ...placeholder('a'),
      '# punctuation.definition.comment',
      'why comment.line.number-sign',
      ...key('parameters'),
    ]);
  });

  it('sees placeholders of a command between braces', () => {
    assert.deepEqual(tokens(`main: {command: "run {a}", x: [1, b]}`), [
      ...key('main'),
      '{ punctuation.definition.mapping.begin',
      ...key('command'),
      '" punctuation.definition.string.begin',
      'run string.quoted.double',
      ...placeholder('a'),
      '" punctuation.definition.string.end',
      ', punctuation.separator.mapping',
      ...key('x'),
      '[ punctuation.definition.sequence.begin',
      '1 constant.numeric.integer',
      ', punctuation.separator.mapping',
      'b string.unquoted.plain.in',
      '] punctuation.definition.sequence.end',
      '} punctuation.definition.mapping.end',
    ]);
  });

  it('takes doubled braces for braces, and a single one for a mistake', () => {
    assert.deepEqual(tokens('command: awk {{print}} ${{HOME}} }'), [
      ...key('command'),
      'awk string.unquoted.plain.out',
      '{{ constant.character.escape',
      'print string.unquoted.plain.out',
      '}} constant.character.escape',
      '$ string.unquoted.plain.out',
      '{{ constant.character.escape',
      'HOME string.unquoted.plain.out',
      '}} constant.character.escape',
      '} invalid.illegal.brace',
    ]);
  });

  it('takes a placeholder apart as Python would', () => {
    assert.deepEqual(tokens('command: "{a.upper} {a[0]} {a!r:>5}"').slice(3, -1), [
      '{ punctuation.definition.placeholder.begin',
      'a variable.parameter',
      '.upper variable.other.property',
      '} punctuation.definition.placeholder.end',
      '{ punctuation.definition.placeholder.begin',
      'a variable.parameter',
      '[0] variable.other.property',
      '} punctuation.definition.placeholder.end',
      '{ punctuation.definition.placeholder.begin',
      'a variable.parameter',
      '!r storage.type.format',
      ':>5 storage.type.format',
      '} punctuation.definition.placeholder.end',
    ]);
  });

  it('colours values as MLflow reads them', () => {
    const kinds: Record<string, string> = {
      yes: 'constant.language.boolean',
      Off: 'constant.language.boolean',
      '~': 'constant.language.null',
      '010': 'constant.numeric.integer',
      '1:30': 'constant.numeric.integer',
      '0.5': 'constant.numeric.float',
      '1.0e-3': 'constant.numeric.float',
      '.inf': 'constant.numeric.float',
      '1e-3': 'string.unquoted.plain.out',
      '1.0e3': 'string.unquoted.plain.out',
      '3 apples': 'string.unquoted.plain.out',
      'yes sir': 'string.unquoted.plain.out',
    };
    for (const [value, kind] of Object.entries(kinds)) {
      assert.deepEqual(tokens(`default: ${value}`), [...key('default'), `${value} ${kind}`]);
    }
  });

  it('knows anchors, aliases, tags and lists', () => {
    assert.deepEqual(tokens('a: &x', '  - !!str 1', 'b: *x'), [
      ...key('a'),
      '& keyword.control.property.anchor',
      'x entity.name.type.anchor',
      '- punctuation.definition.block.sequence.item',
      '!!str storage.type.tag-handle',
      '1 constant.numeric.integer',
      ...key('b'),
      '* keyword.control.flow.alias',
      'x variable.other.alias',
    ]);
  });

  it('is through with a long line in time', () => {
    const { stoppedEarly } = grammar.tokenizeLine(
      `command: ${'{a} }{ "x: '.repeat(1_500)}`,
      textmate.INITIAL,
      // A grammar that looks back would take hours; other tests may run beside this one.
      10_000,
    );
    assert.equal(stoppedEarly, false);
  });
});
