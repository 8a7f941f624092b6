import { openBrowser, openWorkbench } from './browser.mts';
import { startVsCode } from './vscodeHost.mts';
import type { VsCodeOptions } from './vscodeHost.mts';

/** What the workbench itself says on the console that it shares with the extension host. */
const ofWorkbench =
  /\/static\/out\/|^(Ignoring fetching|Creating a socket|Resolv|Updating additional)|^\[(reconnection|AgentHost|AccountPolicy|Service Worker)/;

/** Opens the workbench with a test runner in its extension host and waits for the runner's end. */
export const runExtensionTests = async (
  options: VsCodeOptions,
  print: (text: string) => void,
): Promise<number> => {
  const code = await startVsCode(options);
  const browser = await openBrowser();
  let ended = false;
  try {
    return await new Promise<number>((resolve, reject) => {
      browser.on('disconnected', () => {
        if (!ended) reject(new Error('The browser ended before the tests did.'));
      });
      openWorkbench(browser, code.url, {
        async prepare(page) {
          await page.exposeFunction('codeAutomationLog', (_type: string, parts: unknown[]) => {
            const text = parts.map(String).join(' ');
            if (!ofWorkbench.test(text)) print(text);
          });
          await page.exposeFunction('codeAutomationExit', (exitCode: number) => resolve(exitCode));
        },
      }).catch(reject);
    });
  } finally {
    ended = true;
    await browser.close();
    await code.stop();
  }
};
