/** An environment file, and where in it a mistake is that MLflow may see. */
export interface EnvironmentCase {
  readonly title: string;
  readonly file: 'python_env.yaml' | 'conda.yaml';
  readonly text: string;
  /** Files beside it. */
  readonly others: Readonly<Record<string, string>>;
  /** The line that is to blame if any is, from 0. */
  readonly line: number;
}

const others = {
  'requirements.txt': 'numpy\n# a comment\n-c constraints.txt\n',
  'constraints.txt': '',
  'folder/more.txt': '-r deeper.txt\n',
  'folder/deeper.txt': 'numpy',
  'broken.txt': 'numpy\n-r nowhere.txt\n',
};

/** Values of `python`. */
const versions = [
  ...['"3.11.9"', "'3.11'", '3.11.9', '"3"', 'python3', '~', 'null', '', '""', '!!str 3.10'],
  ...['3.10', '3.8', '3', '0x3', 'yes', 'off', '1:30', '1_0', '.nan', '1e3', '1.0e+3'],
  ...[
    '2026-01-01',
    '[3.11]',
    '{a: 1}',
    '>-\n  3.11.9',
    '&v "3.11"',
    '"3.11" # the newest',
    '"3.10\\u002e4"',
  ],
];

/** Values of a list of dependencies, as they stand behind the key. */
const lists = [
  ...[
    ' []',
    ' [pip]',
    ' [pip, setuptools==70]',
    '',
    ' ~',
    ' pip',
    ' "pip"',
    ' 1',
    ' {pip: 1}',
    ' true',
  ],
  ...['\n  - pip', '\n- pip', '\n  - pip\n  - "wheel"', '\n  - pip # why\n', ' [pip,]'],
];

/** Items of a list of requirements that pip gets. */
const items = [
  ...['numpy', 'numpy==2.1.0', '"numpy>=2,<3"', 'numpy # fast', '\'numpy; python_version > "3"\''],
  ...[
    '-r requirements.txt',
    '-r  requirements.txt',
    '--requirement requirements.txt',
    '"-r requirements.txt # all"',
  ],
  ...[
    '-c constraints.txt',
    '--constraint constraints.txt',
    '-r folder/more.txt',
    '-r ./folder/more.txt',
  ],
  ...[
    '-r missing.txt',
    '--requirement missing.txt',
    '-c missing.txt',
    '-r folder',
    '-r broken.txt',
  ],
  ...[
    '-rrequirements.txt',
    '-rmissing.txt',
    '--requirement=missing.txt',
    '"-r"',
    '--extra-index-url https://x.test',
  ],
  ...[
    '"  -r missing.txt"',
    '1',
    '1.5',
    'yes',
    '~',
    '',
    '2026-01-01',
    '[numpy]',
    '{numpy: 1}',
    'numpy: 1',
    '"1"',
  ],
  ...[
    '.',
    './package',
    'git+https://x.test/a.git#egg=a',
    '-e .',
    '!!str 1',
    '"# comment"',
    '""',
    '"numpy \\\\"',
  ],
];

/** Packages in the list of conda. */
const packages = [
  ...[
    'python',
    'python=3.11',
    'python==3.11.9',
    'python>=3.10',
    'python<=3.12',
    'python<3.12',
    'python>3.9',
    'python!=3.10',
  ],
  ...[
    'python=3.11.*',
    'python =3.11',
    'python=',
    'python=3.11=h1_0',
    'pythonic',
    '"python"',
    'python # any',
    'Python',
  ],
  ...[
    'pip',
    'pip=24',
    'pip<25',
    'setuptools',
    'wheel!=1',
    'numpy',
    'conda-forge::numpy',
    'numpy=2.1',
  ],
  ...[
    '1',
    '1.5',
    '~',
    '',
    'yes',
    '[pip]',
    '{npm: [x]}',
    'npm: x',
    'pip:',
    'pip: ~',
    'pip: numpy',
    'pip: 1',
  ],
  ...[
    'pip: []',
    'pip: [numpy]',
    'pip: [1]',
    'pip: {a: 1}',
    'pip: [-r requirements.txt]',
    'pip: [-r missing.txt]',
    '{pip: [numpy], npm: 1}',
  ],
];

/** Texts that are all wrong, or odd as a whole. */
const wholes: readonly (readonly [text: string, line: number])[] = [
  ...[
    '',
    '\n\n',
    '# nothing\n',
    '~',
    'python',
    '3.11',
    '- python',
    '[]',
    '{}',
    '---\n',
    '--- {}\n',
  ].map((text) => [text, text === '---\n' ? 0 : 0] as const),
  ['python: "3.11"\npython: 3.11\n', 1],
  ['python: 3.11\npython: "3.11"\n', 0],
  ['\tpython: "3.11"\n', 0],
  ['python: "3.11\n', 0],
  ['a: &a [*a]\n', 0],
  ['python: "3.11"\nname: env\n', 1],
  ['pyhton: "3.11"\n', 0],
  ['Python: "3.11"\n', 0],
  ['1: 2\n', 0],
  ['? [a]\n: b\n', 0],
  ['dependencies: &d [numpy]\nbuild_dependencies: *d\n', 0],
  ['<<: {python: "3.11"}\ndependencies: []\n', 0],
  ['<<: {python: 3.11}\n', 0],
  ['python: !!python/object:os.system x\n', 0],
  ['--- {python: "3.11"}\n--- {}\n', 1],
  ['\uFEFFpython: "3.11"\n', 0],
  ['python: "3.11"\r\ndependencies:\r\n  - numpy\r\n  - 1\r\n', 3],
];

const title = (text: string): string => JSON.stringify(text);

function pythonCase(text: string, line: number): EnvironmentCase {
  return { title: `python_env.yaml ${title(text)}`, file: 'python_env.yaml', text, others, line };
}

function condaCase(text: string, line: number): EnvironmentCase {
  return { title: `conda.yaml ${title(text)}`, file: 'conda.yaml', text, others, line };
}

/** All of them, made of the pieces above. */
export const environmentCases: readonly EnvironmentCase[] = [
  ...versions.map((value) => pythonCase(`dependencies: []\npython: ${value}\n`, 1)),
  ...['dependencies', 'build_dependencies'].flatMap((key) =>
    lists.map((value) => pythonCase(`python: "3.11"\n${key}:${value}\n`, 1)),
  ),
  ...items.flatMap((item) => [
    pythonCase(`python: "3.11"\ndependencies:\n  - pip\n  - ${item}\n`, 3),
    condaCase(`dependencies:\n  - python=3.11\n  - pip:\n    - numpy\n    - ${item}\n`, 4),
  ]),
  ...['1', 'yes', '~', '{a: 1}', 'wheel'].map((item) =>
    pythonCase(`build_dependencies:\n  - pip\n  - ${item}\n`, 2),
  ),
  ...packages.flatMap((item) => [
    condaCase(`name: x\ndependencies:\n  - numpy\n  - ${item}\n`, 3),
    condaCase(`dependencies:\n  - python=3.11\n  - ${item}\n`, 2),
  ]),
  ...lists.map((value) => condaCase(`channels: [x]\ndependencies:${value}\n`, 1)),
  ...wholes.flatMap(([text, line]) => [pythonCase(text, line), condaCase(text, line)]),
  condaCase('name: x\n', 0),
];
