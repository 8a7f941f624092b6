import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  commands,
  contextKeys,
  customEditors,
  pages,
  rowFacets,
  rowKinds,
  runColorCount,
  runColorId,
  settings,
  views,
} from '../../src/ids';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
interface Contributed {
  readonly commands: readonly {
    readonly command: string;
    readonly title: string;
    readonly category: string;
    readonly icon?: string;
  }[];
  readonly views: Record<string, readonly { readonly id: string; readonly icon: string }[]>;
  readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
  readonly viewsWelcome: readonly {
    readonly view: string;
    readonly contents: string;
    readonly when: string;
  }[];
  readonly menus: Record<string, readonly MenuItem[]>;
  readonly keybindings: readonly { readonly command: string; readonly when: string }[];
  readonly configuration: {
    readonly properties: Record<string, { readonly markdownDescription: string }>;
  };
  readonly customEditors: readonly { readonly viewType: string }[];
  readonly colors: readonly { readonly id: string }[];
  readonly walkthroughs: readonly {
    readonly steps: readonly { readonly media: { readonly svg: string } }[];
  }[];
}
interface Manifest {
  readonly icon: string;
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Record<string, string>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: Contributed;
}
type Texts = Record<string, string>;

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

const manifest = readJson('package.json') as Manifest;
const contributes = manifest.contributes;
const english = readJson('package.nls.json') as Texts;
const korean = readJson('package.nls.ko.json') as Texts;

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'ids.ts')
  .map((name) => readFileSync(path.join('src', name), 'utf8'))
  .join('\n');

const sorted = (values: Iterable<string>): string[] => [...values].sort();
const menuItems = Object.values(contributes.menus).flat();
const whenClauses = [
  ...contributes.keybindings.map(({ when }) => when),
  ...menuItems.map(({ when }) => when ?? ''),
  ...contributes.viewsWelcome.map(({ when }) => when),
];

describe('manifest and ids', () => {
  it('agree on the views', () => {
    const contributed = Object.values(contributes.views).flatMap((group) =>
      group.map(({ id }) => id),
    );
    assert.deepEqual(sorted(contributed), sorted(Object.values(views)));
  });

  it('agree on the commands', () => {
    const contributed = contributes.commands.map(({ command }) => command);
    assert.deepEqual(sorted(contributed), sorted(Object.values(commands)));
  });

  it('agree on the settings', () => {
    const contributed = Object.keys(contributes.configuration.properties);
    assert.deepEqual(sorted(contributed), sorted(Object.values(settings)));
  });

  it('agree on our own views of artifacts', () => {
    const contributed = contributes.customEditors.map(({ viewType }) => viewType);
    assert.deepEqual(sorted(contributed), sorted(Object.values(customEditors)));
  });

  it('agree on the pages that VS Code restores', () => {
    const kept = manifest.activationEvents.flatMap(
      (event) => /^onWebviewPanel:(.*)/.exec(event)?.[1] ?? [],
    );
    assert.deepEqual(sorted(kept), sorted(Object.values(pages)));
  });

  it('agree on the colors', () => {
    const expected = Array.from({ length: runColorCount }, (_, index) => runColorId(index));
    assert.deepEqual(sorted(contributes.colors.map(({ id }) => id)), sorted(expected));
  });

  it('agree on the context keys of when clauses', () => {
    const used = new Set(
      whenClauses.flatMap((when) =>
        (when.match(/(?<!config\.)\bmlflow\.\w+/g) ?? []).filter(
          (name) => !(Object.values(views) as string[]).includes(name),
        ),
      ),
    );
    assert.deepEqual(sorted(used), sorted(Object.values(contextKeys)));
  });

  it('agree on the kinds and facets of rows', () => {
    const words = (pattern: RegExp): Set<string> =>
      new Set(
        whenClauses.flatMap((when) =>
          [...when.matchAll(pattern)].flatMap((match) => (match[1] ?? '').split('|')),
        ),
      );
    const kinds = words(/viewItem =~ \/\^\(?([\w|]+)\)?\\b\//g);
    const facets = words(/viewItem =~ \/;([\w|]+)\\b\//g);
    const every = (when: string): number => when.split('viewItem').length - 1;
    const understood = (when: string): number =>
      [...when.matchAll(/viewItem =~ \/(\^\(?[\w|]+\)?|;[\w|]+)\\b\//g)].length;

    for (const when of whenClauses) assert.equal(understood(when), every(when), when);
    for (const kind of kinds) assert.ok((Object.values(rowKinds) as string[]).includes(kind), kind);
    for (const facet of facets) {
      assert.ok((Object.values(rowFacets) as string[]).includes(facet), facet);
    }
  });
});

describe('manifest and code', () => {
  it('have a handler for every command of the manifest', () => {
    const table = ['handlers', 'registry/registryHandlers']
      .map((name) => readFileSync(`src/commands/${name}.ts`, 'utf8'))
      .join('');
    const handled = [...table.matchAll(/^ {2}(\w+): \w+\.\w+,$/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(sorted(handled), sorted(Object.keys(commands)));
  });

  it('have every setting and every context key in use', () => {
    const unused = [
      ...Object.keys(settings).filter((name) => !sources.includes(`settings.${name}`)),
      ...Object.keys(contextKeys).filter((name) => !sources.includes(`contextKeys.${name}`)),
    ];
    assert.deepEqual(unused, []);
  });

  it('name no id of ours outside of the table of ids', () => {
    const ids = [
      ...Object.values(commands),
      ...Object.values(settings),
      ...Object.values(contextKeys),
      ...Object.values(views),
    ];
    const spelledOut = ids.filter((id) => new RegExp(`['"]${id}['"]`).test(sources));
    // The language server, which other editors run, too, knows nothing of the table.
    assert.deepEqual(spelledOut, [commands.runEntryPoint, commands.launchSweep]);
  });
});

describe('manifest', () => {
  it('puts every command somewhere and only known ones into menus', () => {
    const known = new Set<string>(Object.values(commands));
    for (const { command } of menuItems) assert.ok(known.has(command), command);
  });

  it('hides what needs a row from the palette', () => {
    const hidden = (contributes.menus['commandPalette'] ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    const needRow = [
      commands.retry,
      commands.loadMore,
      commands.pinExperiment,
      commands.unpinExperiment,
      commands.clearRunFilter,
      commands.renameExperiment,
      commands.editExperimentNote,
      commands.deleteExperiment,
      commands.restoreExperiment,
      commands.renameRun,
      commands.setRunTag,
      commands.editRunNote,
      commands.deleteRuns,
      commands.restoreRuns,
      commands.renameSelection,
      commands.deleteSelection,
      commands.renameModelSelection,
      commands.deleteModelSelection,
      commands.watchRun,
      commands.unwatchRun,
      commands.copyExperimentId,
      commands.copyRunId,
      commands.copyRunLink,
      commands.copyModelUri,
      commands.copyValue,
      commands.revealSourceRun,
      commands.renameModel,
      commands.editModelNote,
      commands.setModelTag,
      commands.deleteModelTag,
      commands.deleteModel,
      commands.deleteModelVersions,
      commands.showImages,
      commands.runAgain,
      commands.openLaunchedRun,
      commands.retryLaunch,
      commands.removeLaunch,
    ];
    assert.deepEqual(sorted(hidden), sorted(needRow));
  });

  it('gives an icon to every command of a title bar or an inline place', () => {
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    const places = menuItems.filter(({ group }) => /^(navigation|inline)/.test(group ?? ''));
    for (const { command } of places) assert.match(icons.get(command) ?? '', /^\$\([a-z-]+\)$/);
  });

  it('takes keys only while a row of a view of ours has the focus, and nothing is being typed', () => {
    const known = new Set<string>(Object.values(commands));
    assert.ok(contributes.keybindings.length > 0);
    for (const { command, when } of contributes.keybindings) {
      assert.ok(known.has(command), command);
      assert.match(when, /^focusedView == mlflow\.\w+ && listFocus && !inputFocus/, command);
    }
  });

  it('puts commands into the category MLflow', () => {
    for (const { command, category } of contributes.commands) {
      assert.equal(category, 'MLflow', command);
    }
  });

  it('links only to commands that exist', () => {
    const builtIn = ['workbench.trust.manage', 'workbench.action.openWalkthrough'];
    const focus = Object.values(views).map((view) => `${view}.focus`);
    const known = new Set<string>([...Object.values(commands), ...builtIn, ...focus]);
    for (const text of [...Object.values(english), ...Object.values(korean)]) {
      for (const [, command = ''] of text.matchAll(/\(command:([\w.]+)/g)) {
        assert.ok(known.has(command), command);
      }
    }
  });

  it('names only pictures that are there', () => {
    const pictures = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views).flatMap((group) => group.map(({ icon }) => icon)),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ];
    for (const picture of pictures) assert.ok(existsSync(picture), picture);
  });

  it('draws the walkthrough without style sheets, which its page drops', () => {
    for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      assert.doesNotMatch(readFileSync(media.svg, 'utf8'), /<style|style=|class=/, media.svg);
    }
  });

  it('restricts every setting that chooses a server or a program', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual(
      sorted(restricted),
      sorted([
        settings.trackingUri,
        settings.registryUri,
        settings.interpreter,
        settings.requestHeaders,
        settings.workspace,
        settings.tlsCaFile,
        settings.tlsClientCertificate,
        settings.tlsInsecure,
        settings.launchEnvironment,
        settings.launchExtraArguments,
      ]),
    );
  });

  it('is typed for the oldest editor it supports', () => {
    const types = manifest.devDependencies['@types/vscode'] ?? '';
    const minor = (version: string): string => version.replace(/^\^/, '').replace(/\.\d+$/, '');
    assert.equal(minor(types), minor(manifest.engines.vscode));
  });
});

describe('texts of the manifest', () => {
  const used = new Set(
    [...readFileSync('package.json', 'utf8').matchAll(/"%([\w.]+)%"/g)].map(
      (match) => match[1] ?? '',
    ),
  );

  it('are there in both languages, and no more', () => {
    assert.deepEqual(sorted(Object.keys(english)), sorted(used));
    assert.deepEqual(sorted(Object.keys(korean)), sorted(used));
  });

  it('are Korean in Korean', () => {
    for (const [key, text] of Object.entries(korean)) {
      assert.notEqual(text, english[key], key);
      assert.match(text, /[\uAC00-\uD7A3]/, key);
    }
  });

  it('carry the same links, code and setting names in both languages', () => {
    const parts = (text = ''): string[] =>
      sorted(text.match(/\(command:[^)]+\)|`[^`]+`|\d+/g) ?? []);
    for (const key of used) assert.deepEqual(parts(korean[key]), parts(english[key]), key);
  });

  it('are all translated: none stands in the manifest itself', () => {
    const literal = [
      ...contributes.commands.map(({ title }) => title),
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...Object.values(contributes.configuration.properties).map((one) => one.markdownDescription),
    ].filter((text) => !/^%[\w.]+%$/.test(text));
    assert.deepEqual(literal, []);
  });
});
