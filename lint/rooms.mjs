/**
 * Who may import whom, as data: the table of docs/architecture.md. A file belongs to the first room whose `files` match its
 * path without extension. Its own room is always open to it; where `files` has a group, what the group matches
 * (the page of a path like `webview/<page>/main`) has to be the same, too.
 *
 * @typedef {object} Room
 * @property {string} name
 * @property {RegExp} files matched against the path from the root, with `/` and without extension
 * @property {readonly string[]} imports names of other rooms
 * @property {RegExp} [packages] npm packages and built-in modules that may be imported
 * @property {'none' | 'timers' | 'all'} node which globals of Node.js may be used
 */

const model = ['mlflow', 'mlflow/series', 'mlflow/format', 'mlflow/filterText'];
const domain = [...model, 'base'];
const editorSide = ['state', ...domain, 'protocol', 'ids', 'host'];
const nodeModules = /^node:/;
const editorPackages = /^(vscode|node:.+)$/;

/** @returns {Room} a room on the editor's side, whose pure part (if any) it may import */
function editorRoom(name, { pureParts = [], packages = editorPackages } = {}) {
  return {
    name,
    files: new RegExp(`^src/${name}/`),
    imports: [...editorSide, ...pureParts],
    packages,
    node: 'all',
  };
}

/** @returns {Room} a pure part of a room on the editor's side */
function pureRoom(name, files) {
  return { name, files, imports: [...domain, 'protocol', 'ids'], node: 'none' };
}

/** @type {readonly Room[]} */
export const rooms = [
  { name: 'ids', files: /^src\/ids$/, imports: [], node: 'none' },
  { name: 'base', files: /^src\/base\//, imports: [], node: 'none' },
  { name: 'protocol', files: /^src\/protocol\//, imports: [], node: 'none' },
  { name: 'mlflow/search', files: /^src\/mlflow\/search\//, imports: domain, node: 'none' },
  // Pages use these, too.
  { name: 'mlflow/series', files: /^src\/mlflow\/series\//, imports: ['base'], node: 'none' },
  { name: 'mlflow/format', files: /^src\/mlflow\/format$/, imports: [], node: 'none' },
  {
    name: 'mlflow/filterText',
    files: /^src\/mlflow\/(?:filterText|errors)$/,
    imports: [],
    node: 'none',
  },
  {
    name: 'mlflow',
    files: /^src\/mlflow\//,
    imports: ['base', 'mlflow/search', 'mlflow/series', 'mlflow/format', 'mlflow/filterText'],
    node: 'none',
  },

  {
    name: 'stores/rest',
    files: /^src\/stores\/rest\//,
    imports: [...domain, 'stores/series', 'stores/bytes'],
    packages: /^(undici|zod|zod\/mini|node:.+)$/,
    node: 'all',
  },
  {
    name: 'stores/local',
    files: /^src\/stores\/local\//,
    imports: [...domain, 'stores/bytes', 'mlflow/search'],
    packages: nodeModules,
    node: 'all',
  },
  {
    name: 'stores/series',
    files: /^src\/stores\/series\//,
    imports: domain,
    packages: nodeModules,
    node: 'all',
  },
  {
    name: 'stores/bytes',
    files: /^src\/stores\/bytes\//,
    imports: domain,
    packages: nodeModules,
    node: 'all',
  },
  {
    name: 'stores/sqlite',
    files: /^src\/stores\/sqlite\//,
    imports: [...domain, 'stores/local', 'stores/series', 'stores/bytes', 'mlflow/search'],
    packages: nodeModules,
    node: 'all',
  },
  {
    name: 'stores/files',
    files: /^src\/stores\/files\//,
    imports: [...domain, 'stores/local', 'stores/series', 'stores/bytes', 'mlflow/search'],
    // YAML that is not the flat kind MLflow writes.
    packages: /^(yaml|node:.+)$/,
    node: 'all',
  },
  {
    name: 'stores/openStore',
    files: /^src\/stores\/openStore$/,
    imports: [...domain, 'stores', 'stores/rest', 'stores/sqlite', 'stores/files'],
    packages: nodeModules,
    node: 'all',
  },
  {
    name: 'stores/worker',
    files: /^src\/stores\/worker$/,
    imports: [...domain, 'protocol', 'stores', 'stores/openStore'],
    packages: nodeModules,
    node: 'all',
  },
  {
    name: 'stores',
    files: /^src\/stores\/[^/]+$/,
    imports: [...domain, 'protocol'],
    packages: nodeModules,
    node: 'all',
  },

  {
    name: 'tables/parquet',
    files: /^src\/tables\/parquet\//,
    imports: [...domain, 'protocol', 'tables', 'tables/parts'],
    packages: /^(hyparquet|node:zlib)$/,
    node: 'all',
  },
  {
    name: 'tables/worker',
    files: /^src\/tables\/(?:tableWorker|tableServer)$/,
    imports: ['protocol', 'tables', 'tables/parts', 'tables/parquet'],
    packages: nodeModules,
    node: 'all',
  },
  {
    name: 'tables/parts',
    files: /^src\/tables\/[^/]+\//,
    imports: ['base', 'protocol', 'tables'],
    packages: nodeModules,
    node: 'all',
  },
  // What both ends share, and the end of the extension host.
  {
    name: 'tables',
    files: /^src\/tables\/[^/]+$/,
    imports: ['base', 'protocol'],
    packages: nodeModules,
    node: 'all',
  },

  { name: 'state', files: /^src\/state\//, imports: domain, node: 'timers' },

  pureRoom('tree (pure)', /^src\/tree\/(?:node|children|artifactNodes)$/),
  pureRoom('links (pure)', /^src\/links\/terminalLine$/),
  pureRoom('watching (pure)', /^src\/watching\/runEnds$/),
  pureRoom('downloads (pure)', /^src\/downloads\/(?:safePath|artifactWalk|transferRate)$/),
  pureRoom('panels/present', /^src\/panels\/present\//),
  // What the parts of launching know of one another.
  {
    name: 'projects/contracts',
    files: /^src\/projects\/(?:launch|sweep)Contracts$/,
    imports: domain,
    node: 'none',
  },
  {
    ...pureRoom('terminal/commandLine', /^src\/terminal\/commandLine$/),
    imports: [...domain, 'protocol', 'ids', 'projects/contracts'],
  },
  // Project and sweep files are read as the language server reads them.
  {
    name: 'projects/plan',
    files: /^src\/projects\/plan\//,
    imports: [...domain, 'protocol', 'projects/contracts', 'server'],
    packages: /^@vscode\/l10n$/,
    node: 'none',
  },
  {
    name: 'projects/schedule',
    files: /^src\/projects\/schedule\//,
    imports: [...domain, 'projects/contracts', 'projects/plan'],
    node: 'none',
  },

  {
    name: 'server (wiring)',
    files: /^src\/server\/[^/]+$/,
    imports: ['server', 'mlflow/search', 'base', 'protocol'],
    packages:
      /^(vscode-languageserver(\/.+)?|vscode-languageserver-textdocument|yaml|@vscode\/l10n|node:.+)$/,
    node: 'all',
  },
  {
    name: 'server',
    files: /^src\/server\//,
    imports: ['mlflow/search', 'base', 'protocol'],
    packages:
      /^(vscode-languageserver(\/.+)?|vscode-languageserver-textdocument|yaml|@vscode\/l10n)$/,
    node: 'none',
  },

  {
    name: 'host',
    files: /^src\/host\//,
    imports: [...domain, 'ids'],
    packages: editorPackages,
    node: 'all',
  },
  editorRoom('tree', { pureParts: ['tree (pure)', 'projects/contracts'] }),
  // YAML of anybody, loaded with the first file that needs it.
  {
    name: 'panels/readYaml',
    files: /^src\/panels\/readYaml$/,
    imports: [],
    packages: /^yaml$/,
    node: 'none',
  },
  editorRoom('panels', { pureParts: ['panels/present', 'panels/readYaml', 'tables'] }),
  // The engine talks to the store and to processes, not to the editor.
  {
    name: 'projects',
    files: /^src\/projects\//,
    imports: [...domain, 'projects/contracts', 'projects/plan', 'projects/schedule', 'server'],
    packages: nodeModules,
    node: 'all',
  },
  editorRoom('terminal', { pureParts: ['terminal/commandLine', 'projects/contracts'] }),
  // Ray's Jobs API, and what is sent to it.
  {
    name: 'ray/jobs',
    files: /^src\/ray\/jobs\//,
    imports: [...domain, 'projects/contracts', 'terminal/commandLine'],
    packages: /^(https?|node:.+)$/,
    node: 'all',
  },
  editorRoom('backends', { pureParts: ['projects/contracts'] }),
  editorRoom('ray', { pureParts: ['ray/jobs', 'projects/contracts', 'terminal'] }),
  {
    ...editorRoom('launching'),
    imports: [
      ...editorSide,
      ...['server', 'terminal', 'terminal/commandLine', 'ray', 'backends'],
      ...['projects', 'projects/contracts', 'projects/plan', 'projects/schedule'],
    ],
  },
  // The editor's side of sweeps, which asks for programs, parameters and experiments as launching does.
  {
    ...editorRoom('sweeping', {
      packages: /^(vscode|@vscode\/l10n|vscode-languageserver-textdocument|node:.+)$/,
    }),
    imports: [
      ...editorSide,
      ...['server', 'terminal', 'terminal/commandLine', 'launching', 'backends'],
      ...['projects', 'projects/contracts', 'projects/plan', 'projects/schedule'],
    ],
  },
  editorRoom('artifacts'),
  editorRoom('downloads', { pureParts: ['downloads (pure)'] }),
  editorRoom('status'),
  editorRoom('links', { pureParts: ['links (pure)'] }),
  editorRoom('watching', { pureParts: ['watching (pure)'] }),
  editorRoom('commands', { pureParts: ['projects/contracts', 'projects/plan'] }),
  editorRoom('notes'),
  // The folder's `.env` is read here.
  editorRoom('connections', { packages: /^(vscode|dotenv|node:.+)$/ }),
  editorRoom('serving'),
  editorRoom('language', { packages: /^(vscode|vscode-languageclient(\/.+)?|node:.+)$/ }),
  {
    name: 'extension',
    files: /^src\/(?:extension|connecting|late\w+)$/,
    imports: ['*'],
    packages: editorPackages,
    node: 'all',
  },

  {
    name: 'webview/kit',
    files: /^webview\/kit\//,
    imports: ['protocol', 'mlflow/format'],
    packages: /^(@vscode\/webview-ui-toolkit|@vscode\/l10n|lit(\/.+)?|lit-html(\/.+)?)$/,
    node: 'none',
  },
  {
    name: 'webview/charts',
    files: /^webview\/charts\//,
    imports: ['webview/kit', 'protocol', 'mlflow/format', 'mlflow/series', 'base'],
    packages: /^(chart\.js(\/.+)?|@vscode\/l10n|lit(\/.+)?)$/,
    node: 'none',
  },
  {
    name: 'webview/relations',
    files: /^webview\/relations\//,
    imports: ['webview/kit', 'mlflow/format', 'mlflow/series', 'base'],
    packages: /^(d3-contour|@vscode\/l10n|lit(\/.+)?)$/,
    node: 'none',
  },
  {
    name: 'webview/differences',
    files: /^webview\/differences\//,
    imports: ['webview/kit', 'protocol', 'mlflow/format'],
    packages: /^(@vscode\/l10n|lit(\/.+)?)$/,
    node: 'none',
  },
  {
    name: 'webview/gallery',
    files: /^webview\/gallery\//,
    imports: ['webview/kit', 'protocol', 'mlflow/format', 'mlflow/series'],
    packages: /^(@vscode\/l10n|lit(\/.+)?)$/,
    node: 'none',
  },
  // What frames a report shares nothing with other pages.
  {
    name: 'webview/report',
    files: /^webview\/report\//,
    imports: ['protocol'],
    packages: /^$/,
    node: 'none',
  },
  {
    name: 'webview',
    files: /^webview\/([^/]+)\//,
    imports: [
      'webview/kit',
      'webview/differences',
      'webview/charts',
      'webview/relations',
      'webview/gallery',
      'protocol',
      'mlflow/filterText',
      'mlflow/format',
      'mlflow/series',
      'base',
    ],
    packages: /^(chart\.js(\/.+)?|d3-contour|@vscode\/l10n|lit(\/.+)?)$/,
    node: 'none',
  },
];

/** Where a file lives: its room and what the group of the room's pattern matched. */
export function roomOf(file) {
  const bare = file.replaceAll('\\', '/').replace(/\.[cm]?[jt]sx?$/, '');
  for (const room of rooms) {
    const match = room.files.exec(bare);
    if (match) return { room, part: match[1] };
  }
  return undefined;
}
