import type { RunLook } from '../kit/runLooks';
import { dashPatterns } from '../kit/runLooks';

/** Shapes round 0,0: among runs of one color each has its own, where lines have dashes. */
const shapes = [
  'M-4,0A4,4 0 1 0 4,0A4,4 0 1 0 -4,0Z',
  'M-3.5,-3.5H3.5V3.5H-3.5Z',
  'M0,-4.8L4.4,3.4H-4.4Z',
  'M0,-5L5,0L0,5L-5,0Z',
  'M0,4.8L4.4,-3.4H-4.4Z',
  'M-1.4,-4.5H1.4V-1.4H4.5V1.4H1.4V4.5H-1.4V1.4H-4.5V-1.4H-1.4Z',
  'M-4.5,-2.5L-2.5,-4.5L0,-2L2.5,-4.5L4.5,-2.5L2,0L4.5,2.5L2.5,4.5L0,2L-2.5,4.5L-4.5,2.5L-2,0Z',
  'M0,-5L4.8,-1.5L2.9,4H-2.9L-4.8,-1.5Z',
] as const;

/** The outline of a run's points. */
export function markerPath(look: RunLook | undefined): string {
  const place = look ? dashPatterns.indexOf(look.dash) : 0;
  return shapes[Math.max(0, place) % shapes.length] ?? shapes[0];
}
