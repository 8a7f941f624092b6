import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fingerprint,
  isInFolder,
  readAuthorities,
  readClientCertificate,
  wholePath,
} from '../../../src/connections/certificates';
import { TransportProblem } from '../../../src/connections/transportProblem';
import { selfSigned } from '../../support/selfSigned';

const one = selfSigned('one');
const two = selfSigned('two');

async function faultOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof TransportProblem, String(error));
    assert.ok(!error.message.includes('KEY'), error.message);
    return error.fault.what;
  }
  return 'none';
}

describe('certificates', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certificates '));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const write = async (name: string, ...texts: readonly string[]): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, texts.join(''));
    return file;
  };

  it('reads all authorities of a file, each once, and no key', async () => {
    const file = await write('ca.pem', 'a comment\n', one.cert, one.key, two.cert, one.cert);
    assert.deepEqual(await readAuthorities(file), [one.cert.trim(), two.cert.trim()]);
  });

  it('reads the files of a folder', async () => {
    await write('a.pem', one.cert);
    await write('b.crt', two.cert);
    await write('README', 'nothing');
    await mkdir(join(folder, 'deeper'));
    assert.deepEqual(
      (await readAuthorities(folder)).toSorted(),
      [one, two].map((each) => each.cert.trim()).toSorted(),
    );
  });

  it('says what is wrong with a file of authorities', async () => {
    assert.equal(await faultOf(readAuthorities(join(folder, 'none'))), 'caFile');
    assert.equal(await faultOf(readAuthorities(await write('k.pem', one.key))), 'noCertificate');
    const broken = one.cert.replace(/\n.{20}/, '\n');
    assert.equal(await faultOf(readAuthorities(await write('x.pem', broken))), 'noCertificate');
  });

  it('reads a client certificate with its key, in either order', async () => {
    const expected = { cert: one.cert.trim(), key: one.key.trim() };
    for (const texts of [
      [one.cert, one.key],
      [one.key, one.cert],
    ]) {
      assert.deepEqual(await readClientCertificate(await write('c.pem', ...texts)), expected);
    }
  });

  it('says what is wrong with a client certificate', async () => {
    const fault = async (...texts: string[]): Promise<string> =>
      faultOf(readClientCertificate(await write('c.pem', ...texts)));
    assert.equal(await faultOf(readClientCertificate(join(folder, 'n'))), 'clientCertificate');
    assert.equal(await fault(one.key), 'noCertificate');
    assert.equal(await fault(one.cert), 'noKey');
    assert.equal(await fault(one.cert, one.encryptedKey), 'encryptedKey');
    assert.equal(await fault(one.cert, two.key), 'otherKey');
  });

  it('knows other authorities by another fingerprint', () => {
    assert.equal(fingerprint([one.cert]), fingerprint([one.cert]));
    assert.notEqual(fingerprint([one.cert]), fingerprint([two.cert]));
    assert.notEqual(fingerprint([one.cert]), fingerprint([one.cert, two.cert]));
  });

  it('tells by the file itself, not by a link to it, whether it lies in the folder', async () => {
    const inside = await write('in.pem', one.cert);
    const workspace = join(folder, 'workspace');
    await mkdir(workspace);
    await symlink(inside, join(workspace, 'link.pem'));
    assert.ok(await isInFolder(inside, folder));
    assert.ok(!(await isInFolder(inside, workspace)));
    assert.ok(!(await isInFolder(join(workspace, 'link.pem'), workspace)));
    assert.ok(!(await isInFolder(inside, undefined)));
    assert.ok(!(await isInFolder(`${folder} other/in.pem`, folder)));
  });
});

describe('wholePath', () => {
  const base = { folder: '/work space', home: '/home/ann' };
  const paths: Readonly<Record<string, string>> = {
    '/etc/ca.pem': '/etc/ca.pem',
    'ca.pem': '/work space/ca.pem',
    './a/../ca.pem': '/work space/ca.pem',
    '~/ca.pem': '/home/ann/ca.pem',
    '~ann/ca.pem': '/work space/~ann/ca.pem',
    '${workspaceFolder}/ca.pem': '/work space/ca.pem',
  };
  for (const [path, expected] of Object.entries(paths)) {
    it(`reads ${path}`, () => assert.equal(wholePath(path, base), expected));
  }

  it('counts from the home folder where no folder is open', () => {
    const { home } = base;
    assert.equal(wholePath('ca.pem', { folder: undefined, home }), '/home/ann/ca.pem');
  });
});
