/** Every role and scope against every endpoint, by the declarations alone; that the product heeds them is tests/integration/access.test.ts. */
import { resolve } from 'node:path';
import { proposalView } from '../../lib/platform/approvals/proposal-view.ts';
import { SCOPES } from '../../lib/platform/auth/scopes.ts';
import { type Caller, mayEnter, ROLES, type Role, type Scope } from '../../lib/platform/caller.ts';
import type { Endpoint } from '../../lib/platform/http/on-http.ts';
import { allEndpoints } from '../../scripts/all-endpoints.ts';
import { marks, whoMay } from '../support/access-table.ts';

const nameOf = ({ declaration }: Endpoint): string => `${declaration.method} ${declaration.path}`;
const role = (...roles: Role[]): Caller => ({ id: 'usr_a', roles });
const machine = (scope: Scope): Caller => ({ id: 'key_a', roles: [], scopes: [scope] });

let endpoints: ReadonlyMap<string, Endpoint>;

beforeAll(async () => {
  const all = await allEndpoints(resolve(import.meta.dirname, '../..'));
  endpoints = new Map(all.map((endpoint) => [nameOf(endpoint), endpoint]));
});

test('R-AUTH-04 every endpoint stands in the table, and nothing else does', () => {
  expect([...endpoints.keys()].toSorted()).toEqual(Object.keys(whoMay).toSorted());
});

describe.each(Object.entries(whoMay))('%s', (name, who) => {
  const access = () => endpoints.get(name)?.declaration.access;
  const enters = (caller: Caller): boolean => {
    const given = access();
    return given === 'public' || (given !== undefined && mayEnter(caller, given));
  };

  test('R-AUTH-04 is open to strangers exactly if the table says so', () => {
    expect(access() === 'public').toBe(who === 'everybody');
  });

  test('R-AUTH-08 may answer with a proposal exactly if the table says that two persons do it', () => {
    const proposes = endpoints.get(name)?.declaration.answers[202] === proposalView();
    expect(proposes).toBe(marks[name]?.includes('²'));
  });

  test('R-AUTH-08 needs a fresh proof exactly if the table says so', () => {
    expect(endpoints.get(name)?.declaration.freshProof === true).toBe(marks[name]?.includes('!'));
  });

  test('R-AUTH-04 lets in the roles of the table alone', () => {
    const expected = who === 'everybody' ? ROLES : ROLES.filter((each) => who.includes(each));
    expect(ROLES.filter((each) => enters(role(each)))).toEqual(expected);
  });

  test('R-AUTH-05 lets in machines’ keys with a scope of the table alone', () => {
    const expected = who === 'everybody' ? SCOPES : SCOPES.filter((each) => who.includes(each));
    expect(SCOPES.filter((each) => enters(machine(each)))).toEqual(expected);
  });

  test('R-AUTH-04 roles that may not call do not add up to one that may', () => {
    const others = ROLES.filter((each) => who !== 'everybody' && !who.includes(each));
    expect([enters(role()), enters(role(...others))]).toEqual(Array(2).fill(who === 'everybody'));
  });
});
