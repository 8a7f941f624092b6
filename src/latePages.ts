import * as vscode from 'vscode';

import type { Disposable } from './base/disposable';
import { Late } from './base/late';
import { artifactAddress } from './host/artifactUri';
import { customEditors, pages } from './ids';
import type { Panels } from './panels/panels';
import type { PanelsHost } from './panels/panelsHost';

/** The pages and previews, whose code is read when the first of them is shown or restored. */
export class LatePages implements Disposable {
  private readonly panels: Late<Panels>;
  private readonly registered: readonly Disposable[];

  constructor(host: PanelsHost) {
    this.panels = new Late(async () => {
      const { Panels } = await import('./panels/panels');
      return new Panels(host);
    });
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
    return this.panels.get();
  }

  dispose(): void {
    this.registered.forEach((each) => each.dispose());
    this.panels.dispose();
  }
}
