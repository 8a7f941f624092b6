import assert from 'node:assert/strict';
import { diagnoseProject } from '../../../../src/server/service/project/diagnoseProject';
import { fixProject } from '../../../../src/server/service/project/fixProject';
import { documentOf, serviceContext } from '../../../support/serviceContext';

const many = (count: number, make: (index: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(between);

const command = (text: string): string =>
  `entry_points:\n  main:\n    parameters: {a: {default: x}}\n    command: "${text}"\n`;

/** Each is made to take long: by its length, its depth, or what aliases multiply. */
const texts: Readonly<Record<string, string>> = {
  'ten thousand parameters': `entry_points:\n  main:\n    parameters:\n${many(10_000, (index) => `      p${index}: {type: float, default: 0.${index}}`)}\n    command: x {p1}\n`,
  'a megabyte of brackets': '['.repeat(1_000_000),
  'a megabyte of open braces': command('{'.repeat(999_999)),
  'a megabyte of broken placeholders': command('{a'.repeat(400_000)),
  'a megabyte of unknown placeholders': command('{b} '.repeat(200_000)),
  'placeholders in a placeholder': command(`{a:${'{b}'.repeat(250_000)}}`),
  'a long way behind a bracket': command(`{a[0]${'x'.repeat(300_000)}}`),
  'a long chain of attributes': command(`{a${'.b'.repeat(200_000)}.}`),
  'a wide format': command(`{a:>${'9'.repeat(500_000)}}`),
  'the same key again and again': 'a: 1\n'.repeat(100_000),
  'unknown keys': many(80_000, (index) => `k${index}: 1`),
  'a megabyte of tabs': '\t'.repeat(1_000_000),
  'items within items': '- '.repeat(400_000),
  'keys within keys': '? '.repeat(400_000),
  'merges of merges': `a: &k0 {x: 1}\n${many(300, (index) => `b${index}: &k${index + 1} {<<: [*k${index}, *k${index}]}`)}\nentry_points: *k300\n`,
  'aliases of one entry point': `a: &a {command: "${'{b} '.repeat(10_000)}"}\nentry_points:\n${many(20_000, (index) => `  k${index}: *a`)}\n`,
  'aliases of many parameters': `c: &c "{p1} {b}"\np: &p {${many(2000, (index) => `p${index}: path`, ', ')}}\nentry_points:\n${many(2000, (index) => `  k${index}: {parameters: *p, command: *c}`)}\n`,
  'more than is looked at': 'a: 1\n'.repeat(400_000),
};

const mostSeconds = 1.5;

describe('a hostile MLproject file', function () {
  this.timeout(60_000);
  for (const [title, text] of Object.entries(texts)) {
    it(`takes no time with ${title}`, async () => {
      const document = documentOf(text);
      const context = serviceContext();
      const before = process.cpuUsage();
      const diagnostics = await diagnoseProject(document, context);
      const { user, system } = process.cpuUsage(before);
      assert.ok(diagnostics.length <= 500);
      assert.ok((user + system) / 1e6 < mostSeconds, `${(user + system) / 1e6} s`);
      const range = { start: document.positionAt(0), end: document.positionAt(200) };
      await fixProject(document, { range, diagnostics: [] }, context);
    });
  }
});
