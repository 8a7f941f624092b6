import type { FileService } from '../fileService';
import { formatYaml } from '../formatYaml';
import { chosenInSweep } from '../navigation/parameterPlaces';
import { renameParameter, renameStart } from '../navigation/renameParameter';
import { defineInSweep, linksInSweep, referencesInSweep } from '../navigation/sweepNavigation';
import { foldingOf, selectAround } from '../navigation/yamlOutline';
import { completeSweep } from './completeSweep';
import { diagnoseSweep, fixSweep } from './diagnoseSweep';
import { hoverSweep } from './hoverSweep';
import { sweepLenses } from './sweepLenses';
import { sweepSymbols } from './sweepSymbols';

/** What is offered in sweep files; `isSweepFile` says which ones are. */
export const sweepService: FileService = {
  diagnose: diagnoseSweep,
  fix: fixSweep,
  complete: completeSweep,
  hover: hoverSweep,
  define: defineInSweep,
  references: referencesInSweep,
  prepareRename: async (document, position, context) =>
    renameStart(document, await chosenInSweep(document, position, context)),
  rename: async (document, position, newName, context) =>
    renameParameter(await chosenInSweep(document, position, context), newName, context),
  symbols: (document) => Promise.resolve(sweepSymbols(document)),
  folding: (document) => Promise.resolve(foldingOf(document)),
  format: (document) => Promise.resolve(formatYaml(document)),
  lenses: (document, context) => Promise.resolve(sweepLenses(document, context)),
  links: linksInSweep,
  select: (document, positions) => Promise.resolve(selectAround(document, positions)),
};
