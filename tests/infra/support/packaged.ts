import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzip } from './zip.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes; the tests look into all of it.
export type Json = any;

export interface Resource {
  readonly Type: string;
  readonly Properties: Json;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
}

const room = (): string => {
  const path = process.env.ROTADESK_PACKAGED;
  if (!path) throw new Error('the product is not packaged: run these tests as the project `infra`');
  return path;
};

const outputs = (): string => join(room(), '.serverless');

export const template: { Resources: Record<string, Resource>; Outputs: Json } = JSON.parse(
  readFileSync(join(outputs(), 'cloudformation-template-update-stack.json'), 'utf8'),
);

export const ofType = (type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

/** The one resource of a type, or with this logical id. */
export const the = (id: string): Resource => {
  const found = template.Resources[id];
  if (!found) throw new Error(`the template has no ${id}`);
  return found;
};

/** Logical id that a Ref or Fn::GetAtt names, or the first one within a Fn::Sub. */
export const named = (value: Json): string | undefined => {
  if (value?.Ref) return value.Ref;
  if (value?.['Fn::GetAtt']) return value['Fn::GetAtt'][0];
  const text = value?.['Fn::Sub'];
  return typeof text === 'string' ? text.match(/\$\{(\w+)[.}]/)?.[1] : undefined;
};

export interface PackagedFunction {
  /** As in functions.yml: `desk-open-ticket`. */
  readonly name: string;
  /** Logical id. */
  readonly id: string;
  readonly properties: Json;
  readonly role: string;
  readonly environment: Record<string, Json>;
}

export const functions: PackagedFunction[] = ofType('AWS::Lambda::Function').map(([id, { Properties }]) => ({
  name: Properties.FunctionName.replace(/^rotadesk-dev-/, ''),
  id,
  properties: Properties,
  role: named(Properties.Role) ?? '',
  environment: Properties.Environment?.Variables ?? {},
}));

export const functionNamed = (name: string): PackagedFunction => {
  const found = functions.find((each) => each.name === name);
  if (!found) throw new Error(`no function ${name}`);
  return found;
};

/** What each archive holds, by the function's name. */
export const archives: Map<string, Map<string, Buffer>> = new Map(
  readdirSync(outputs())
    .filter((file) => file.endsWith('.zip'))
    .map((file) => [file.replace(/\.zip$/, ''), unzip(readFileSync(join(outputs(), file)))]),
);

export interface Statement {
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: Json[];
  readonly Condition?: Json;
}

const list = (value: Json): Json[] => (Array.isArray(value) ? value : [value]);

/** Every statement of a role's policies, with lists where IAM allows a single value. */
export const statementsOf = (roleId: string): Statement[] =>
  the(roleId)
    .Properties.Policies.flatMap((policy: Json) => list(policy.PolicyDocument.Statement))
    .map((each: Json) => ({
      ...each,
      Action: list(each.Action ?? each.NotAction),
      Resource: list(each.Resource ?? each.NotResource),
    }));

/** Whether a role may do this to the resource with this logical id. */
export const mayOn = (roleId: string, action: string, resourceId: string): boolean =>
  statementsOf(roleId).some(
    (each) =>
      each.Effect === 'Allow' &&
      each.Action.includes(action) &&
      each.Resource.some((one) => named(one) === resourceId),
  );

/** `dev-rotadesk-tickets-new` → `tickets-new`. */
export const logicalName = (physical: string): string => physical.replace(/^dev-rotadesk-/, '');

export const queues: [string, Resource][] = ofType('AWS::SQS::Queue');
export const deadLetterIds: Set<string> = new Set(
  queues.flatMap(([, { Properties }]) => named(Properties.RedrivePolicy?.deadLetterTargetArn) ?? []),
);
export const alarms: Json[] = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

/** The alarm on this metric whose dimension names this resource. */
export const alarmOn = (metric: string, resourceId: string): Json =>
  alarms.find(
    (each) =>
      each.MetricName === metric && each.Dimensions.some((one: Json) => named(one.Value) === resourceId),
  );
