import { functions, type Json, mayOn, ofType, statementsOf, the } from './support/packaged.ts';

const roles = ofType('AWS::IAM::Role').map(([id]) => id);

test('each function has a role, and no two the same', () => {
  expect(new Set(functions.map(({ role }) => role)).size).toBe(functions.length);
  expect(functions.map(({ role }) => role).sort()).toEqual([...roles].sort());
});

test('nothing grants rights beside the roles', () => {
  expect(ofType('AWS::IAM::Policy')).toEqual([]);
  expect(ofType('AWS::IAM::ManagedPolicy')).toEqual([]);
  for (const role of roles) expect(the(role).Properties.ManagedPolicyArns ?? []).toEqual([]);
});

test.each(roles)('%s is for Lambda alone', (role) => {
  const [statement, ...more] = the(role).Properties.AssumeRolePolicyDocument.Statement;
  expect(more).toEqual([]);
  expect(statement.Principal).toEqual({ Service: ['lambda.amazonaws.com'] });
});

test.each(roles)('%s names each action in full', (role) => {
  for (const { Action, Effect, ...rest } of statementsOf(role)) {
    expect(Effect).toBe('Allow');
    expect(rest).not.toHaveProperty('NotAction');
    for (const action of Action) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
  }
});

const textOf = (resource: Json): string =>
  typeof resource === 'string' ? resource : JSON.stringify(resource);

test.each(roles)('%s names the resources it touches', (role) => {
  for (const { Action, Resource, ...rest } of statementsOf(role)) {
    expect(rest).not.toHaveProperty('NotResource');
    for (const resource of Resource) {
      expect(textOf(resource)).not.toBe('*');
      // A wildcard is only the end of a name: streams of a log group, objects below a prefix, connections of a stage.
      const wild =
        /^\{"Fn::Sub":"(arn:[^*]+:log-group:\/aws\/lambda\/[^*]+:\*|arn:[^*]+\/(POST|DELETE)\/@connections\/\*|\$\{\w+\.Arn\}\/[\w-]+\/\*)"\}$/;
      if (textOf(resource).includes('*')) expect(textOf(resource)).toMatch(wild);
    }
  }
});

test('resource policies grant nothing to the world', () => {
  for (const [, { Properties }] of ofType('AWS::S3::BucketPolicy')) {
    for (const statement of Properties.PolicyDocument.Statement) {
      if (statement.Effect === 'Deny') continue;
      expect(JSON.stringify(statement.Principal)).not.toContain('*');
    }
  }
});

test('R-ADM-02 no role may change or remove what stands in the audit log', () => {
  for (const role of roles) {
    for (const action of ['dynamodb:UpdateItem', 'dynamodb:DeleteItem']) {
      expect([role, action, mayOn(role, action, 'AuditTable')]).toEqual([role, action, false]);
    }
  }
});

/** Statements on a table's items with these keys, or on all of it. */
const onKeys = (role: string, table: string, keys: string) =>
  statementsOf(role).filter(
    ({ Resource, Condition }) =>
      Resource.some((each) => each['Fn::GetAtt']?.[0] === table) &&
      (Condition === undefined || JSON.stringify(Condition).includes(keys)),
  );

const WRITING = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

test('R-AUTH-05 nobody but identity may write a machine’s key: whoever could would be any machine', () => {
  const writers = roles.filter((role) =>
    onKeys(role, 'IdentityTable', 'APIKEY#').some(({ Action }) =>
      Action.some((one) => WRITING.includes(one)),
    ),
  );
  expect(writers.toSorted()).toEqual(['IdentityHttpRole', 'IdentityRotateKeysRole']);
});

test('R-AUTH-08 who is an admin is read and held to by whoever makes what two of them do, and written by identity alone', () => {
  const onAdmins = (role: string) => onKeys(role, 'IdentityTable', 'ADMINS').flatMap(({ Action }) => Action);
  expect(onAdmins('SmsHttpRole')).toEqual(['dynamodb:GetItem', 'dynamodb:ConditionCheckItem']);
  expect(onAdmins('DeskHttpRole')).toEqual([]);
  const writers = roles.filter((role) => onAdmins(role).some((one) => WRITING.includes(one)));
  expect(writers.every((role) => role.startsWith('Identity'))).toBe(true);
});

test('R-AUTH-05 a signed-in function reads keys and who lost access, notes use and counts requests, and without a declaration no more', () => {
  const on = (table: string) => onKeys('AuditHttpRole', table, '');
  expect(on('IdentityTable')).toEqual([
    expect.objectContaining({
      Action: ['dynamodb:GetItem'],
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['APIKEY#*'] } },
    }),
    expect.objectContaining({
      Action: ['dynamodb:Query'],
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['REVOCATIONS'] } },
    }),
  ]);
  expect(on('PlatformTable')).toEqual([
    expect.objectContaining({
      Action: ['dynamodb:UpdateItem'],
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['KEYUSE#*'] } },
    }),
    expect.objectContaining({
      Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['RATE#*'] } },
    }),
  ]);
  expect(onKeys('WebhooksDeliverRole', 'IdentityTable', 'APIKEY#').flatMap(({ Action }) => Action)).toEqual([
    'dynamodb:GetItem',
  ]);
});

test('the master secret is made by the stack, kept when it goes, and read by those who declare it', () => {
  expect(the('MasterSecret')).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: { GenerateSecretString: { PasswordLength: 64 } },
  });
  expect(the('MasterSecret').Properties).not.toHaveProperty('SecretString');
  const { Name } = the('MasterSecret').Properties;
  for (const each of functions) {
    const readable = statementsOf(each.role)
      .filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'))
      .flatMap(({ Resource }) => Resource.map((one) => one['Fn::Sub'].split(':secret:')[1]));
    const asked = each.environment.MASTER_SECRET_NAME;
    expect([each.name, asked, readable]).toEqual(
      asked === undefined ? [each.name, undefined, []] : [each.name, Name, [`${Name}-??????`]],
    );
  }
});

test('who sends e-mails does so in one sender’s name', () => {
  const senders = roles.flatMap(statementsOf).filter(({ Action }) => Action.includes('ses:SendEmail'));
  for (const { Condition } of senders) {
    expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'no-reply@rotadesk.example' } });
  }
});

describe('who may do what', () => {
  test.each([
    ['DeskHttpRole', 'dynamodb:PutItem', 'DeskTable', true],
    ['DeskHttpRole', 'dynamodb:ConditionCheckItem', 'DeskTable', true],
    ['DeskHttpRole', 's3:PutObject', 'UploadsBucket', true],
    ['DeskHttpRole', 's3:DeleteObject', 'UploadsBucket', false],
    ['DeskHttpRole', 'sqs:ReceiveMessage', 'InboundMessagesQueue', false],
    ['DeskHttpRole', 'dynamodb:PutItem', 'AuditTable', false],
    ['DeskDispatchRole', 's3:PutObject', 'UploadsBucket', false],
    ['DeskDispatchRole', 'sqs:ReceiveMessage', 'TicketsUrgentQueue', true],
    ['DeskDispatchRole', 'sqs:ReceiveMessage', 'TimersQueue', false],
    ['AuditHttpRole', 'dynamodb:Query', 'AuditTable', true],
    ['AuditHttpRole', 'dynamodb:PutItem', 'AuditTable', false],
    ['AuditHttpRole', 'dynamodb:Query', 'DeskTable', false],
    ['AuditRecordRole', 'dynamodb:DeleteItem', 'DeskTable', false],
    ['AuditRecordRole', 'dynamodb:PutItem', 'AuditTable', true],
    ['AuditRecordRole', 'dynamodb:UpdateItem', 'AuditTable', false],
    ['AuditRecordRole', 'dynamodb:DeleteItem', 'AuditTable', false],
    ['PlatformSweepOutboxRole', 'dynamodb:Query', 'PlatformTable', true],
    ['PlatformSweepOutboxRole', 'dynamodb:Query', 'DeskTable', false],
    ['PlatformHttpRole', 'dynamodb:PutItem', 'IdentityTable', false],
  ])('%s %s %s: %s', (role, action, resource, allowed) => {
    expect(mayOn(role, action, resource)).toBe(allowed);
  });

  test.each(functions)(
    '$name has no table in its environment beyond its rights, save the platform’s',
    (each) => {
      const tables = Object.entries(each.environment).filter(
        ([name]) => name.startsWith('TABLE_') && name !== 'TABLE_PLATFORM',
      );
      for (const [, value] of tables) {
        const actions = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'];
        expect(actions.some((action) => mayOn(each.role, action, value.Ref))).toBe(true);
      }
    },
  );
});
