import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';

/** MLflow's, Python's or PyYAML's refusal. */
export interface Refusal {
  readonly error: string;
  readonly words: string;
  /** Of YAML, from 0. */
  readonly line?: number | null;
}

/** What MLflow makes of a project. */
export interface ProjectVerdict {
  readonly load?: Refusal;
  /** By entry point. */
  readonly runs?: Readonly<Record<string, Refusal | { readonly command: string }>>;
}

export interface OracleSpec {
  readonly projects?: readonly { readonly files: Readonly<Record<string, string>> }[];
  readonly formats?: readonly {
    readonly command: string;
    readonly values: Readonly<Record<string, string>>;
  }[];
  readonly texts?: readonly string[];
}

/** What `str.format` makes of a command. */
export type FormatAnswer = Refusal | { readonly text: string };

/** What `yaml.safe_load` makes of a text. */
export type TextAnswer = Refusal | { readonly value: unknown };

/** In the order of what was asked. */
export interface OracleAnswers {
  readonly projects: readonly ProjectVerdict[];
  readonly formats: readonly FormatAnswer[];
  readonly texts: readonly TextAnswer[];
}

export const oracleVersions = { '2.22.5': 'mlflow2', '3.17.2': 'demo' } as const;

export type OracleVersion = keyof typeof oracleVersions;

/** Asks MLflow itself; see projectOracle.py. Some seconds, most of which go into the start. */
export async function askOracle(
  version: OracleVersion,
  { projects = [], formats = [], texts = [] }: OracleSpec,
): Promise<OracleAnswers> {
  const directory = await mkdtemp(path.join(tmpdir(), 'mlflow-projects-'));
  const asked = path.join(directory, 'spec.json');
  const answered = path.join(directory, 'answers.json');
  try {
    await writeFile(asked, JSON.stringify({ projects, formats, texts }));
    const python = await ensurePython(oracleVersions[version]);
    await runCommand(python, [path.resolve('test/support/projectOracle.py'), asked, answered], {
      cwd: directory,
    });
    return JSON.parse(await readFile(answered, 'utf8')) as OracleAnswers;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
