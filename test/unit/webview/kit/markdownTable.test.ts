import assert from 'node:assert/strict';
import { markdownTable } from '../../../../webview/kit/markdownTable';
import { metricRows } from '../../../../webview/differences/metricRows';
import { tableMarkdown } from '../../../../webview/differences/tableMarkdown';
import { shownRows } from '../../../../webview/differences/tableRows';
import { RunsFixture } from '../../../page/fixtures';

describe('a Markdown table', () => {
  it('keeps every text in its cell, and shows it as it is', () => {
    const rows = [['a|b', '<b>bold</b>', '*x* `y` [z](command:q)', 'one\r\ntwo']];
    assert.equal(
      markdownTable(['k', 'r1', 'r2', 'r3'], rows, false),
      '| k | r1 | r2 | r3 |\n| --- | --- | --- | --- |\n' +
        '| a\\|b | \\<b\\>bold\\</b\\> | \\*x\\* \\`y\\` \\[z\\](command:q) | one<br>two |\n',
    );
  });

  it('holds the values of metrics in full, right-aligned, and blanks where there are none', () => {
    const { runs, metricKeys } = new RunsFixture(
      { name: 'ant', metrics: { loss: 0.123456789, acc: NaN } },
      { name: 'bee', metrics: { loss: -Infinity } },
    );
    const rows = metricRows(runs, metricKeys);
    assert.equal(
      tableMarkdown('Metrics', runs, rows, shownRows(rows, false, '')),
      '| Metrics | ant | bee |\n| --- | ---: | ---: |\n| acc | NaN |  |\n| loss | 0.123456789 | -Infinity |\n',
    );
  });
});
