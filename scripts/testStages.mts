import path from 'node:path';
import { bundleTests } from './bundleTests.mts';
import type { TestKind } from './bundleTests.mts';
import { root } from './paths.mts';
import { MochaCounts } from './stageResult.mts';
import type { StageResult } from './stageResult.mts';
import { startTied } from './tiedProcess.mts';

/** What a stage is run with. */
export interface StageContext {
  /** Handed on to mocha, as the person asked for. */
  readonly mochaArguments: readonly string[];
  /** Takes the lines that are to be seen. */
  readonly say: (line: string) => void;
  /** Variables on top of this process's. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** One stage of the test run. */
export interface Stage {
  /** The prepared things that it waits for. */
  readonly needs: readonly ('python' | 'mlflow2' | 'servers' | 'ray' | 'host' | 'oldestHost')[];
  /** Whether another stage may run beside it; those that a slow machine could make fail are alone. */
  readonly company?: true;
  /** Whether it runs only when it is named or the long run is asked for. */
  readonly long?: true;
  run(context: StageContext): Promise<StageResult>;
}

/** A stage that hangs must not keep the others from running. */
const limitMilliseconds = 25 * 60_000;

const bin = (name: string): string => path.join(root, 'node_modules', name);

const runNode = async (
  nodeArguments: readonly string[],
  say: (line: string) => void,
  environment: NodeJS.ProcessEnv = {},
): Promise<number> => {
  const running = startTied(process.execPath, nodeArguments, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...environment },
    onLine: say,
  });
  const timer = setTimeout(() => {
    say(`Ended after ${limitMilliseconds / 60_000} minutes.`);
    void running.stop();
  }, limitMilliseconds);
  const code = await running.exited;
  clearTimeout(timer);
  return code;
};

/** A command that is one check: it passes with exit code 0. */
const check = (...nodeArguments: readonly string[]): Stage => ({
  needs: [],
  async run({ say }) {
    const code = await runNode(nodeArguments, say);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  },
});

/** Says and counts what mocha prints. */
const runCounted = async (
  nodeArguments: readonly string[],
  { say, environment }: StageContext,
): Promise<StageResult> => {
  const counts = new MochaCounts();
  const read = (line: string): void => {
    say(line);
    counts.read(line);
  };
  const code = await runNode(nodeArguments, read, environment);
  return counts.result(code);
};

/** Files that take longest: they begin first, or one would run on alone at the end. */
const longest: Partial<Record<TestKind, readonly string[]>> = {
  contract: ['mlflow', 'artifacts', 'artifactStores', 'sqliteSearch', 'searchLanguage'],
};

const longestFirst = (kind: TestKind, files: readonly string[]): readonly string[] => {
  const isLong = (file: string): boolean =>
    longest[kind]?.includes(path.basename(file, '.test.mjs')) === true;
  return [...files.filter(isLong), ...files.filter((file) => !isLong(file))];
};

const runMocha = async (
  kind: TestKind,
  context: StageContext,
  ...options: readonly string[]
): Promise<StageResult> => {
  const files = longestFirst(kind, await bundleTests(kind));
  return runCounted(
    [
      '--enable-source-maps',
      bin('mocha/bin/mocha.js'),
      ...['--timeout', '20000', '--forbid-only', '--forbid-pending'],
      ...options,
      ...context.mochaArguments,
      ...files,
    ],
    context,
  );
};

const mocha = (kind: TestKind, needs: Stage['needs'], ...options: readonly string[]): Stage => ({
  needs,
  run: (context) => runMocha(kind, context, ...options),
});

/** Two files at a time: each waits for one Python, editor or browser after the other, and a core would idle. */
const twoFiles = ['--parallel', '--jobs', '2'];

const runExtensionSuite = async (
  context: StageContext,
  ...suiteArguments: readonly string[]
): Promise<StageResult> => {
  await bundleTests('extension');
  const suite = path.join(root, 'scripts', 'extensionSuite.mts');
  return runCounted([suite, ...suiteArguments, ...context.mochaArguments], context);
};

const extension: Stage = {
  needs: ['host', 'python'],
  run: (context) => runExtensionSuite(context),
};

/** The tests inside VS Code again, and a look at the workbench, in the oldest supported one. */
const oldest: Stage = {
  needs: ['host', 'oldestHost', 'python'],
  long: true,
  async run(context) {
    const inside = await runExtensionSuite(context, '--oldest');
    const outside = await runMocha('oldest', context);
    return { passed: inside.passed + outside.passed, failed: inside.failed + outside.failed };
  },
};

/** The language services again, on ten times as many texts. */
const mutations: Stage = {
  needs: [],
  long: true,
  run: ({ say }) =>
    runMocha('unit', {
      say,
      mochaArguments: ['--grep', 'mutated documents'],
      environment: { MLFLOW_WORKBENCH_MUTATIONS: '10000' },
    }),
};

const packageStage: Stage = {
  needs: ['host'],
  async run(context) {
    // Packs first of all, with a build for production.
    const tested = await runMocha('package', context);
    // What follows looks at the extension as it is while one works on it.
    await check('esbuild.mjs').run(context);
    return tested;
  },
};

const beside = (stage: Stage): Stage => ({ ...stage, company: true });

/** Claims and deaths of sweeps again, in all releases of MLflow and with more of everything. */
const sweeps: Stage = {
  needs: ['python', 'mlflow2'],
  long: true,
  run: ({ say }) =>
    runMocha('contract', {
      say,
      mochaArguments: ['--grep', 'claims of combinations|windows and runs die'],
      environment: { MLFLOW_WORKBENCH_LONG: '1' },
    }),
};

/** Every stage, in the order in which they begin; long ones only when they are asked for. */
export const stages = {
  build: check('esbuild.mjs'),
  typecheck: beside(check(bin('typescript/bin/tsc'), '-p', '.')),
  /** Again, where neither mocha nor the DOM can be named. */
  typecheckSource: beside(check(bin('typescript/bin/tsc'), '-p', 'src')),
  /** The pages, where Node.js cannot be named. */
  typecheckPages: beside(check(bin('typescript/bin/tsc'), '-p', 'webview')),
  lint: beside(check(bin('eslint/bin/eslint.js'), '.')),
  format: beside(check(bin('prettier/bin/prettier.cjs'), '--check', '.')),
  unit: beside(mocha('unit', [])),
  /** The built pages in a browser, with recorded answers. */
  page: mocha('page', ['host'], ...twoFiles),
  contract: mocha('contract', ['python', 'mlflow2', 'servers'], ...twoFiles),
  /** Runs on a Ray cluster of two nodes, which is started and ended for it. */
  cluster: mocha('cluster', ['python', 'ray']),
  extension,
  package: packageStage,
  ui: mocha('ui', ['host', 'python', 'mlflow2'], ...twoFiles),
  start: { ...check('scripts/main.mts', 'start', '--headless-check'), needs: ['host', 'python'] },
  mutations,
  sweeps,
  oldest,
} as const satisfies Record<string, Stage>;

/** The name of a stage, as it is given on the command line. */
export type StageName = keyof typeof stages;
