import type { Product } from './declaration.ts';
import { arn, functionId, pascal, type Resource, type Resources, ref, routeId } from './names.ts';

/** As osls makes them, so that whoever reads a template needs to know one shape. */
const integration = (name: string): Resource => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: ref('HttpApi'),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: arn(functionId(name)),
    PayloadFormatVersion: '2.0',
    TimeoutInMillis: 30_000,
  },
});

const route = (key: string, integrationId: string): Resource => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: ref('HttpApi'),
    RouteKey: key,
    Target: { 'Fn::Join': ['/', ['integrations', ref(integrationId)]] },
  },
});

/**
 * Routes of all modules whose throttle is their own. Such a throttle stands in the API's stage, and API Gateway refuses a stage
 * that names a route which is not there: so these routes belong to the stack that has the stage, and find their function by name.
 */
export const throttledRoutes = (product: Product): Resources =>
  Object.assign(
    {},
    ...Object.entries(product.functions).flatMap(([name, { throttledApart }]) => {
      const id = `Throttled${pascal(name)}Integration`;
      const routes = Object.keys(throttledApart).map((key) => [routeId(key), route(key, id)]);
      return routes.length > 0 ? [{ [id]: integration(name), ...Object.fromEntries(routes) }] : [];
    }),
  );
