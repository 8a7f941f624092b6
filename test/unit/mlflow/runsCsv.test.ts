import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pythonFloat, RunsCsv } from '../../../src/mlflow/runsCsv';
import { aRun } from '../../support/fakeStore';

describe('runs as CSV', () => {
  it('writes doubles as Python does', () => {
    const texts = [
      [0, '0.0'],
      [-0, '-0.0'],
      [1, '1.0'],
      [-12.5, '-12.5'],
      [0.1 + 0.2, '0.30000000000000004'],
      [1e-4, '0.0001'],
      [1.25e-5, '1.25e-05'],
      [5e-324, '5e-324'],
      [999999999999999.9, '999999999999999.9'],
      [1e15, '1000000000000000.0'],
      [1e16, '1e+16'],
      [-1.5e300, '-1.5e+300'],
      [Infinity, 'inf'],
      [-Infinity, '-inf'],
    ] as const;
    assert.deepEqual(
      texts.map(([value]) => pythonFloat(value)),
      texts.map(([, text]) => text),
    );
  });

  it('has the columns of all runs, and nothing where a run has none', () => {
    const csv = new RunsCsv('inf');
    const one = csv.spool(
      aRun('a', { metrics: [{ key: 'm', value: 1, timestamp: 0, step: 0 }], artifactUri: 'x,y' }),
    );
    const other = csv.spool(
      aRun('b', {
        endTime: undefined,
        startTime: 1_700_000_000_007,
        metrics: [{ key: 'm', value: Number.NaN, timestamp: 0, step: 0 }],
        params: [{ key: 'p "q"', value: 'two\nlines' }],
        tags: [{ key: 't', value: '=1+1' }],
      }),
    );
    assert.equal(
      csv.head() + csv.line(one) + csv.line(other),
      [
        'run_id,experiment_id,status,artifact_uri,start_time,end_time,metrics.m,"params.p ""q""",tags.t\n',
        'a,1,FINISHED,"x,y",1970-01-01 00:00:01+00:00,1970-01-01 00:00:02+00:00,1.0,,\n',
        'b,1,FINISHED,,2023-11-14 22:13:20.007000+00:00,,,"two\nlines",=1+1\n',
      ].join(''),
    );
  });

  it('keeps a run on one line, whatever breaks lines', async () => {
    const value = 'a\u2028b\u2029c\nd\re\u0085f\vg\fh';
    const csv = new RunsCsv('inf');
    const spooled = csv.spool(aRun('a', { tags: [{ key: 't', value }] }));
    const lines: string[] = [];
    for await (const line of createInterface(Readable.from([`${spooled}\n`]))) {
      lines.push(line);
    }
    assert.deepEqual(lines, [spooled]);
    assert.ok(csv.line(spooled).endsWith(`,"${value}"\n`));
  });

  it('spells infinity as the store holds it', () => {
    const run = aRun('a', { metrics: [{ key: 'm', value: -Infinity, timestamp: 0, step: 0 }] });
    const csv = new RunsCsv('greatest');
    assert.match(csv.line(csv.spool(run)), /,-1\.7976931348623157e\+308\n$/);
  });

  it('is a head alone where there are no runs', () => {
    assert.equal(
      new RunsCsv('inf').head(),
      'run_id,experiment_id,status,artifact_uri,start_time,end_time\n',
    );
  });
});
