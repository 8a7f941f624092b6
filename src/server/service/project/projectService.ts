import type { FileService } from '../fileService';
import { formatYaml } from '../formatYaml';
import { chosenInProject } from '../navigation/parameterPlaces';
import {
  defineInProject,
  linksInProject,
  referencesInProject,
} from '../navigation/projectNavigation';
import { renameParameter, renameStart } from '../navigation/renameParameter';
import { foldingOf, selectAround } from '../navigation/yamlOutline';
import { completeProject } from './completeProject';
import { diagnoseProject } from './diagnoseProject';
import { fixProject } from './fixProject';
import { hoverProject } from './hoverProject';
import { lensesOf } from './projectLenses';
import { symbolsOf } from './projectSymbols';

/** What is offered in MLproject files. */
export const projectService: FileService = {
  diagnose: diagnoseProject,
  fix: fixProject,
  complete: completeProject,
  hover: hoverProject,
  define: defineInProject,
  references: referencesInProject,
  prepareRename: (document, position) =>
    Promise.resolve(renameStart(document, chosenInProject(document, position))),
  rename: (document, position, newName, context) =>
    renameParameter(chosenInProject(document, position), newName, context),
  symbols: (document) => Promise.resolve(symbolsOf(document)),
  folding: (document) => Promise.resolve(foldingOf(document)),
  format: (document) => Promise.resolve(formatYaml(document)),
  lenses: (document, context) => Promise.resolve(lensesOf(document, context)),
  links: linksInProject,
  select: (document, positions) => Promise.resolve(selectAround(document, positions)),
};
