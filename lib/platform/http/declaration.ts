import type * as z from 'zod';
import type { Origin } from '../audit.ts';
import type { Caller, Role, Scope } from '../caller.ts';
import type { ErrorKind } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import type { Idempotency } from '../storage/idempotency.ts';
import { lazily } from '../storage/stored-schema.ts';
import type { SessionMode } from './session-cookie.ts';

/** The Location header of a success with this status. */
export const locationAt = (
  { location }: Pick<HttpDeclaration, 'location'>,
  status: number,
): string | undefined =>
  typeof location === 'object' ? location[status] : status === 201 || status === 202 ? location : undefined;

/** An answer that is not JSON: a page (`text/html; charset=utf-8`), a word for another program (`text/plain`). */
export interface RawAnswer {
  readonly contentType: string;
}

/**
 * What an endpoint says of itself. The wrapper acts on it, the OpenAPI document is made from it and the access
 * test reads it: it is declared once.
 */
export interface HttpDeclaration {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/tickets/{ticketId}` */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** Any of these roles of a user or scopes of an API key. `public`: anybody, and the use case limits them itself. */
  readonly access: readonly (Role | Scope)[] | 'public';
  /** `true`: only for somebody who proved who they are within ten minutes (401 `fresh-proof-needed`); so for no machine. */
  readonly freshProof?: true;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /**
   * `true`: the request is not ours to describe (a callback of another company, a form of a page). The use case gets it as
   * it came, of any content type, up to 64 KB; the query string, too, unless `query` describes it.
   */
  readonly rawBody?: true;
  /** Schema per success status; what a schema does not name is not sent. `null`: no body (204). */
  readonly answers: { readonly [status: number]: z.ZodType | RawAnswer | null };
  /** The problems of this endpoint beyond those of every endpoint: code → kind. */
  readonly problems?: { readonly [code: string]: ErrorKind };
  /**
   * `true`: Idempotency-Key required, the first answer is kept by `commit`, for seven days and in clear but without its
   * `secretFields`. `own`: the business write is the record. At a public endpoint the keys are those of the caller's `Device-Token`.
   */
  readonly idempotent?: true | 'own';
  /**
   * Names of the answer's fields that hold a secret (a key, an address or a form that whoever has it may use). The record of a
   * first answer never gets them; a repeat gets them from the endpoint's `renew`, which must then be given.
   */
  readonly secretFields?: readonly [string, ...string[]];
  /** `If-Match: "<version>"` */
  readonly ifMatch?: 'required' | 'optional';
  /**
   * Counted apart from the caller's other requests, so that a flood of those leaves it its room. `presence`: what keeps a
   * user at work; `service`: called by other companies' servers and by our own functions.
   */
  readonly rate?: 'presence' | 'service';
  /** `true`: with `X-Session: cookie` a browser's refresh token travels in its cookie. No other endpoint reads that. */
  readonly sessionCookie?: true;
  /** The address of a thing that was created (201) or will be (202), with names of the answer's own: `/v1/desks/{deskId}`; by status where they differ. */
  readonly location?: `/${string}` | { readonly [status: number]: `/${string}` };
  readonly example?: { readonly body?: unknown };
}

/** A schema, or what makes it when its endpoint is first called: a cold start makes no schemas of endpoints it does not serve. */
type Lazy<Schema> = Schema | (() => Schema);
type Made<Schema> = Schema extends () => infer S ? S : Schema;

/** A declaration as it is written. */
export interface WrittenDeclaration extends Omit<HttpDeclaration, 'params' | 'query' | 'body' | 'answers'> {
  readonly params?: Lazy<z.ZodType>;
  readonly query?: Lazy<z.ZodType>;
  readonly body?: Lazy<z.ZodType>;
  readonly answers: { readonly [status: number]: Lazy<z.ZodType> | RawAnswer | null };
}

type Parsed<Schema> = Made<Schema> extends z.ZodType ? z.output<Made<Schema>> : undefined;

/** A request as it came. Nothing of it has been checked but its size. */
export interface RawRequest {
  /** Of the body, as the client sent them: signatures are made over these. */
  readonly bytes: Buffer;
  /** The body read as UTF-8; broken sequences become U+FFFD. */
  text(): string;
  /** As it came, parameters included; empty when there is none. */
  readonly contentType: string;
  /** By its name in any case. */
  header(name: string): string | undefined;
  /** The raw query string, without the question mark. */
  readonly query: string;
}

/** What the handler is given: everything checked, and nothing raw but `raw`. */
export interface HttpInput<D extends WrittenDeclaration> {
  readonly rt: Runtime;
  readonly caller: D['access'] extends 'public' ? undefined : Caller;
  readonly params: Parsed<D['params']>;
  readonly query: Parsed<D['query']>;
  readonly body: Parsed<D['body']>;
  readonly raw: D['rawBody'] extends true ? RawRequest : undefined;
  readonly ifMatch: D['ifMatch'] extends 'required'
    ? number
    : D['ifMatch'] extends 'optional'
      ? number | undefined
      : undefined;
  readonly idempotency: D['idempotent'] extends true | 'own' ? Idempotency : undefined;
  readonly origin: Origin;
  readonly session: D['sessionCookie'] extends true ? SessionMode : undefined;
}

type BodyOf<Schema> =
  Made<Schema> extends z.ZodType
    ? { readonly body: z.input<Made<Schema>> }
    : Schema extends RawAnswer
      ? { readonly body: string }
      : { readonly body?: undefined };

type AnswerHead = {
  /** Version of the thing; sent as `ETag: "<version>"`. */
  readonly etag?: number | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values of `Set-Cookie`. */
  readonly cookies?: readonly string[];
};

export type Answer<D extends WrittenDeclaration> = {
  [Status in keyof D['answers'] & number]: { readonly status: Status } & BodyOf<D['answers'][Status]> &
    AnswerHead;
}[keyof D['answers'] & number];

type BodyOfAnswer<D extends WrittenDeclaration> = Extract<Answer<D>['body'], object>;
type SecretOf<D extends WrittenDeclaration> = D['secretFields'] extends readonly (infer Name extends string)[]
  ? Name
  : never;

/**
 * Makes the secret fields of a first answer anew for a repeat of its request, from the rest of that answer. They are those of
 * the first answer, or an equivalent one.
 */
export type RenewSecrets<D extends WrittenDeclaration> = (
  input: HttpInput<D>,
  kept: Omit<BodyOfAnswer<D>, SecretOf<D>>,
) => Promise<Pick<BodyOfAnswer<D>, SecretOf<D> & keyof BodyOfAnswer<D>>>;

/** Any answer, with its declaration forgotten. */
export type AnyAnswer = { readonly status: number; readonly body?: unknown } & AnswerHead;

/** Any input, with its declaration forgotten: what the wrapper has in hands. */
export interface AnyInput {
  readonly rt: Runtime;
  readonly caller: Caller | undefined;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly raw: RawRequest | undefined;
  readonly ifMatch: number | undefined;
  readonly idempotency: Idempotency | undefined;
  readonly origin: Origin;
  readonly session: SessionMode | undefined;
}

/** One use case behind HTTP, not yet mounted. */
export interface Endpoint {
  readonly declaration: HttpDeclaration;
  /** Of an input that was checked by the declaration; the wrapper, which has checked it, alone can call them. */
  readonly run: (input: never) => Promise<AnyAnswer>;
  readonly renew?: (input: never, kept: never) => Promise<object>;
}

/** A typo in an optional property must not pass in silence. */
type Exact<D> = D & { readonly [Name in Exclude<keyof D, keyof WrittenDeclaration>]: never };

/** The same properties, each of its functions replaced by what it returns, when it is first read. */
const madeOnRead = (written: object): object => {
  const made = {};
  for (const [name, value] of Object.entries(written)) {
    const get = typeof value === 'function' ? lazily(value as () => object) : () => value;
    Object.defineProperty(made, name, { enumerable: true, get });
  }
  return made;
};

const declarationOf = ({ params, query, body, answers, ...rest }: WrittenDeclaration): HttpDeclaration =>
  Object.assign(
    madeOnRead({ ...(params && { params }), ...(query && { query }), ...(body && { body }) }),
    rest,
    { answers: madeOnRead(answers) },
  ) as HttpDeclaration;

/**
 * Makes an endpoint of a declaration and its one use case. `Status` is inferred only so that `status: 201` keeps its
 * literal type in the handler's answer. With `secretFields`, and only then, `renew` must be given.
 */
export const onHttp = <const D extends WrittenDeclaration, Status extends number>(
  declaration: Exact<D>,
  run: (input: HttpInput<D>) => Promise<{ readonly status: Status } & Answer<D>>,
  ...[renew]: D['secretFields'] extends readonly string[] ? [RenewSecrets<D>] : []
): Endpoint => {
  return { declaration: declarationOf(declaration), run, ...(renew && { renew }) };
};
