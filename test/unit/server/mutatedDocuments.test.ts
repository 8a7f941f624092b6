import assert from 'node:assert/strict';
import type { Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileService, ServiceContext } from '../../../src/server/service/fileService';
import {
  condaEnvService,
  pythonEnvService,
} from '../../../src/server/service/environment/environmentService';
import { modelService } from '../../../src/server/service/model/modelService';
import { projectService } from '../../../src/server/service/project/projectService';
import { isSweepFile } from '../../../src/server/service/sweep/isSweepFile';
import { sweepService } from '../../../src/server/service/sweep/sweepService';
import { mutated } from '../../support/mutatedDocuments';
import { SeededRandom } from '../../support/seededRandom';
import { serviceContext } from '../../support/serviceContext';

/** How many there are; more in the long run. */
const count = Number(process.env['MLFLOW_WORKBENCH_MUTATIONS'] ?? 1_000);

/** Milliseconds that an answer may take at most. */
const most = 1_000;

const project = `name: demo
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      data_file: path
      alpha: {type: float, default: 0.5}
      max-depth: # how deep
        type: int
        default: 3
    command: "python train.py {data_file} --alpha {alpha} {max-depth} \${{HOME}}"
  validate:
    parameters:
      data_file: {type: path, default: data.csv}
    command: >-
      python validate.py
      {data_file}
`;

const kinds: readonly (readonly [name: string, service: FileService, text: string])[] = [
  ['MLproject', projectService, project],
  [
    'config.yaml',
    sweepService,
    'alpha: [0.1, 0.01, 1e-3]\nmax-depth: [1, 2, 010]\ndata_file: [a.csv]\n',
  ],
  [
    'sweep.yaml',
    sweepService,
    'method: random\nmetric: {name: loss, goal: minimize}\nrun_cap: 10\nparameters:\n  alpha:\n    min: 0.1\n    max: 1\n  max-depth:\n    values: [1, 2]\n  data_file: {value: a.csv}\nentry_point: main\n',
  ],
  [
    'python_env.yaml',
    pythonEnvService,
    'python: "3.11.9"\nbuild_dependencies:\n  - pip==24\ndependencies:\n  - -r requirements.txt\n  - numpy # fast\n',
  ],
  [
    'conda.yaml',
    condaEnvService,
    'name: x\nchannels: [conda-forge]\ndependencies:\n  - python=3.11\n  - pip\n  - pip:\n    - -r requirements.txt\n    - mlflow\n',
  ],
  [
    'MLmodel',
    modelService,
    `run_id: abc\nflavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    env: {conda: conda.yaml}\n  sklearn:\n    pickled_model: model.pkl\nsignature:\n  inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 4]}}]'\n  params: null\nmodel_size_bytes: 10506\n`,
  ],
];

const beside = {
  MLproject: project,
  'python_env.yaml': 'python: "3.11.9"\n',
  'requirements.txt': '-r requirements.txt\n',
  'train.py': '',
  'sweep.yaml': 'method: grid\nparameters: {alpha: {values: [1]}}\n',
};

/** Everything that can be asked of a document, at a place. */
function asks(
  service: FileService,
  document: TextDocument,
  position: Position,
  context: ServiceContext,
): Record<string, () => Promise<unknown> | undefined> {
  const end = document.positionAt(document.offsetAt(position) + 20);
  const request = { range: { start: position, end }, diagnostics: [] };
  return {
    recognize: () => isSweepFile(document, context),
    diagnose: () => service.diagnose(document, context),
    complete: () => service.complete?.(document, position, context),
    hover: () => service.hover?.(document, position, context),
    define: () => service.define?.(document, position, context),
    references: () => service.references?.(document, position, context),
    prepareRename: () => service.prepareRename?.(document, position, context),
    rename: () => service.rename?.(document, position, 'renamed', context),
    fix: () => service.fix?.(document, request, context),
    symbols: () => service.symbols?.(document, context),
    folding: () => service.folding?.(document, context),
    format: () => service.format?.(document, context),
    lenses: () => service.lenses?.(document, context),
    links: () => service.links?.(document, context),
    select: () => service.select?.(document, [position, end], context),
  };
}

describe('mutated documents', function () {
  this.timeout(20_000 + count * 60);

  for (const [index, [name, service, text]] of kinds.entries()) {
    it(`keep no service of ${name} from answering, nor longer than a second`, async () => {
      const random = new SeededRandom(index + 1);
      for (let turn = 0; turn < count / kinds.length; turn++) {
        const changed = mutated(text, random);
        const document = TextDocument.create(`file:///p/${name}`, 'yaml', 1, changed);
        const context = serviceContext({ ...beside, [name]: changed });
        const position = document.positionAt(random.below(changed.length + 1));
        for (const [ask, run] of Object.entries(asks(service, document, position, context))) {
          await inTime(`${ask} of ${name}, turn ${turn}`, run);
        }
      }
    });
  }
});

/** Measured in processor time, since others may use the machine as well. */
async function inTime(what: string, run: () => Promise<unknown> | undefined): Promise<void> {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  try {
    await run();
  } catch (error) {
    assert.fail(`${what}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
  }
  const { user, system } = process.cpuUsage(cpu);
  const taken = Math.min(performance.now() - wall, (user + system) / 1000);
  assert.ok(taken <= most, `${what} took ${Math.round(taken)} ms`);
}
