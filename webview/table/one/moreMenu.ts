import * as l10n from '@vscode/l10n';
import type { MenuItem } from '../../kit/menu';
import { openMenu } from '../../kit/menu';
import type { TableActions } from './tableActions';

/** Encodings of the Encoding Standard that texts from before UTF-8 often have. */
const encodings = ['utf-8', 'euc-kr', 'shift_jis', 'gb18030', 'windows-1252', 'utf-16le'] as const;

/** What can be done with the whole file, and how else it can be read. */
export function moreMenu(anchor: HTMLElement, actions: TableActions): void {
  const { progress } = actions.state;
  const { reading } = progress.facts;
  openMenu(anchor, l10n.t('More Actions…'), [
    { label: l10n.t('Download…'), run: () => void actions.link.call('download', undefined) },
    { label: l10n.t('Open as Text'), run: () => actions.link.notify('openAsText', undefined) },
    { label: l10n.t('Read Again'), run: () => actions.read(reading ?? {}) },
    ...(reading === undefined ? [] : readingItems(reading, actions)),
  ]);
}

function readingItems(
  reading: NonNullable<TableActions['state']['progress']['facts']['reading']>,
  actions: TableActions,
): readonly MenuItem[] {
  const delimiters = [
    [',', l10n.t('Comma')],
    [';', l10n.t('Semicolon')],
    ['\t', l10n.t('Tab')],
    ['|', l10n.t('Vertical Bar')],
  ] as const;
  return [
    'separator',
    {
      label: l10n.t('First Row Names the Columns'),
      isChecked: reading.header === true,
      run: () => actions.read({ ...reading, header: reading.header !== true }),
    },
    'separator',
    ...delimiters.map(([delimiter, name]) => ({
      label: l10n.t('Cells Are Separated by: {0}', name),
      isChecked: reading.delimiter === delimiter,
      run: () => actions.read({ encoding: reading.encoding, delimiter }),
    })),
    'separator',
    ...encodings.map((encoding) => ({
      label: l10n.t('Encoding: {0}', encoding.toUpperCase()),
      isChecked: reading.encoding === encoding,
      run: () => actions.read({ ...reading, encoding }),
    })),
  ];
}
