/** So many attempts, one after the other, may end before the project began, if it never began here at all. */
const mostAtFirst = 5;
/** So many once it did: some combinations may be refused by MLflow, e.g. for a value of the wrong type. */
const mostLater = 30;

/** Tells a project that cannot begin, e.g. since its environment cannot be made, from single attempts that could not. */
export class BarrenEnds {
  private hasBegun = false;
  /** Attempts that went on at the same time count once: what hindered them may have passed since. */
  private round = 0;
  private firstRound = 0;

  /** What an attempt that begins now is to hand over when it ends. */
  get now(): number {
    return this.round;
  }

  /** Whether there is no sense in another attempt. */
  count(round: number, isBarren: boolean): boolean {
    if (!isBarren) {
      this.hasBegun = true;
      this.firstRound = this.round += 1;
    } else if (round === this.round) {
      this.round++;
    }
    return this.round - this.firstRound >= (this.hasBegun ? mostLater : mostAtFirst);
  }
}
