/** Which router serves which paths, read from the packaged template: `ANY /v1/tickets` → `functions/desk/routes.handler`. */
import type { Resource, Template } from '../../../localstack/cloudformation.ts';
import { isOfHttpApi } from '../../../localstack/http-api/routes.ts';

export interface HttpRoute {
  /** Taken with everything below it. */
  readonly prefix: string;
  readonly handler: string;
}

interface RouteProperties {
  readonly RouteKey: string;
  /** `integrations/<Ref of the integration>` */
  readonly Target: { readonly 'Fn::Join': readonly [string, readonly [string, { readonly Ref: string }]] };
}

interface IntegrationProperties {
  readonly IntegrationUri: { readonly 'Fn::GetAtt': readonly [string, 'Arn'] };
}

const propertiesOf = <T>(resource: Resource | undefined): T => resource?.Properties as T;

export function httpRoutes({ Resources }: Template): HttpRoute[] {
  return Object.values(Resources)
    .filter(({ Type, Properties }) => Type === 'AWS::ApiGatewayV2::Route' && isOfHttpApi(Properties))
    .flatMap((route) => {
      const { RouteKey, Target } = propertiesOf<RouteProperties>(route);
      const [, prefix] = RouteKey.split(' ');
      if (prefix === undefined || prefix.includes('{')) return [];
      const integration = propertiesOf<IntegrationProperties>(Resources[Target['Fn::Join'][1][1].Ref]);
      const [functionId] = integration.IntegrationUri['Fn::GetAtt'];
      const { Handler } = propertiesOf<{ Handler: string }>(Resources[functionId]);
      return [{ prefix, handler: Handler }];
    });
}
