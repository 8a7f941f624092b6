/**
 * Runs the stages that are named, or all but the long ones, or with `--long` all:
 * `npm test -- unit contract --grep 'page token'`. Two at a time, where they bear each other.
 */
import { LinesInTurn } from './linesInTurn.mts';
import { say } from './progress.mts';
import { ensurePython } from './pythonEnvironment.mts';
import { ensurePythonExtras } from './pythonExtras.mts';
import type { StageResult } from './stageResult.mts';
import { takeTurns } from './takeTurns.mts';
import { ensureTestHost } from './testHost.mts';
import { stages } from './testStages.mts';
import type { Stage, StageName } from './testStages.mts';

const isStageName = (word: string): word is StageName => Object.hasOwn(stages, word);

const isWanted = (name: StageName): boolean => {
  const stage: Stage = stages[name];
  return stage.long !== true || process.argv.includes('--long');
};

// npm hands on a second `--`, with which mocha would end its options.
const words = process.argv.slice(2).filter((word) => word !== '--long' && word !== '--');
const firstOther = words.findIndex((word) => !isStageName(word));
const named = (firstOther < 0 ? words : words.slice(0, firstOther)).filter(isStageName);
const mochaArguments = firstOther < 0 ? [] : words.slice(firstOther);
if (mochaArguments[0] !== undefined && !mochaArguments[0].startsWith('-'))
  throw new Error(
    `There is no stage ${mochaArguments[0]}; there are ${Object.keys(stages).join(', ')}.`,
  );
const chosen =
  named.length > 0 ? [...new Set(named)] : Object.keys(stages).filter(isStageName).filter(isWanted);

/**
 * What takes minutes the first time is prepared beside the early stages: what pip installs one after the other, and
 * beside it, since each waits for the network much of the time, what npm installs.
 */
const prepare = (): Record<Stage['needs'][number], () => Promise<unknown>> => {
  const needed = new Set<string>(chosen.flatMap((name) => [...stages[name].needs]));
  const newQueue = () => {
    let last: Promise<unknown> = Promise.resolve();
    return (name: string, work: () => Promise<unknown>): (() => Promise<unknown>) => {
      if (!needed.has(name)) return () => Promise.resolve();
      const made = last.then(work);
      last = made.catch(() => undefined);
      made.catch(() => undefined);
      return () => made;
    };
  };
  const pip = newQueue();
  const npm = newQueue();
  return {
    python: pip('python', () => ensurePython('demo')),
    mlflow2: pip('mlflow2', () => ensurePython('mlflow2')),
    servers: pip('servers', () => ensurePython('servers')),
    ray: pip('ray', async () =>
      ensurePythonExtras(await ensurePython('demo'), 'test/support/ray-requirements.txt'),
    ),
    host: npm('host', () => ensureTestHost()),
    oldestHost: npm('oldestHost', () => ensureTestHost('oldest')),
  };
};

const prepared = prepare();

/** What a stage came to that did not even run. */
const badly: StageResult = { passed: 0, failed: 1 };
const lines = new LinesInTurn(say);

const runStage = async (name: StageName): Promise<StageResult> => {
  const stage: Stage = stages[name];
  const start = Date.now();
  const speaker = lines.begin();
  speaker.say(`\n━━ ${name}`);
  let result = badly;
  try {
    for (const need of stage.needs) await prepared[need]();
    result = await stage.run({ mochaArguments, say: (line) => speaker.say(line) });
  } catch (error) {
    speaker.say(error instanceof Error ? error.message : String(error));
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  speaker.say(`━━ ${name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
  speaker.end();
  return result;
};

/** As many cores as the smallest machine has that this is run on. */
const seats = 2;
const everything = Promise.allSettled(Object.values(prepared).map((one) => one()));
const found = new Map<StageName, StageResult>();
await takeTurns(
  chosen.map((name) => {
    const { company, needs }: Stage = stages[name];
    return {
      seats: company === true ? 1 : seats,
      // What is to be alone does not run beside an installation either.
      ready: needs.length > 0 ? everything : Promise.resolve(),
      run: async () => found.set(name, await runStage(name)),
    };
  }),
  seats,
);
const results = chosen.map((name) => [name, found.get(name) ?? badly] as const);
say('');
for (const [name, { passed, failed }] of results)
  say(`${failed > 0 ? '✘' : '✔'} ${name}: ${passed} passed, ${failed} failed`);
const passed = results.reduce((sum, [, result]) => sum + result.passed, 0);
const failed = results.reduce((sum, [, result]) => sum + result.failed, 0);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
