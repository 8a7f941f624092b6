import assert from 'node:assert/strict';
import { firstMissing } from '../../../../../src/server/service/environment/requirementLine';
import { serviceContext } from '../../../../support/serviceContext';

describe('a file of requirements', () => {
  it('lacks what a file that it names lacks, seen from that one', async () => {
    const { files } = serviceContext({
      'all.txt': 'numpy\n-r more/some.txt # and more\n',
      'more/some.txt': '-c ../bounds.txt\n-r gone.txt\n',
      'bounds.txt': '',
    });
    assert.equal(await firstMissing('all.txt', files), 'more/gone.txt');
  });

  it('is read once, however often files name one another', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${index}.txt`);
    const all = names.map((name) => `-r a/../${name}\n`).join('');
    const texts = Object.fromEntries(names.map((name) => [name, all]));
    const { files } = serviceContext({ ...texts, 'a/x': '' });
    let reads = 0;
    const counting = {
      kindOf: (path: string) => files.kindOf(path),
      list: (path: string) => files.list(path),
      uriOf: (path: string) => files.uriOf(path),
      read: (path: string) => {
        reads += 1;
        return files.read(path);
      },
    };
    assert.equal(await firstMissing('0.txt', counting), undefined);
    assert.equal(reads, 20);
  });
});
