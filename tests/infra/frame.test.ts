import { functions, named, ofType, the } from './support/packaged.ts';

test('no function keeps old versions, each of which would be a resource', () => {
  expect(ofType('AWS::Lambda::Version')).toEqual([]);
});

test.each(functions)('$name runs Node 24 on arm64', ({ properties }) => {
  expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
});

test.each(functions)('$name has a short timeout and enough memory', ({ properties }) => {
  expect(properties.Timeout).toBeLessThanOrEqual(60);
  expect(properties.MemorySize).toBeGreaterThanOrEqual(256);
});

test.each(functions)('$name has a log group that forgets', ({ properties }) => {
  const groups = ofType('AWS::Logs::LogGroup').map(([, group]) => group.Properties);
  expect(groups).toContainEqual({
    LogGroupName: `/aws/lambda/${properties.FunctionName}`,
    RetentionInDays: 30,
  });
});

test('every log group has a retention', () => {
  const without = ofType('AWS::Logs::LogGroup').filter(([, { Properties }]) => !Properties.RetentionInDays);
  expect(without).toEqual([]);
});

test.each(functions)('$name carries the tags of its service and stage', ({ properties }) => {
  expect(properties.Tags).toEqual(
    expect.arrayContaining([
      { Key: 'service', Value: 'rotadesk' },
      { Key: 'stage', Value: 'dev' },
    ]),
  );
});

describe('the HTTP API', () => {
  const stage = () => the('HttpApiStage').Properties;
  const cors = () => the('HttpApi').Properties.CorsConfiguration;

  test('throttles below what the account may', () => {
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = stage().DefaultRouteSettings;
    expect(rate).toBeGreaterThan(0);
    expect(rate).toBeLessThanOrEqual(5_000);
    expect(burst).toBeGreaterThan(0);
    expect(burst).toBeLessThanOrEqual(5_000);
  });

  test('R-DESK-08 throttles heartbeats and presence apart, so that no flood of others starves them', () => {
    const { DefaultRouteSettings, RouteSettings } = stage();
    for (const route of ['POST /v1/executors/me/heartbeat', 'PUT /v1/executors/me/presence']) {
      const [found] = ofType('AWS::ApiGatewayV2::Route').filter(
        ([, { Properties }]) => Properties.RouteKey === route,
      );
      expect(the('HttpApiStage').DependsOn).toContain(found?.[0]);
      expect(RouteSettings[route].ThrottlingRateLimit).toBeGreaterThanOrEqual(
        DefaultRouteSettings.ThrottlingRateLimit,
      );
    }
  });

  test('names the origins that may call it', () => {
    expect(cors().AllowOrigins.length).toBeGreaterThan(0);
    expect(cors().AllowOrigins).not.toContain('*');
  });

  test('R-AUTH-02 lets no page of another origin have a session by cookie', () => {
    expect(cors().AllowCredentials).toBeUndefined();
    expect(cors().AllowHeaders.map((name: string) => name.toLowerCase())).not.toContain('x-session');
  });

  test('lets browsers send and read the headers of our contract', () => {
    expect(cors().AllowHeaders).toEqual(
      expect.arrayContaining([
        'Authorization',
        'Content-Type',
        'Idempotency-Key',
        'If-Match',
        'If-None-Match',
      ]),
    );
    expect(cors().ExposeHeaders).toEqual(
      expect.arrayContaining(['ETag', 'Location', 'Retry-After', 'RateLimit', 'X-Request-Id']),
    );
    expect(cors().AllowMethods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']));
  });

  test('writes access logs that hold no query and no header', () => {
    expect(named(stage().AccessLogSettings.DestinationArn)).toBe('HttpApiLogGroup');
    expect(stage().AccessLogSettings.Format).not.toMatch(/querystring|header|authorizer/i);
  });

  test('sends every path that no module has to the platform', () => {
    const routes = ofType('AWS::ApiGatewayV2::Route')
      .filter(([, { Properties }]) => named(Properties.ApiId) === 'HttpApi')
      .map(([, { Properties }]) => Properties.RouteKey);
    expect(routes).toContain('$default');
    expect(new Set(routes).size).toBe(routes.length);
  });
});

test('a schedule hands its time over: no input replaces the event', () => {
  const targets = ofType('AWS::Events::Rule').flatMap(([, { Properties }]) => Properties.Targets);
  expect(targets.length).toBeGreaterThanOrEqual(2);
  for (const target of targets) expect(Object.keys(target).sort()).toEqual(['Arn', 'Id']);
});
