import * as vscode from 'vscode';

import type { Disposable } from './base/disposable';
import { pages } from './ids';
import type { Panels } from './panels/panels';
import type { PanelsHost } from './panels/panelsHost';

/** The pages, whose code is read when the first of them is shown or restored. */
export class LatePages implements Disposable {
  private loaded: Promise<Panels> | undefined;
  private readonly serializers: readonly Disposable[];

  constructor(private readonly host: PanelsHost) {
    this.serializers = (Object.keys(pages) as (keyof typeof pages)[]).map((kind) =>
      vscode.window.registerWebviewPanelSerializer(pages[kind], {
        deserializeWebviewPanel: async (panel, state) =>
          (await this.get()).restore(kind, panel, state),
      }),
    );
  }

  get(): Promise<Panels> {
    this.loaded ??= import('./panels/panels').then(({ Panels }) => new Panels(this.host));
    return this.loaded;
  }

  dispose(): void {
    this.serializers.forEach((serializer) => serializer.dispose());
    void this.loaded?.then((panels) => panels.dispose());
  }
}
