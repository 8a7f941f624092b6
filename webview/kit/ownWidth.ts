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

  hostDisconnected(): void {
    this.sizes.disconnect();
  }
}
