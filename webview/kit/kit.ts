// Everything that pages share, packages included: `esbuild.mjs` leaves these imports to this bundle.
import './kit.css';

export * from './announce';
export * from './controls';
export * from './elements';
export * from './gridKeys';
export * from './icons';
export * from './lastResult';
export * from './link';
export * from './menu';
export * from './ownWidth';
export * from './pageStore';
export * from './picker';
export * from './popup';
export * from './runLooks';
export * from './span';
export * from './styled';
export * from './theme';
export * from './virtualGrid';
export * from 'lit';
export { repeat } from 'lit/directives/repeat.js';
export { ref, createRef } from 'lit/directives/ref.js';
export { classMap } from 'lit/directives/class-map.js';
export { live } from 'lit/directives/live.js';
export { ifDefined } from 'lit/directives/if-defined.js';
export { guard } from 'lit/directives/guard.js';
export { config, t } from '@vscode/l10n';
