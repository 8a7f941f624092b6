import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { writeKept } from '../../../webview/compare/kept';
import { writeLayout } from '../../../webview/compare/layout';
import { initialState, reduce } from '../../../webview/compare/state';
import type { PageAction, PageState } from '../../../webview/compare/state';
import { keepView } from '../../../webview/kit/keepView';
import { PageStore } from '../../../webview/kit/pageStore';
import { threeRuns } from '../../page/fixtures';

describe('what the compare page keeps', () => {
  const names = ['document', 'requestAnimationFrame'] as const;
  const real = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  let store: PageStore<PageState, PageAction>;
  let said: number[];
  let kept: unknown;
  let hide: () => void;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const listeners = new Map<string, () => void>();
    hide = () => listeners.get('visibilitychange')?.();
    const stubs = {
      document: {
        addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
      },
      requestAnimationFrame: (frame: () => void) => void frame(),
    };
    names.forEach((name) => {
      Object.defineProperty(globalThis, name, { configurable: true, value: stubs[name] });
    });
    said = [];
    store = new PageStore(initialState, reduce);
    store.dispatch({ type: 'started', init: threeRuns().init({}), editorState: undefined });
    keepView(store, {
      sayLayout: (layout) => said.push((layout as { smoothing: number }).smoothing),
      setState: (state) => (kept = state),
      write: (state) => ({ layout: writeLayout(state.layout), kept: writeKept(state.kept) }),
    });
  });

  afterEach(() => {
    mock.timers.reset();
    names.forEach((name, index) => {
      const descriptor = real[index];
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    });
  });

  const smooth = (smoothing: number): void => {
    store.dispatch({ type: 'layout', change: { smoothing } });
  };

  it('is told of the layout at once, and of many changes in a row only the last', () => {
    smooth(0.1);
    assert.deepEqual(said, [0.1]);
    smooth(0.2);
    mock.timers.tick(200);
    smooth(0.3);
    mock.timers.tick(200);
    assert.deepEqual(said, [0.1]);
    mock.timers.tick(100);
    assert.deepEqual(said, [0.1, 0.3]);
    mock.timers.tick(1000);
    smooth(0.4);
    mock.timers.tick(1000);
    assert.deepEqual(said, [0.1, 0.3, 0.4]);
  });

  it('is told before the page is hidden, once', () => {
    smooth(0.1);
    smooth(0.2);
    hide();
    assert.deepEqual(said, [0.1, 0.2]);
    mock.timers.tick(1000);
    assert.deepEqual(said, [0.1, 0.2]);
  });

  it('says in the state of the tab, too, when the layout was changed', () => {
    const before = Date.now();
    smooth(0.1);
    const { view } = kept as { view: { layout: { changedAt: number } } };
    assert.ok(view.layout.changedAt >= before);
  });
});
