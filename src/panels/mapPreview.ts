import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { MapPage } from '../protocol/mapPage';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import { PreviewSource } from './previewSource';
import type { PreviewOptions } from './previews';
import { copyText } from './saveFile';

/** A GeoJSON file as a map. */
export function mapPreview({ host, panel, address }: PreviewOptions): Disposable {
  const troubles = new PageTroubles(host, 'map');
  const source = new PreviewSource(host, address);
  return new Page<MapPage>(panel, {
    name: 'map',
    extensionUri: host.extensionUri,
    handlers: {
      requests: {
        init: () =>
          Promise.resolve({
            texts: vscode.l10n.bundle,
            locale: vscode.env.language,
            restore: { version: 1 },
            path: address.place.path,
          }),
        content: (_, signal) => source.read(signal),
        openText: () => source.openText(),
        copy: copyText,
      },
      notices: { failure: (text) => troubles.note(text) },
    },
    encodeError: (error) => troubles.failure(error),
    onVisible: () => undefined,
  });
}
