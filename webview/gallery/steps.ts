import { compareSteps } from '../../src/mlflow/series/compareSteps';
import type { PageImage } from '../../src/protocol/pictureRequests';

/** Every step that any of the pictures has, once, in order. */
export function stepsOf(images: Iterable<PageImage>): readonly string[] {
  const steps = new Set<string>();
  for (const { step } of images) steps.add(step);
  return [...steps].sort(compareSteps);
}

/** The place of the last step that is not after the wanted one; -1 where all are; the last for no wish. */
export function placeOfStep(steps: readonly string[], wanted: string | undefined): number {
  if (wanted === undefined) return steps.length - 1;
  return steps.findLastIndex((step) => compareSteps(step, wanted) <= 0);
}

/** The picture that was the latest at a step, of pictures in the order of steps and times. */
export function imageAt(
  images: readonly PageImage[],
  wanted: string | undefined,
): PageImage | undefined {
  if (wanted === undefined) return images.at(-1);
  return images.findLast(({ step }) => compareSteps(step, wanted) <= 0);
}
