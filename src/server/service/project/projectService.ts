import type { FileService } from '../fileService';
import { diagnoseProject } from './diagnoseProject';
import { fixProject } from './fixProject';

/** What is offered in MLproject files. */
export const projectService: FileService = {
  diagnose: diagnoseProject,
  fix: fixProject,
};
