/** Routes and CORS of the HTTP API, read from the packaged template. Pure. */
import type { Resource, Template } from '../cloudformation.ts';
import { logicalId } from '../triggers.ts';

export interface Route {
  /** `ANY /v1/tickets/{proxy+}`, `POST /v1/executors/me/heartbeat`, `$default` */
  readonly key: string;
  /** Logical id of the function. */
  readonly functionId: string;
}

export interface Match extends Route {
  /** What `{proxy+}` stands for, percent-encoded as it came. */
  readonly proxy?: string;
}

export type FindRoute = (method: string, path: string) => Match | undefined;

const GREEDY = '/{proxy+}';

const resources = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

/** `{"Fn::Join": ["/", ["integrations", {"Ref": "…"}]]}` → the integration it names. */
const integrationOf = (target: unknown): string => {
  const [, parts] = (target as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return (parts.at(-1) as { Ref: string }).Ref;
};

function routes(template: Template): Route[] {
  return resources(template, 'AWS::ApiGatewayV2::Route').map(([id, { Properties = {} }]) => {
    const key = String(Properties.RouteKey);
    if (key !== '$default' && !/^[A-Z]+ \//.test(key))
      throw new Error(`${id}: the local gateway knows no routes like ${key}`);
    const integration = template.Resources[integrationOf(Properties.Target)]?.Properties ?? {};
    return { key, functionId: logicalId(integration.IntegrationUri) };
  });
}

/** The most specific route wins: the whole path with its method, the whole path with any, then the longest part before `{proxy+}`, then `$default`. */
export function routeFinder(template: Template): FindRoute {
  const all = routes(template);
  const exact = new Map(all.map((route) => [route.key.replace(/^ANY /, ''), route]));
  const greedy = all
    .filter(({ key }) => key.startsWith('ANY ') && key.endsWith(GREEDY))
    .map((route) => ({ route, prefix: route.key.slice('ANY '.length, -GREEDY.length + 1) }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return (method, path) => {
    const whole = exact.get(`${method} ${path}`) ?? exact.get(path);
    if (whole) return whole;
    const found = greedy.find(({ prefix }) => path.startsWith(prefix) && path.length > prefix.length);
    if (found) return { ...found.route, proxy: path.slice(found.prefix.length) };
    return exact.get('$default');
  };
}

export interface Cors {
  readonly origins: readonly string[];
  readonly preflight: Readonly<Record<string, string>>;
  /** On answers to requests of an allowed origin. */
  readonly exposed: Readonly<Record<string, string>>;
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

export function corsOf(template: Template): Cors {
  const [api] = resources(template, 'AWS::ApiGatewayV2::Api');
  const cors = (api?.[1].Properties?.CorsConfiguration ?? {}) as Record<string, unknown>;
  return {
    origins: list(cors.AllowOrigins),
    preflight: {
      'access-control-allow-methods': list(cors.AllowMethods).join(','),
      'access-control-allow-headers': list(cors.AllowHeaders).join(',').toLowerCase(),
      'access-control-max-age': String(cors.MaxAge ?? 0),
    },
    exposed: { 'access-control-expose-headers': list(cors.ExposeHeaders).join(',').toLowerCase() },
  };
}
