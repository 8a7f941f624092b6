import type { Browser } from 'playwright-core';
import type { Handlers } from '../../src/protocol/rpc';
import type { ComparedVersion, VersionsInit, VersionsPage } from '../../src/protocol/versionsPage';
import { RunsFixture } from './fixtures';
import type { RunDraft } from './fixtures';
import { OpenedPage } from './openedPage';
import type { Served, ShownAs } from './openedPage';

type RequestHandlers = Handlers<VersionsPage>['requests'];

/** What the page is opened with; what is not given answers as little as it may. */
export interface VersionsPageOptions extends ShownAs {
  readonly init: VersionsInit;
  readonly answers?: Partial<RequestHandlers>;
}

/** The built page that compares versions in a browser, with the extension's side in this process. */
export class VersionsPageUnderTest extends OpenedPage<VersionsPage> {
  static async open(
    browser: Browser,
    options: VersionsPageOptions,
  ): Promise<VersionsPageUnderTest> {
    const opened = new VersionsPageUnderTest(...(await this.prepare(browser, options)));
    await opened.load(served(options.init, options.answers));
    return opened;
  }

  /** As VS Code does when the tab is shown again. */
  async reload(options: VersionsPageOptions): Promise<void> {
    await this.loadAgain(served(options.init, options.answers));
  }
}

function served(init: VersionsInit, answers: Partial<RequestHandlers> = {}): Served<VersionsPage> {
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);
  return {
    page: 'versions',
    language: init.locale,
    requests: {
      init: () => Promise.resolve(init),
      copy: nothing,
      open: nothing,
      openRun: nothing,
      act: nothing,
      diff: nothing,
      compareRuns: nothing,
      addVersions: nothing,
      retry: nothing,
      ...answers,
    },
    notices: ['layout', 'removeVersions', 'failure'],
  };
}

/** What tells a version of a fixture from a plain one. */
export interface VersionDraft extends Partial<
  Omit<ComparedVersion, 'run' | 'attributes' | 'tags'>
> {
  readonly of?: RunDraft;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Types by the fields of the signature. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a page starts with that compares these versions. */
export function versionsInit(...drafts: readonly VersionDraft[]): VersionsInit {
  const runs = new RunsFixture();
  const versions = drafts.map((draft, place): ComparedVersion => {
    const { of = {}, attributes, tags, fields, ...more } = draft;
    const name = draft.name ?? `v${place + 1}`;
    const key = `version-${place}`;
    return {
      ...{ key, name, model: 'CarSeat', version: String(place + 1), standing: 'ready' },
      ...{ problem: undefined, isInProduction: false, uri: `models:/CarSeat/${place + 1}` },
      attributes: keyed(attributes ?? { Model: 'CarSeat', Stage: 'None' }),
      tags: keyed(tags ?? {}),
      run: runs.add({ ...of, key, name }),
      signature: { standing: 'ready', problem: undefined, fields: keyed(fields ?? {}) },
      ...more,
    };
  });
  return {
    texts: undefined,
    locale: 'en',
    restore: { version: 1 },
    layout: undefined,
    versions,
    metricKeys: runs.metricKeys,
  };
}

function keyed(texts: Readonly<Record<string, string>>) {
  return Object.entries(texts).map(([key, text]) => ({ key, text }));
}

/** Three versions that differ in everything. */
export function threeVersions(): VersionsInit {
  return versionsInit(
    {
      attributes: { Model: 'CarSeat', Stage: 'Archived', User: 'ada' },
      of: { params: { learning_rate: '0.1', seed: '7' }, metrics: { 'val/loss': 0.5, same: 1 } },
      fields: { 'Input alcohol': 'double', 'Input age': 'long', 'Output 1': 'double' },
    },
    {
      attributes: { Model: 'CarSeat', Stage: 'Production', Aliases: '@champion', User: 'ada' },
      of: { params: { learning_rate: '0.01', seed: '7' }, metrics: { 'val/loss': 0.4, same: 1 } },
      fields: { 'Input alcohol': 'float', 'Input color': 'string', 'Output 1': 'double' },
      tags: { validated: 'yes' },
    },
    {
      attributes: { Model: 'CarSeat', Stage: 'None', User: 'kim' },
      of: { params: { learning_rate: '0.01', seed: '7' }, metrics: { 'val/loss': 0.45, same: 1 } },
      fields: { 'Input alcohol': 'double', 'Input age': 'long', 'Output 1': 'double' },
    },
  );
}
