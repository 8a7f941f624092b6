import type { FileService } from '../fileService';
import { diagnoseSweep, fixSweep } from './diagnoseSweep';

/** What is offered in sweep files; `isSweepFile` says which ones are. */
export const sweepService: FileService = {
  diagnose: diagnoseSweep,
  fix: fixSweep,
};
