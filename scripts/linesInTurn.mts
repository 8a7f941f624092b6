/** What one of several that speak at once says. */
export interface Speaker {
  say(line: string): void;
  /** It has nothing more to say. */
  end(): void;
}

/**
 * Keeps the lines of several apart: who began first is heard at once, the others when all before them have ended.
 */
export class LinesInTurn {
  private readonly speakers: { readonly kept: string[]; ended: boolean }[] = [];
  private readonly print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.print = print;
  }

  begin(): Speaker {
    const speaker = { kept: [] as string[], ended: false };
    this.speakers.push(speaker);
    return {
      say: (line) => {
        if (this.speakers[0] === speaker) this.print(line);
        else speaker.kept.push(line);
      },
      end: () => {
        speaker.ended = true;
        this.goOn();
      },
    };
  }

  private goOn(): void {
    while (this.speakers[0]?.ended === true) {
      this.speakers.shift();
      this.speakers[0]?.kept.splice(0).forEach(this.print);
    }
  }
}
