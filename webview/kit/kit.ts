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
export { config, t } from '@vscode/l10n';
