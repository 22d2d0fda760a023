import { SHARED } from '../../infra/modules.ts';
import { functionId } from '../../infra/names.ts';
import { httpApi, logs, stackName } from '../../infra/stack.ts';
import { configurationOf } from './support/configuration.ts';
import { type Json, type Resource, template } from './support/packaged.ts';
import { allStacks, idsOf, packageStack, type Stack, unionStack } from './support/stacks.ts';

/** CloudFormation's limit is 500; half of it leaves room to grow and to roll back. */
const RESOURCES_BELOW = 250;

let stacks: Stack[];
let union: Stack;
beforeAll(async () => {
  [stacks, union] = await Promise.all([allStacks(), unionStack()]);
});

const sorted = (ids: readonly string[]): string[] => [...ids].sort();

/** Every object within a value, itself included. */
const within = (value: Json): Json[] =>
  value === null || typeof value !== 'object' ? [] : [value, ...Object.values(value).flatMap(within)];

/** Logical ids that a value refers to; pseudo parameters (`AWS::…`) left out. */
const references = (value: Json): string[] =>
  within(value).flatMap((each) => {
    const { Ref: id, 'Fn::GetAtt': path, 'Fn::Sub': text, DependsOn: after } = each;
    const [pattern, given = {}] = Array.isArray(text) ? text : [text];
    const inText = [...String(pattern ?? '').matchAll(/\$\{(\w+)[.}]/g)].map(([, name]) => name);
    return [id, path?.[0], after, ...inText]
      .flat()
      .filter((name) => typeof name === 'string' && !name.startsWith('AWS::') && !(name in given));
  });

describe('the parts', () => {
  test('are disjoint, and their union is the product', () => {
    for (const kind of ['resources', 'functions'] as const) {
      const ids = stacks.flatMap((each) => Object.keys(each[kind]));
      expect(new Set(ids).size).toBe(ids.length);
      expect(sorted(ids)).toEqual(sorted(Object.keys(union[kind])));
    }
  });

  test('with what osls adds are disjoint but for the deployment bucket, and their union is the packaged template', () => {
    const ids = stacks.flatMap(idsOf).filter((id) => !id.startsWith('ServerlessDeploymentBucket'));
    expect(new Set(ids).size).toBe(ids.length);
    const packaged = Object.keys(template.Resources).filter(
      (id) => !id.startsWith('ServerlessDeploymentBucket'),
    );
    expect(sorted(ids)).toEqual(sorted(packaged));
  });

  test(`have fewer than ${RESOURCES_BELOW} resources each`, () => {
    const counts = stacks.map((stack) => [stack.module, idsOf(stack).length] as const);
    console.log(counts.map((each) => each.join(' ')).join(', '));
    for (const [module, count] of counts) {
      expect([module, count < RESOURCES_BELOW]).toEqual([module, true]);
    }
    expect(Math.max(...counts.map(([, count]) => count))).toBeGreaterThan(80);
  });

  test('refer to nothing that is not in their own stack', () => {
    let seen = 0;
    for (const stack of stacks) {
      const own = new Set(idsOf(stack));
      const referred = [stack.resources, stack.functions].flatMap(references);
      seen += referred.length;
      expect([stack.module, referred.filter((id) => !own.has(id))]).toEqual([stack.module, []]);
    }
    expect(seen).toBeGreaterThan(300);
  });
});

describe('names', () => {
  const NAMING = [
    'QueueName',
    'TableName',
    'BucketName',
    'TopicName',
    'FunctionName',
    'LogGroupName',
    'DashboardName',
    'Name',
  ];
  const SPOKEN = /dev-rotadesk(-[a-z0-9]+)*(\.fifo)?|rotadesk-dev(-[a-z0-9]+)+|dev\/rotadesk\/[a-z]+/g;
  const spokenIn = (value: Json): string[] =>
    [...JSON.stringify(value).matchAll(SPOKEN)].map(([name]) => name);

  /** Names that a stack gives to its own things. */
  const declaredBy = (stack: Stack): string[] => [
    ...Object.values(stack.resources).flatMap(({ Properties }: Resource) =>
      NAMING.flatMap((property) => (Properties[property] ? spokenIn(Properties[property]) : [])),
    ),
    ...Object.keys(stack.functions).map((name) => `rotadesk-dev-${name}`),
  ];

  test('that a stack speaks of are each declared by one stack', () => {
    const owners = new Map(
      stacks.flatMap((stack) => declaredBy(stack).map((name) => [name, stack.module] as const)),
    );
    const foreign = stacks.flatMap((stack) =>
      spokenIn([stack.resources, stack.functions])
        .filter((name) => owners.get(name) !== stack.module)
        .map((name) => [stack.module, name, owners.get(name)] as const),
    );
    expect(foreign.length).toBeGreaterThan(20);
    expect(foreign.filter(([, , owner]) => owner === undefined)).toEqual([]);
  });

  test('of exports are unique over all stacks', () => {
    const exported = stacks.flatMap(({ outputs }) => Object.values(outputs).map((each) => each.Export.Name));
    // The bucket of each, and the WebSocket API's id, which the distribution wants.
    expect(exported).toHaveLength(stacks.length + 1);
    expect(new Set(exported).size).toBe(exported.length);
  });

  test('of stacks are made of stage and module, and no module means no stack of that name', async () => {
    const names = await Promise.all(['sms', ''].map((module) => stackName(configurationOf(module))));
    expect(names).toEqual(['rotadesk-dev-sms', 'rotadesk-dev']);
  });

  test('of modules that are none are refused', async () => {
    const { resources } = await import('../../infra/stack.ts');
    await expect(resources(configurationOf('smss'))).rejects.toThrow(/no module smss/);
  });
});

describe('the HTTP API', () => {
  test('is made by the shared stack, and is the one thing that the others import', async () => {
    for (const { module } of stacks) {
      const said = JSON.stringify([
        await httpApi(configurationOf(module)),
        await logs(configurationOf(module)),
      ]);
      expect([module, said.includes('Fn::ImportValue')]).toEqual([module, module !== SHARED]);
      expect([module, said.includes('allowedOrigins')]).toEqual([module, module === SHARED]);
    }
    const imports = stacks.flatMap(({ resources, functions }) =>
      within([resources, functions]).flatMap((each) => each['Fn::ImportValue'] ?? []),
    );
    expect([...new Set(imports)]).toEqual(['sls-rotadesk-dev-HttpApiId']);
  });

  test('R-DESK-08 has a route before its stage names the throttle of that route, whoever works it off', () => {
    const shared = stacks.find(({ module }) => module === SHARED);
    const keys = Object.values(shared?.resources ?? {}).flatMap(
      ({ Properties }) => Properties.RouteKey ?? [],
    );
    expect(sorted(keys)).toEqual(
      sorted(Object.keys(template.Resources.HttpApiStage?.Properties.RouteSettings)),
    );
  });
});

describe.each([SHARED, 'notifications'])('osls makes the stack of %s', (module) => {
  let packaged: typeof template;
  let stack: Stack;
  beforeAll(async () => {
    packaged = await packageStack(module);
    stack = stacks.find((each) => each.module === module) as Stack;
  });

  test('of what is its own, as infra/ says it', () => {
    expect(sorted(Object.keys(packaged.Resources))).toEqual(sorted(idsOf(stack)));
    for (const [id, resource] of Object.entries(stack.resources))
      expect([id, packaged.Resources[id]]).toEqual([id, resource]);
  });

  test('with no reference to another stack', () => {
    const own = Object.keys(packaged.Resources);
    expect(references(packaged.Resources).filter((id) => !own.includes(id))).toEqual([]);
    expect(own).toContain(functionId(Object.keys(stack.functions)[0] ?? ''));
  });

  test('with a deployment bucket that nobody else sees, which keeps versions for a while', () => {
    expect(packaged.Resources.ServerlessDeploymentBucket?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 90 } }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test('with exports whose names no other stack has', () => {
    const names = Object.values(packaged.Outputs).map((each: Json) => each.Export.Name);
    const api = ['sls-rotadesk-dev-HttpApiId', 'sls-rotadesk-dev-HttpApiUrl'];
    expect(sorted(names)).toEqual(
      sorted([`rotadesk-dev-${module}-deployment-bucket`, ...(module === SHARED ? api : [])]),
    );
  });
});
