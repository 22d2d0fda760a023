import { bodySchemaOf, operations } from '../../support/bad-input/operations.ts';

interface Node {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: boolean | Node;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
}

/** Places of a schema where an unknown property would pass. A map says what its values are: that is no gap. */
const gapsIn = (node: Node, path = 'body'): string[] => {
  const { properties, additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = node;
  const open = properties !== undefined && additionalProperties !== false ? [path] : [];
  const parts: [string, Node][] = [
    ...Object.entries(properties ?? {}),
    ...(typeof additionalProperties === 'object' ? [['*', additionalProperties] as [string, Node]] : []),
    ...(items ? [['[]', items] as [string, Node]] : []),
    ...[...anyOf, ...oneOf, ...allOf].map((each, n): [string, Node] => [`(${n})`, each]),
  ];
  return [...open, ...parts.flatMap(([name, part]) => gapsIn(part, `${path}.${name}`))];
};

/** What the product alone knows or decides: no caller may hand it in, whatever else a body takes. */
const OURS = [
  'actorId',
  'createdAt',
  'createdBy',
  'updatedAt',
  'version',
  'state',
  'sentAt',
  'deliveredAt',
  'trace',
  'leaseEpoch',
  'decision',
  'orderedAt',
  'waitingSince',
  'clientId',
  'sessionEpoch',
];

const bodies = operations.flatMap((operation) => {
  const schema = bodySchemaOf(operation);
  return schema ? [[`${operation.method} ${operation.path}`, schema as Node] as const] : [];
});

test('there are bodies to look at, and a gap is seen wherever it is', () => {
  expect(bodies.length).toBeGreaterThan(20);
  const inner: Node = { properties: { b: {} } };
  const whole: Node = { properties: { a: { items: { anyOf: [inner] } } }, additionalProperties: false };
  expect(gapsIn(whole)).toEqual(['body.a.[].(0)']);
});

test.each(bodies)('R-AUTH-04 %s takes no property that it does not name', (_, schema) => {
  expect(gapsIn(schema)).toEqual([]);
});

test.each(bodies)('R-AUTH-04 %s takes nothing that is ours to say', (_, schema) => {
  expect(Object.keys(schema.properties ?? {}).filter((name) => OURS.includes(name))).toEqual([]);
});
