import * as vscode from 'vscode';

import type { Disposable } from './base/disposable';
import { artifactAddress } from './host/artifactUri';
import { customEditors, pages } from './ids';
import type { Panels } from './panels/panels';
import type { PanelsHost } from './panels/panelsHost';

/** The pages and previews, whose code is read when the first of them is shown or restored. */
export class LatePages implements Disposable {
  private loaded: Promise<Panels> | undefined;
  private readonly registered: readonly Disposable[];

  constructor(private readonly host: PanelsHost) {
    this.registered = [
      ...(Object.keys(pages) as (keyof typeof pages)[]).map((kind) =>
        vscode.window.registerWebviewPanelSerializer(pages[kind], {
          deserializeWebviewPanel: async (panel, state) =>
            (await this.get()).restore(kind, panel, state),
        }),
      ),
      ...(Object.keys(customEditors) as (keyof typeof customEditors)[]).map((kind) =>
        vscode.window.registerCustomEditorProvider(customEditors[kind], {
          openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
          resolveCustomEditor: async ({ uri }, panel) =>
            (await this.get()).preview(kind, panel, artifactAddress(uri)),
        } satisfies vscode.CustomReadonlyEditorProvider),
      ),
    ];
  }

  get(): Promise<Panels> {
    this.loaded ??= import('./panels/panels').then(({ Panels }) => new Panels(this.host));
    return this.loaded;
  }

  dispose(): void {
    this.registered.forEach((each) => each.dispose());
    void this.loaded?.then((panels) => panels.dispose());
  }
}
