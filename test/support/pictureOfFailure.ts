import type { Workbench } from './workbench';

/** Takes a picture of the window after each test of this `describe` that failed. */
export function pictureOfFailure(bench: () => Workbench | undefined): void {
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await bench()?.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, '-')}`);
  });
}
