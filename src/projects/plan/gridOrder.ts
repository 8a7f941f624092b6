import { countValues } from '../../server/service/sweep/countRuns';
import type { SweepDomain, SweepParameter } from '../../server/service/sweep/sweepModel';
import type { NamedText } from '../launchContracts';
import { numberText } from './drawValue';

/** The values of one parameter in a grid, by their place. */
interface GridAxis {
  readonly name: string;
  readonly size: number;
  readonly text: (index: number) => string;
}

const noAxis: GridAxis = { name: '', size: 1, text: () => '' };

/** All combinations in the order of Python's `itertools.product`: the last parameter changes first. None is held. */
export class GridOrder {
  /** More than 2^53 are `Infinity`; 0 where a parameter has no values that could be counted. */
  readonly size: number;
  private readonly axes: readonly GridAxis[];

  constructor(parameters: readonly SweepParameter[]) {
    this.axes = parameters.map(({ name, domain }) => axisOf(name, domain));
    const product = this.axes.reduce((size, axis) => size * axis.size, 1);
    const isEmpty = this.axes.length === 0 || this.axes.some(({ size }) => size === 0);
    this.size = isEmpty ? 0 : Number.isSafeInteger(product) ? product : Infinity;
  }

  /** `index` is from 0 to below `size`, and below 2^53. */
  at(index: number): NamedText[] {
    const values = new Array<NamedText>(this.axes.length);
    let left = index;
    for (let place = this.axes.length - 1; place >= 0; place--) {
      const { name, size, text } = this.axes[place] ?? noAxis;
      values[place] = [name, text(left % size)];
      left = Math.floor(left / size);
    }
    return values;
  }

  /** One combination, each of whose values `draw` (from 0 to below 1) chooses for itself. */
  drawn(draw: (axis: number) => number): NamedText[] {
    return this.axes.map(({ name, size, text }, axis) => [
      name,
      text(Math.floor(draw(axis) * size)),
    ]);
  }
}

function axisOf(name: string, domain: SweepDomain): GridAxis {
  const count = countValues(domain);
  const size = typeof count === 'number' ? count : 0;
  if (domain.kind === 'values') {
    return { name, size, text: (index) => domain.values[index]?.text ?? '' };
  }
  const { min = 0, step = 1, distribution = '' } = domain.kind === 'range' ? domain : {};
  const width = distribution === 'int_uniform' ? 1 : step;
  return { name, size, text: (index) => numberText(min + index * width) };
}
