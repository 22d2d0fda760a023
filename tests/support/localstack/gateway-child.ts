/**
 * The local HTTP API over serverless-offline's own pool, with functions of a test's making: `node gateway-child.ts DIR`,
 * where DIR holds `functions/<name>.cjs`. Each name is a route `/<name>`. Prints its port; ends with its standard input.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openHttpApi } from '../../../localstack/http-api/server.ts';
import { functionPool, type Serverless } from '../../../localstack/plugin/function-pool.ts';

const FUNCTION_SEC = 1;
const RECEIVED_WITHIN_MS = 1_000;

const directory = process.argv[2] ?? '';
const names = readdirSync(join(directory, 'functions')).map((file) => file.replace(/\.cjs$/, ''));

const serverless = {
  service: {
    service: 'test',
    provider: { region: 'eu-central-1', runtime: 'nodejs24.x' },
    custom: { 'serverless-offline': { location: directory } },
  },
  config: { serverlessPath: directory, servicePath: directory },
  serviceDir: directory,
};
const pool = await functionPool(
  // What the pool reads of osls' instance, and no more.
  serverless as never as Serverless,
  Object.fromEntries(
    names.map((name) => [
      name,
      { handler: `functions/${name}.handler`, timeout: FUNCTION_SEC, events: [], environment: {} },
    ]),
  ),
);

const routes = names.flatMap((name) => [
  [name, { Type: 'AWS::ApiGatewayV2::Route', Properties: routeOf(name) }],
  [
    `${name}Integration`,
    {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { IntegrationUri: { 'Fn::GetAtt': [name, 'Arn'] } },
    },
  ],
]);
function routeOf(name: string) {
  const RouteKey = name === 'echo' ? '$default' : `ANY /${name}`;
  return { RouteKey, Target: { 'Fn::Join': ['/', ['integrations', { Ref: `${name}Integration` }]] } };
}
const CorsConfiguration = {
  AllowOrigins: ['https://console.example'],
  AllowMethods: ['GET', 'POST'],
  AllowHeaders: ['Authorization'],
  ExposeHeaders: ['ETag'],
  MaxAge: 60,
};

const { port } = await openHttpApi({
  template: {
    Resources: {
      HttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { CorsConfiguration } },
      ...Object.fromEntries(routes),
    },
  },
  port: 0,
  invoke: (functionId, event) => pool.invoke(functionId, event),
  onError: (error) => console.error(error),
  receivedWithinMs: RECEIVED_WITHIN_MS,
});
console.log(port);
process.stdin.once('close', () => process.exit(0)).resume();
