import type { FileService } from '../fileService';
import { toDiagnostic } from '../problem';
import { diagnoseModel } from './diagnoseModel';
import { hoverModel } from './hoverModel';
import { linkModel } from './linkModel';

/** What is offered in MLmodel. */
export const modelService: FileService = {
  diagnose: (document, { settings }) => {
    const isOthers = settings.yamlIsChecked && document.languageId === 'yaml';
    const problems = diagnoseModel(document).filter(
      ({ code }) => !(isOthers && code === 'model-yaml'),
    );
    return Promise.resolve(problems.map((problem) => toDiagnostic(document, problem)));
  },
  hover: (document, position) => Promise.resolve(hoverModel(document, position)),
  links: linkModel,
};
