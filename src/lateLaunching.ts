import type { Disposable } from './base/disposable';
import type { Launching } from './launching/launching';
import type { LaunchingHost } from './launching/launchingHost';

/** What launches projects and sweeps, whose code is read with the first of them. */
export class LateLaunching implements Disposable {
  private loaded: Promise<Launching> | undefined;

  constructor(private readonly host: LaunchingHost) {}

  get(): Promise<Launching> {
    this.loaded ??= import('./launching/launching').then(
      ({ Launching }) => new Launching(this.host),
    );
    return this.loaded;
  }

  dispose(): void {
    void this.loaded?.then((launching) => launching.dispose());
  }
}
