import type { LitElement, ReactiveController } from 'lit';

/** How wide an element is, in CSS pixels; it is drawn anew when that changes. */
export class OwnWidth implements ReactiveController {
  value = 0;
  private readonly sizes = new ResizeObserver(() => {
    if (this.value === this.host.clientWidth) return;
    this.value = this.host.clientWidth;
    this.host.requestUpdate();
  });

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.sizes.observe(this.host);
  }

  /** What is first drawn has its width already: growing in answer to being measured would be measured again. */
  hostUpdate(): void {
    if (this.value === 0) this.value = this.host.clientWidth;
  }

  hostDisconnected(): void {
    this.sizes.disconnect();
  }
}
