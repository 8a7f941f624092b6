import path from 'node:path';
import { bundleTests } from './bundleTests.mts';
import type { TestKind } from './bundleTests.mts';
import { root } from './paths.mts';
import { say } from './progress.mts';
import { MochaCounts } from './stageResult.mts';
import type { StageResult } from './stageResult.mts';
import { startTied } from './tiedProcess.mts';

/** What the person asked for beside the stages. */
export interface StageContext {
  /** Handed on to mocha. */
  readonly mochaArguments: readonly string[];
}

/** One stage of the test run. */
export interface Stage {
  /** The prepared things that it waits for. */
  readonly needs: readonly ('python' | 'mlflow2' | 'servers' | 'host' | 'oldestHost')[];
  /** Whether it runs only when it is named or the long run is asked for. */
  readonly long?: true;
  run(context: StageContext): Promise<StageResult>;
}

/** A stage that hangs must not keep the others from running. */
const limitMilliseconds = 15 * 60_000;

const bin = (name: string): string => path.join(root, 'node_modules', name);

const runNode = async (
  nodeArguments: readonly string[],
  onLine: (line: string) => void,
  environment: NodeJS.ProcessEnv = {},
): Promise<number> => {
  const running = startTied(process.execPath, nodeArguments, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...environment },
    onLine: (line) => {
      say(line);
      onLine(line);
    },
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
  async run() {
    const code = await runNode(nodeArguments, () => undefined);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  },
});

const runMocha = async (
  kind: TestKind,
  context: StageContext,
  environment: NodeJS.ProcessEnv = {},
): Promise<StageResult> => {
  const files = await bundleTests(kind);
  const counts = new MochaCounts();
  const code = await runNode(
    [
      '--enable-source-maps',
      bin('mocha/bin/mocha.js'),
      ...['--timeout', '20000', '--forbid-only', '--forbid-pending'],
      ...context.mochaArguments,
      ...files,
    ],
    (line) => counts.read(line),
    environment,
  );
  return counts.result(code);
};

const mocha = (kind: TestKind, needs: Stage['needs']): Stage => ({
  needs,
  run: (context) => runMocha(kind, context),
});

const runExtensionSuite = async (
  context: StageContext,
  ...suiteArguments: readonly string[]
): Promise<StageResult> => {
  await bundleTests('extension');
  const counts = new MochaCounts();
  const suite = path.join(root, 'scripts', 'extensionSuite.mts');
  const code = await runNode([suite, ...suiteArguments, ...context.mochaArguments], (line) =>
    counts.read(line),
  );
  return counts.result(code);
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
  run: () =>
    runMocha(
      'unit',
      { mochaArguments: ['--grep', 'mutated documents'] },
      { MLFLOW_WORKBENCH_MUTATIONS: '10000' },
    ),
};

const packageStage: Stage = {
  needs: ['host'],
  async run(context) {
    const packed = await check('scripts/package.mts').run(context);
    const tested = await runMocha('package', context);
    // What follows looks at the extension as it is while one works on it.
    await check('esbuild.mjs').run(context);
    return { passed: packed.passed + tested.passed, failed: packed.failed + tested.failed };
  },
};

/** Every stage, in the order in which they run; long ones only when they are asked for. */
export const stages = {
  build: check('esbuild.mjs'),
  typecheck: check(bin('typescript/bin/tsc'), '-p', '.'),
  /** Again, where neither mocha nor the DOM can be named. */
  typecheckSource: check(bin('typescript/bin/tsc'), '-p', 'src'),
  /** The pages, where Node.js cannot be named. */
  typecheckPages: check(bin('typescript/bin/tsc'), '-p', 'webview'),
  lint: check(bin('eslint/bin/eslint.js'), '.'),
  format: check(bin('prettier/bin/prettier.cjs'), '--check', '.'),
  unit: mocha('unit', []),
  /** The built pages in a browser, with recorded answers. */
  page: mocha('page', ['host']),
  contract: mocha('contract', ['python', 'mlflow2', 'servers']),
  extension,
  package: packageStage,
  ui: mocha('ui', ['host', 'python', 'mlflow2']),
  start: { ...check('scripts/main.mts', 'start', '--headless-check'), needs: ['host', 'python'] },
  mutations,
  oldest,
} as const satisfies Record<string, Stage>;

/** The name of a stage, as it is given on the command line. */
export type StageName = keyof typeof stages;
