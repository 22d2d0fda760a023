import { routeFinder } from '../../../localstack/http-api/routes.ts';

const KEYS = [
  '$default',
  'ANY /v1/tickets',
  'ANY /v1/tickets/{proxy+}',
  'ANY /v1/tickets/archive/{proxy+}',
  'POST /v1/tickets/heartbeat',
  'ANY /v1/tickets/heartbeat',
];

/** Each route has a function of its own, named as its key. */
const Resources = Object.fromEntries(
  KEYS.flatMap((RouteKey, n) => [
    [
      `R${n}`,
      {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { RouteKey, Target: { 'Fn::Join': ['/', ['integrations', { Ref: `I${n}` }]] } },
      },
    ],
    [
      `I${n}`,
      {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: { IntegrationUri: { 'Fn::GetAtt': [RouteKey, 'Arn'] } },
      },
    ],
  ]),
);
const find = routeFinder({ Resources });

test.each([
  ['GET /v1/tickets', 'ANY /v1/tickets', undefined],
  ['GET /v1/tickets/tkt_1/why', 'ANY /v1/tickets/{proxy+}', 'tkt_1/why'],
  ['GET /v1/tickets/archive/2026', 'ANY /v1/tickets/archive/{proxy+}', '2026'],
  ['GET /v1/tickets/archive', 'ANY /v1/tickets/{proxy+}', 'archive'],
  ['POST /v1/tickets/heartbeat', 'POST /v1/tickets/heartbeat', undefined],
  ['PUT /v1/tickets/heartbeat', 'ANY /v1/tickets/heartbeat', undefined],
  ['GET /v1/tickets/', '$default', undefined],
  ['GET /v1/ticketsandmore', '$default', undefined],
  ['GET /', '$default', undefined],
])('%s goes to %s', (request, key, proxy) => {
  const [method = '', path = ''] = request.split(' ');
  const found = find(method, path);
  expect(found).toEqual({ key, functionId: key, ...(proxy !== undefined && { proxy }) });
});
