import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { demoFolder } from '../../scripts/paths.mts';
import { openWorkbench } from './browser.mts';
import { eventually, patience } from './eventually';
import { startVsCode } from './vscodeHost.mts';
import type { VsCode, VsCodeOptions } from './vscodeHost.mts';
import { speak, toHex } from './windowTraits';

/** What a window is opened with, beside its folder. */
export interface WorkbenchOpening extends Omit<VsCodeOptions, 'folder' | 'userDataDirectory'> {
  /** The display language, as in `ko`; else English. */
  readonly language?: string;
  /** A `.code-workspace` file to open in the place of the folder. */
  readonly workspaceFile?: string;
}

/** An editor in a browser, driven as a person drives it. */
export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly code: VsCode,
    private readonly userData: string,
  ) {}

  /**
   * Starts an editor on an empty or given folder and opens it.
   *
   * @param folder where the editor's own data go, and its workspace below `workspace`
   */
  static async open(
    browser: Browser,
    folder: string,
    { language, workspaceFile, ...options }: WorkbenchOpening,
  ): Promise<Workbench> {
    const userData = path.join(folder, 'data');
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace, { recursive: true });
    const code = await startVsCode({
      ...options,
      folder: workspaceFile ?? workspace,
      userDataDirectory: userData,
    });
    const page = await openWorkbench(browser, code.url, {
      width: 1280,
      height: 1000,
      ...(language === undefined
        ? {}
        : { locale: language, prepare: (page: Page) => speak(page, language) }),
    });
    return new Workbench(page, code, userData);
  }

  /** Where everything is that the editor writes, its workspace apart. */
  get dataFolders(): readonly string[] {
    return [this.userData, this.code.folder];
  }

  /** Writes the person's settings, in the place of all former ones. */
  async setSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    for (const scope of ['User', 'Machine']) {
      const file = path.join(this.userData, scope, 'settings.json');
      await writeFile(file, JSON.stringify(settings, undefined, 2));
    }
  }

  /**
   * Writes settings until the editor has read them, in a window that was opened just now: it hears of no change that
   * comes before it watches the files. It may read them more than once, and connect anew as often.
   */
  async insistOnSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const title = 'settings were read';
    let writtenAt = 0;
    await eventually(
      'the title of the new settings',
      async () => {
        if (Date.now() - writtenAt > 2000) {
          await this.setSettings({ ...settings, 'window.title': title });
          writtenAt = Date.now();
        }
        return this.page.title();
      },
      (shown) => shown.endsWith(title),
    );
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.code.stop();
  }

  /** Opens the MLflow side bar from the activity bar, unless it comes up by itself: another click would close it. */
  async openMlflow(view = 'Experiments'): Promise<void> {
    let clickedAt = 0;
    await eventually(
      `the view ${view}`,
      async () => {
        if (await this.view(view).isVisible()) return true;
        if (Date.now() - clickedAt > 3000) {
          await this.page.locator('.activitybar a[aria-label^="MLflow"]').click();
          clickedAt = Date.now();
        }
        return false;
      },
      (isThere) => isThere,
    );
  }

  view(name: string): Locator {
    return this.page.locator('.pane').filter({
      has: this.page.locator(`.pane-header[aria-label*="${name}"]`),
    });
  }

  /** The rows whose name for screen readers starts so. */
  row(label: string, view: string = 'Experiments'): Locator {
    const escaped = label.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    return this.view(view).locator(`.monaco-list-row[aria-label^="${escaped}"]`).first();
  }

  /** What the rows on screen say, top to bottom; description included. */
  async texts(view: string = 'Experiments'): Promise<readonly string[]> {
    const found = await this.view(view)
      .locator('.monaco-list-row')
      .evaluateAll((rows) =>
        rows.map((row) => ({ top: row.style.top, text: row.textContent?.trim() ?? '' })),
      );
    return found
      .sort((one, other) => Number.parseFloat(one.top) - Number.parseFloat(other.top))
      .map(({ text }) => text);
  }

  async untilRows(
    what: string,
    wanted: (texts: readonly string[]) => boolean,
    view: string = 'Experiments',
  ): Promise<readonly string[]> {
    return eventually(what, () => this.texts(view), wanted);
  }

  /** Expands a row, waiting until it says that it is. */
  async expand(label: string, view: string = 'Experiments'): Promise<void> {
    const row = this.row(label, view);
    await row.waitFor({ timeout: patience });
    if ((await row.getAttribute('aria-expanded')) !== 'true') {
      await row.locator('.monaco-tl-twistie').click();
      await eventually(
        `${label} to be open`,
        () => row.getAttribute('aria-expanded'),
        (expanded) => expanded === 'true',
      );
    }
  }

  /** Presses an inline action of a row, by the start of its name. */
  async inlineAction(label: string, action: string, view: string = 'Experiments'): Promise<void> {
    const row = this.row(label, view);
    const button = row.locator(`.action-label[aria-label^="${action}"]`).first();
    await row.waitFor({ timeout: patience });
    // Rows may move away from under the pointer before it is pressed.
    await eventually(
      `${action} on ${label} to be pressed`,
      async () => {
        await row.hover({ timeout: 1000 }).catch(() => undefined);
        return button.click({ timeout: 1000 }).then(
          () => true,
          () => false,
        );
      },
      (pressed) => pressed,
    );
  }

  /** Chooses from a row's context menu. */
  async menu(label: string, item: string, view: string = 'Experiments'): Promise<void> {
    await this.menuOf(this.row(label, view), item);
  }

  /** The same for a row of any view. */
  async menuOf(row: Locator, item: string): Promise<void> {
    await row.click({ button: 'right' });
    const entry = this.page.locator(`.context-view .action-label[aria-label^="${item}"]`).first();
    await entry.waitFor();
    // A menu takes no click in its first moments: press until it is gone.
    await eventually(
      `the menu to take ${item}`,
      async () => {
        await entry.click({ timeout: 500 }).catch(() => undefined);
        return entry.isVisible();
      },
      (visible) => !visible,
    );
  }

  /** Opens a file from the Explorer, with the cursor at the end of the first line that says `text`. */
  async openFile(name: string, text: string): Promise<void> {
    const { page } = this;
    await page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`).dblclick();
    await page.locator('.view-line').getByText(text).first().click();
    await page.locator('.monaco-editor.focused').waitFor();
    await page.keyboard.press('End');
  }

  /**
   * Runs a command from the palette by its whole title. The palette lists what there is when it opens;
   * a command that comes a moment later needs another look.
   */
  async command(title: string): Promise<void> {
    await eventually(
      `the command ${title}`,
      async () => {
        await this.page.keyboard.press('F1');
        // A page that is just being loaded may take the key.
        const isOpen = await this.input.waitFor({ timeout: 2000 }).then(
          () => true,
          () => false,
        );
        if (!isOpen) return false;
        await this.input.fill(`>${title}`);
        const found = this.choice(title)
          .waitFor({ timeout: 2000 })
          .then(() => true);
        return found.catch(async () => {
          await this.input.press('Escape');
          await this.untilInputCloses();
          return false;
        });
      },
      (found) => found,
    );
    await this.choice(title).click();
  }

  /** What our item in the status bar says; `undefined` while it is not there. */
  async status(): Promise<string | undefined> {
    const item = this.page.locator('.statusbar-item[id$="mlflow.connection"]');
    return (await item.count()) === 0 ? undefined : ((await item.textContent()) ?? '').trim();
  }

  /** The page (webview) whose tab is in front. */
  get shownPage(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** The text box of the quick input. */
  get input(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  /** An entry of the quick pick. */
  choice(label: string): Locator {
    return this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${label}"]`).first();
  }

  async choose(label: string): Promise<void> {
    await this.choice(label).waitFor({ timeout: patience });
    await this.choice(label).click();
  }

  /** Types into the quick input and presses Enter. */
  async answer(text: string): Promise<void> {
    await this.input.waitFor({ timeout: patience });
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** Answers the dialog that asks where to save. */
  async saveAs(file: string): Promise<void> {
    await this.untilDialogNames((named) => named.endsWith(path.extname(file)));
    await this.input.fill(file);
    await this.input.press('Enter');
    await this.untilInputCloses();
  }

  /** Answers the dialog that asks for a folder. */
  async chooseFolder(folder: string): Promise<void> {
    await this.untilDialogNames((named) => named.startsWith('/'));
    const wanted = `${folder}/`;
    await eventually(
      'the dialog to close',
      async () => {
        // On a busy machine it writes into its box once more, after what was typed.
        const named = await this.input.inputValue({ timeout: 1000 }).catch(() => wanted);
        if (named !== wanted)
          await this.input.fill(wanted, { timeout: 1000 }).catch(() => undefined);
        await this.input.press('Enter', { timeout: 1000 }).catch(() => undefined);
        return this.input.isVisible();
      },
      (isOpen) => !isOpen,
    );
  }

  async untilInputCloses(): Promise<void> {
    await this.input.waitFor({ state: 'hidden', timeout: patience });
  }

  /** The dialog itself writes into its box a moment after it opens. */
  private async untilDialogNames(wanted: (named: string) => boolean): Promise<void> {
    await this.input.waitFor({ timeout: patience });
    await eventually('the dialog to name a file', () => this.input.inputValue(), wanted);
  }

  /** What stands below the quick input. */
  async inputMessage(): Promise<string> {
    return (
      (await this.page.locator('.quick-input-widget .quick-input-message').textContent()) ?? ''
    );
  }

  /** What the notification centre says. Toasts do not show under the driver. */
  async notifications(): Promise<readonly string[]> {
    const centre = this.page.locator('.notifications-center');
    if (!(await centre.isVisible()))
      await this.page.locator('[id="status.notifications"] a').click();
    return centre.locator('.notification-list-item-message').allTextContents();
  }

  /** What the clipboard holds, read as a person would: by pasting it into a box that then closes. */
  async clipboard(): Promise<string> {
    await this.page.keyboard.press('F1');
    await this.input.waitFor();
    await this.input.fill('');
    await this.input.press('ControlOrMeta+v');
    const text = await this.input.inputValue();
    await this.input.press('Escape');
    await this.untilInputCloses();
    return text;
  }

  /** The label of the row that has the focus. */
  async focusedRow(view: string = 'Experiments'): Promise<string> {
    const row = this.view(view).locator('.monaco-list:focus .monaco-list-row.focused');
    return (await row.count()) === 0 ? '' : ((await row.first().getAttribute('aria-label')) ?? '');
  }

  /** Waits until the row of a run is selected and its page is there. */
  async untilRunIsOpen(name: string): Promise<void> {
    await this.view('Experiments')
      .locator(`.monaco-list-row.selected[aria-label^="${name}"]`)
      .first()
      .waitFor({ timeout: patience });
    await this.page.getByRole('tab', { name: `Run: ${name}` }).waitFor({ timeout: patience });
    await this.shownPage.getByRole('heading', { name }).first().waitFor({ timeout: patience });
  }

  /** Opens a view that is folded up in the side bar. */
  async expandView(view: string): Promise<void> {
    const header = this.view(view).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  }

  /** How far the view is scrolled, in pixels, as a style that moves its rows. */
  async scrollTop(view: string = 'Experiments'): Promise<string> {
    const rows = this.view(view).locator('.monaco-list-rows');
    return rows.evaluate((element) => element.style.top);
  }

  /** The colors of the icons of runs on screen, as `#rrggbb`. */
  async iconColors(): Promise<readonly string[]> {
    const icons = this.view('Experiments').locator(
      '.monaco-list-row[aria-level]:not([aria-level="1"]) .custom-view-tree-node-item-icon',
    );
    const colors = await icons.evaluateAll((elements) => elements.map((icon) => icon.style.color));
    return colors.filter((color) => color !== '').map(toHex);
  }

  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  /** Saves a picture of the window below `.demo/shots`. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(demoFolder, 'shots', `${name}.png`) });
  }
}
