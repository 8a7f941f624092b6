import { SeededRandom } from './seededRandom';
import {
  commandBlocks,
  environmentBlocks,
  parameterBlocks,
  type ProjectBlock,
  wholeFiles,
} from './projectBlocks';

/** A project folder for MLflow and the server to judge. */
export interface ProjectCase {
  readonly title: string;
  /** The MLproject file. */
  readonly text: string;
  /** The lines, from 0, of which MLflow refuses one; none where the project works. */
  readonly wrongLines: readonly number[];
}

/** What lies beside every MLproject file. */
export const projectFiles: Readonly<Record<string, string>> = {
  'train.py': 'print("trained")\n',
  'python_env.yaml': 'python: "3.11"\n',
  'conda.yaml': 'dependencies:\n  - python=3.11\n',
  'env/python_env.yaml': 'python: "3.11"\n',
  'data/train.csv': 'x,y\n',
};

const goodEnvironment = environmentBlocks[0];
const goodParameters = 'parameters:\n  a: {default: 12}\n  max-depth: {default: deep one}';
const goodCommand = 'command: "python train.py {a}"';

/** Each block by itself, whole files, and `combined` random combinations of blocks. */
export function makeProjects(seed: number, combined: number): readonly ProjectCase[] {
  const random = new SeededRandom(seed);
  const combinations = random.times(combined, (index) => combine(random, index));
  return [
    ...environmentBlocks.map((block) =>
      project(block.title, block, entryPoint(goodParameters, goodCommand)),
    ),
    ...parameterBlocks.map((block) =>
      project(block.title, goodEnvironment, entryPoint(block.text, goodCommand)),
    ),
    ...commandBlocks.map((block) => project(block.title, goodEnvironment, commandEntry(block))),
    ...wholeFiles.map(({ title, text }) => caseOf(title, text)),
    ...combinations,
  ];
}

/** One of them has no command, which is wrong at the key. */
function commandEntry({ title, text }: ProjectBlock): string {
  return entryPoint(goodParameters, text, title === 'no command' ? '§main' : 'main');
}

function combine(random: SeededRandom, index: number): ProjectCase {
  const environment = random.pick(environmentBlocks);
  const points = random.times(1 + random.below(3), (number) => {
    const name = number === 0 ? 'main' : `step${number}`;
    const parameters = random.chance(0.6) ? random.pick(parameterBlocks).text : goodParameters;
    const sound = commandBlocks.filter(({ title }) => title !== 'no command');
    const command =
      random.chance(0.5) && parameters === goodParameters ? random.pick(sound).text : goodCommand;
    return entryPoint(parameters, command, name);
  });
  return project(`combination ${index + 1}: ${environment.title}`, environment, points.join('\n'));
}

function entryPoint(parameters: string, command: string, name = 'main'): string {
  return `  ${name}:\n${indented(`${parameters}\n${command}`, '    ')}`;
}

function indented(text: string, indent: string): string {
  return text.replaceAll(/^(?=.)/gm, indent);
}

function project(
  title: string,
  environment: ProjectBlock | undefined,
  points: string,
): ProjectCase {
  const head = environment === undefined || environment.text === '' ? '' : `${environment.text}\n`;
  return caseOf(title, `${head}entry_points:\n${points}\n`);
}

function caseOf(title: string, marked: string): ProjectCase {
  const lines = marked.split('\n');
  const wrongLines = lines.flatMap((line, index) => (line.includes('§') ? [index] : []));
  return { title, text: marked.replaceAll('§', ''), wrongLines };
}
