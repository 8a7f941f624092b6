const id = 'announcements';

/** Makes the live region that {@link announce} speaks through; screen readers know it only if it was there before. */
export function addLiveRegion(): HTMLElement {
  const region = document.createElement('div');
  region.id = id;
  region.className = 'visually-hidden';
  region.setAttribute('role', 'status');
  document.body.append(region);
  return region;
}

/** Lets screen readers say a sentence when they are done with what they say now. */
export function announce(sentence: string): void {
  const region = document.getElementById(id) ?? addLiveRegion();
  // The same text again is no change, and would not be said.
  region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
}

/** Why something failed, as a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Says what came of work, or why it failed; `undefined` is no news. */
export async function announceOutcome(work: Promise<string | undefined>): Promise<void> {
  try {
    const outcome = await work;
    if (outcome !== undefined) announce(outcome);
  } catch (error) {
    announce(reasonOf(error));
  }
}
