import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { LaunchLab } from './launchLab';

const project = `name: iris
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      note: {type: string, default: ""}
    command: "python train.py {alpha} {note}"
`;
const note = `it's "odd" $HOME; --x`;

/** Ends once the test has seen the run in progress. */
const script = `import mlflow, os, sys, time
mlflow.log_metric("loss", float(sys.argv[1]))
mlflow.set_tag("note", sys.argv[2])
while not os.path.exists("go"):
    time.sleep(0.1)
`;

/** MLflow takes seconds to start, and many beside other tests. */
const slow = 120_000;

interface FoundRun {
  readonly info: { readonly status: string; readonly run_name: string };
  readonly data: {
    readonly params?: readonly { readonly key: string; readonly value: string }[];
    readonly tags: readonly { readonly key: string; readonly value: string }[];
  };
}

describe('a person who runs an entry point', function () {
  this.timeout(300_000);

  let lab: LaunchLab | undefined;

  before(async () => {
    lab = await LaunchLab.open({ MLproject: project, 'train.py': script });
  });

  pictureOfFailure(() => lab?.bench);

  after(() => lab?.close());

  const theLab = (): LaunchLab => {
    assert.ok(lab);
    return lab;
  };

  async function runs(): Promise<readonly FoundRun[]> {
    const { runs = [] } = await theLab().mlflow.call<{ runs?: readonly FoundRun[] }>(
      'runs/search',
      {
        experiment_ids: ['0'],
      },
    );
    return runs;
  }

  const says = async (icon: string): Promise<void> => {
    await eventually(
      `the row with ${icon}`,
      async () => theLab().bench.row('workspace', 'Launches').innerHTML(),
      (html) => html.includes(icon),
    );
  };
  const notesOf = (found: readonly FoundRun[]): readonly (string | undefined)[] =>
    found.map(({ data }) => data.tags.find(({ key }) => key === 'note')?.value);

  it('from its code lens sees the run while it goes on, in the lists and in Launches', async () => {
    const { bench } = theLab();
    const { page } = bench;
    await bench.openFile('MLproject', 'command');
    await bench.openMlflow();
    await bench.row('Default').waitFor();
    await page.locator('.codelens-decoration a', { hasText: 'Run Entry Point' }).first().click();
    await bench.input.waitFor();
    await bench.choose('alpha');
    await bench.answer('0.25');
    await bench.choose('note');
    await bench.answer(note);
    await bench.choose('Run');
    const [run] = await eventually('the run', runs, (found) => found.length === 1, slow);
    assert.equal(run?.info.status, 'RUNNING');
    await bench.row(run.info.run_name).waitFor();
    await bench.expandView('Launches');
    await bench.row(`workspace, running, ${run.info.run_name}`, 'Launches').waitFor();
    await says('codicon-sync');
  });

  it('still sees it after the window was reloaded, and its end', async () => {
    const { bench, folder } = theLab();
    await bench.page.reload();
    await bench.openMlflow();
    await bench.expandView('Launches');
    await bench.row('workspace, running', 'Launches').waitFor();
    await eventually(
      'its terminal',
      () => bench.page.locator('.terminal-xterm-host').count(),
      (count) => count > 0,
    );
    await writeFile(path.join(folder, 'go'), '');
    await eventually('its end', runs, ([now]) => now?.info.status === 'FINISHED', slow);
    const found = await runs();
    assert.equal(found[0]?.data.params?.find(({ key }) => key === 'alpha')?.value, '0.25');
    assert.deepEqual(notesOf(found), [note]);
    await says('codicon-pass');
  });

  it('runs it again with the same parameters', async () => {
    const { bench } = theLab();
    const [first] = await runs();
    assert.ok(first);
    await bench.expand('Default');
    await bench.menu(first.info.run_name, 'Run Again with Same Parameters');
    const both = await eventually(
      'another run',
      runs,
      (found) => found.every(({ info }) => info.status === 'FINISHED') && found.length === 2,
      slow,
    );
    assert.deepEqual(notesOf(both), [note, note]);
    const [one, other] = both.map(({ data }) => JSON.stringify(data.params));
    assert.equal(one, other);
  });
});
