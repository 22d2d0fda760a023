/** CloudFormation values are plain data; this is all that we need to know of them. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, Value>>;
}
export type Resources = Record<string, Resource>;

/**
 * Removing the stack, or a change that replaces the resource, leaves the data where it is. A first deployment that fails takes
 * its empty things away again: the next one would find their names taken.
 */
export const KEPT = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

export const ref = (id: string): Value => ({ Ref: id });
export const arn = (id: string): Value => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** `tickets-new` → `TicketsNew`. */
export const pascal = (name: string): string =>
  name.replaceAll(/(?:^|[-.])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `mail-events` → `MAIL_EVENTS`. */
const constant = (name: string): string => name.replaceAll('-', '_').toUpperCase();

export const queueId = (name: string): string => `${pascal(name.replace(/\.fifo$/, ''))}Queue`;
/** A module has one for its queues, and one for its FIFO queues: theirs must be FIFO, too. */
export const deadLetterId = (module: string, isFifo: boolean): string =>
  `${pascal(module)}${isFifo ? 'Fifo' : ''}DeadLetterQueue`;
export const tableId = (name: string): string => `${pascal(name)}Table`;
export const bucketId = (name: string): string => `${pascal(name)}Bucket`;
export const roleId = (name: string): string => `${pascal(name)}Role`;

/** osls names a function's resource so: dashes are spelled out. */
export const functionId = (name: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', 'Dash')}LambdaFunction`;

/** osls names the WebSocket API and its stage so. */
export const SOCKETS_API_ID = 'WebsocketsApi';
export const SOCKETS_STAGE_ID = 'WebsocketsDeploymentStage';

/** osls names a function's log group so. */
export const logGroupId = (name: string): string => functionId(name).replace(/LambdaFunction$/, 'LogGroup');

/** osls names a rule so; a function has one schedule at most. */
export const scheduleRuleId = (name: string): string =>
  functionId(name).replace(/LambdaFunction$/, 'EventsRuleSchedule1');

/** osls names a route's resource so: `POST /v1/things` → `HttpApiRoutePostV1Things`. */
export const routeId = (route: string): string =>
  `HttpApiRoute${route
    .split('/')
    .map((part) =>
      part
        .toLowerCase()
        .replaceAll('-', 'Dash')
        .replaceAll(/[^0-9A-Za-z]/g, ''),
    )
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('')}`;

export const tableVariable = (name: string): string => `TABLE_${constant(name)}`;
export const bucketVariable = (name: string): string => `BUCKET_${constant(name)}`;
