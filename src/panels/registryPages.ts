import type { Disposable } from '../base/disposable';
import type { ComparedPlace } from '../state/comparedRuns';
import type { OpenPage } from './openPages';
import type { PanelsHost } from './panelsHost';
import { VersionPanels } from './versionPanels';
import { VersionsPanels } from './versionsPanels';

/** The open pages of registered models; what is loaded when the first of them is shown. */
export class RegistryPages implements Disposable {
  readonly version: VersionPanels;
  readonly versions: VersionsPanels;

  /** @param openRun opens the page of a run */
  constructor(host: PanelsHost, openRun: (place: ComparedPlace) => void) {
    this.version = new VersionPanels(host, openRun);
    this.versions = new VersionsPanels(host, this.version.openVersion.bind(this.version), openRun);
  }

  get all(): readonly OpenPage[] {
    return [...this.version.all, ...this.versions.all];
  }

  dispose(): void {
    this.version.dispose();
    this.versions.dispose();
  }
}
