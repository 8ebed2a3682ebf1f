import { describe, expect, test } from 'vitest';
import { ledgerSight, mayOpen, mayReceive, maySeeCase, maySeeTask, mayStart, mayWorkOnCase, taskPermissions, type CaseFacts, type TaskFacts } from '../../engine/identity/permissions.ts';
import type { Role } from '../../engine/contract/api.ts';

const person = (id: string, groups: string[] = [], roles: Role[] = ['staff']) => ({ id, groups, roles });
const task = (facts: Partial<TaskFacts> = {}): TaskFacts => ({ assignee: null, candidateGroups: ['g'], candidateUsers: [], excludeUsers: [], open: true, ...facts });
const facts = (change: Partial<CaseFacts> = {}): CaseFacts => ({ initiator: 'starter', excludeUsers: [], participants: [], tasks: [], ...change });
const none = { claim: false, unclaim: false, complete: false, assign: false };

describe('a task', () => {
  test('is seen by its assignee and its candidates, not by administrators', () => {
    expect(maySeeTask(person('a', ['g']), task())).toBe(true);
    expect(maySeeTask(person('a'), task({ candidateUsers: ['a'] }))).toBe(true);
    expect(maySeeTask(person('a'), task({ assignee: 'a' }))).toBe(true);
    expect(maySeeTask(person('a'), task())).toBe(false);
    expect(maySeeTask(person('root', [], ['staff', 'owner', 'admin']), task())).toBe(false);
    expect(maySeeTask(person('a', ['g'], ['owner']), task())).toBe(false);
  });

  test('is nothing to a recused person, even as assignee', () => {
    const excluded = task({ assignee: 'a', candidateGroups: ['g'], excludeUsers: ['a'] });
    expect(maySeeTask(person('a', ['g']), excluded)).toBe(false);
    expect(taskPermissions(person('a', ['g']), excluded)).toEqual(none);
    expect(mayReceive(person('a', ['g']), excluded)).toBe(false);
  });

  test('is claimed while free, completed by the assignee alone, given back only when it has candidates', () => {
    expect(taskPermissions(person('a', ['g']), task())).toEqual({ claim: true, unclaim: false, complete: false, assign: true });
    expect(taskPermissions(person('a', ['g']), task({ assignee: 'b' }))).toEqual(none);
    expect(taskPermissions(person('a', ['g']), task({ assignee: 'a' }))).toEqual({ claim: false, unclaim: true, complete: true, assign: true });
    expect(taskPermissions(person('a'), task({ assignee: 'a', candidateGroups: [] })).unclaim).toBe(false);
    expect(taskPermissions(person('a', ['g']), task({ assignee: 'a', open: false }))).toEqual(none);
  });

  test('goes to candidates, to any staff when it has none', () => {
    expect(mayReceive(person('a', ['g']), task())).toBe(true);
    expect(mayReceive(person('a'), task())).toBe(false);
    expect(mayReceive(person('a'), task({ candidateGroups: [] }))).toBe(true);
    expect(mayReceive(person('a', [], ['owner']), task({ candidateGroups: [] }))).toBe(false);
  });
});

describe('a case', () => {
  test('is for who started it, worked on it, or could take an open task of it', () => {
    expect(mayWorkOnCase(person('starter'), facts())).toBe(true);
    expect(mayWorkOnCase(person('a'), facts({ participants: ['a'] }))).toBe(true);
    expect(mayWorkOnCase(person('a', ['g']), facts({ tasks: [task()] }))).toBe(true);
    expect(mayWorkOnCase(person('a', ['g']), facts({ tasks: [task({ open: false })] }))).toBe(false);
    expect(mayWorkOnCase(person('a', ['x']), facts({ tasks: [task()] }))).toBe(false);
  });

  test('is read by administrators, not worked on', () => {
    const admin = person('root', [], ['admin', 'staff']);
    expect([maySeeCase(admin, facts()), mayWorkOnCase(admin, facts())]).toEqual([true, false]);
  });

  test('is closed to recused people, whoever they are', () => {
    expect(maySeeCase(person('root', [], ['admin']), facts({ excludeUsers: ['root'] }))).toBe(false);
    expect(mayWorkOnCase(person('starter'), facts({ excludeUsers: ['starter'] }))).toBe(false);
    expect(mayWorkOnCase(person('starter'), facts({ tasks: [task({ excludeUsers: ['starter'] })] }))).toBe(false);
  });
});

test('areas open by role', () => {
  expect([mayOpen(person('a'), 'tasks'), mayOpen(person('a'), 'design'), mayOpen(person('a'), 'monitor')]).toEqual([true, false, false]);
  expect(mayOpen(person('a', [], ['admin']), 'monitor')).toBe(true);
});

test('a process is started by staff, of its start groups when it names some', () => {
  expect([mayStart(person('a'), null), mayStart(person('a'), ['g']), mayStart(person('a', ['g']), ['g']), mayStart(person('a', ['g'], ['owner']), null)]).toEqual([true, false, true, false]);
});

test('a ledger is seen whole by its overseers, masked by administrators, by others as far as they work on its cases', () => {
  expect(['cs_manager', 'cs_frontdesk'].map((group) => ledgerSight(person('a', [group]), 'complaint'))).toEqual(['full', 'own']);
  expect([ledgerSight(person('a', [], ['admin']), 'complaint'), ledgerSight(person('a', ['cs_manager'], ['owner']), 'complaint')]).toEqual(['masked', 'none']);
  expect([ledgerSight(person('a', ['risk_mgmt']), 'risk'), ledgerSight(person('a', ['risk_mgmt']), 'complaint')]).toEqual(['full', 'own']);
});

test('accountability is for compliance, audit and human resources alone', () => {
  expect(['compliance', 'internal_audit', 'hr', 'senior_mgmt', 'cs_manager'].map((group) => ledgerSight(person('a', [group]), 'accountability'))).toEqual(['full', 'full', 'full', 'none', 'none']);
  expect(ledgerSight(person('a', ['sys_admin'], ['staff', 'owner', 'admin']), 'accountability')).toBe('none');
});
