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

/** The WebSocket API has routes, too. */
export const isOfHttpApi = (properties: Resource['Properties']): boolean =>
  (properties?.ApiId as { Ref?: string } | undefined)?.Ref !== 'WebsocketsApi';

function routes(template: Template): Route[] {
  const own = resources(template, 'AWS::ApiGatewayV2::Route').filter(([, { Properties }]) =>
    isOfHttpApi(Properties),
  );
  return own.map(([, { Properties = {} }]) => {
    const integration = template.Resources[integrationOf(Properties.Target)]?.Properties ?? {};
    return { key: String(Properties.RouteKey), functionId: logicalId(integration.IntegrationUri) };
  });
}

interface Pattern {
  readonly route: Route;
  /** `ANY` matches all. */
  readonly method: string;
  /** The path, or of a greedy one the part before `{proxy+}`. */
  readonly path: string;
  readonly isGreedy: boolean;
}

const patternOf = (route: Route): Pattern => {
  const [method = '', path = ''] = route.key.split(' ');
  const isGreedy = path.endsWith(GREEDY);
  return { route, method, isGreedy, path: isGreedy ? path.slice(0, -GREEDY.length + 1) : path };
};

/** The whole path before `{proxy+}`, the longer part before the shorter, a method by name before `ANY`. */
const bySpecificity = (a: Pattern, b: Pattern): number =>
  Number(a.isGreedy) - Number(b.isGreedy) ||
  b.path.length - a.path.length ||
  Number(a.method === 'ANY') - Number(b.method === 'ANY');

/** The most specific route wins; `$default` takes what no other does. */
export function routeFinder(template: Template): FindRoute {
  const all = routes(template);
  const fallback = all.find(({ key }) => key === '$default');
  const patterns = all
    .filter((route) => route !== fallback)
    .map(patternOf)
    .sort(bySpecificity);
  return (method, path) => {
    const found = patterns.find(
      (each) =>
        (each.method === 'ANY' || each.method === method) &&
        (each.isGreedy ? path.startsWith(each.path) && path.length > each.path.length : path === each.path),
    );
    if (!found) return fallback;
    return found.isGreedy ? { ...found.route, proxy: path.slice(found.path.length) } : found.route;
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
  const cors = (template.Resources.HttpApi?.Properties?.CorsConfiguration ?? {}) as Record<string, unknown>;
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
