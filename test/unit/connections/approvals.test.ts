import assert from 'node:assert/strict';
import { approvalOf, Approvals } from '../../../src/connections/approvals';
import { MemoryInMemory } from '../state/memoryInMemory';

describe('Approvals', () => {
  it('holds for the origin alone, not for another port or a weaker way to it', async () => {
    const approvals = new Approvals(new MemoryInMemory());
    await approvals.approve('https://host:1');
    assert.ok(approvals.has('https://host:1'));
    for (const other of ['https://host:2', 'http://host:1', 'https://host:1 insecure']) {
      assert.ok(!approvals.has(other), other);
    }
  });

  it('is remembered', async () => {
    const memory = new MemoryInMemory();
    await new Approvals(memory).approve('https://a');
    await new Approvals(memory).approve('https://b');
    const again = new Approvals(memory);
    assert.deepEqual([again.has('https://a'), again.has('https://b')], [true, true]);
  });

  it('is taken back for every weakness at once, and for no other origin', async () => {
    const approvals = new Approvals(new MemoryInMemory());
    const weak = approvalOf('https://a', 'insecure');
    for (const entry of ['https://a', weak, 'https://a:81']) {
      await approvals.approve(entry);
    }
    await approvals.revoke('https://a');
    assert.ok(!approvals.has('https://a'));
    assert.ok(!approvals.has(weak));
    assert.ok(approvals.has('https://a:81'));
  });

  it('takes a memory that holds something else for empty', () => {
    const memory = new MemoryInMemory();
    void memory.update('mlflow.approvedOrigins', { 0: 'https://a' });
    assert.ok(!new Approvals(memory).has('https://a'));
  });
});
