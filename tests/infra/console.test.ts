import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { settingsSchema } from '../../infra/declaration.ts';
import { CONSOLE } from '../../infra/modules.ts';
import { functions, outputs, resources } from '../../infra/stack.ts';
import { isNavigation } from '../../localstack/front/serve-console.ts';
import { configurationOf } from './support/configuration.ts';
import type { Json, Resource } from './support/packaged.ts';

const NAME = 'desk.firm.example';
const GIVEN = {
  consoleDomain: NAME,
  publicUrl: `https://${NAME}`,
  consoleCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0000-1111',
  consoleWebAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/desk/0000-1111',
  originSecretName: 'prod/rotadesk/origin',
  originSecretSha256: 'a'.repeat(64),
};

let stack: Record<string, Resource>;
const the = (id: string): Json => stack[id]?.Properties;
const distribution = (): Json => the('ConsoleDistribution').DistributionConfig;
const behaviour = (path: string): Json =>
  distribution().CacheBehaviors.find(({ PathPattern }: Json) => PathPattern === path);
const origin = (id: string): Json => distribution().Origins.find(({ Id }: Json) => Id === id);

beforeAll(async () => {
  stack = (await resources(configurationOf(CONSOLE, GIVEN))) as unknown as Record<string, Resource>;
});

describe('the distribution', () => {
  test('has the name, the certificate and the web ACL that the deployment gives', () => {
    expect(distribution()).toMatchObject({
      Aliases: [NAME],
      WebACLId: GIVEN.consoleWebAclArn,
      ViewerCertificate: {
        AcmCertificateArn: GIVEN.consoleCertificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
      },
    });
  });

  test('makes no pages of the API’s own 403 and 404', () => {
    expect(distribution().CustomErrorResponses).toBeUndefined();
  });

  test.each([
    ['/v1/live', 'live', 2],
    ['/v1/*', 'api', 7],
    ['/.well-known/*', 'api', 7],
  ])('hands %s on to the %s, keeps nothing of it and takes no plain HTTP', (path, target, methods) => {
    const { AllowedMethods, ...rest } = behaviour(path);
    expect(AllowedMethods).toHaveLength(methods);
    expect(rest).toMatchObject({
      TargetOriginId: target,
      ViewerProtocolPolicy: 'https-only',
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      FunctionAssociations: [{ FunctionARN: { 'Fn::GetAtt': ['ConsoleApiFunction', 'FunctionARN'] } }],
    });
  });

  test('looks for the WebSocket’s address before the API’s, whose pattern fits it as well', () => {
    const paths = distribution().CacheBehaviors.map(({ PathPattern }: Json) => PathPattern);
    expect(paths).toEqual(['/v1/live', '/v1/*', '/.well-known/*']);
  });

  test('brings the gateways the secret, which stands in no template', () => {
    for (const id of ['api', 'live']) {
      expect(origin(id).OriginCustomHeaders).toEqual([
        {
          HeaderName: 'X-Origin-Secret',
          HeaderValue: '{{resolve:secretsmanager:prod/rotadesk/origin:SecretString}}',
        },
      ]);
      expect(origin(id).CustomOriginConfig.OriginProtocolPolicy).toBe('https-only');
    }
    expect(origin('live').OriginPath).toBe('/dev');
  });

  test('refers to nothing outside its stack but the two APIs', () => {
    const text = JSON.stringify(stack);
    const imported = [...text.matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name);
    expect(imported).toEqual(['sls-rotadesk-dev-HttpApiId', 'rotadesk-dev-WebsocketsApiId']);
    const referred = [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)].map(([, id]) => id);
    expect(referred.filter((id) => id === undefined || !(id in stack))).toEqual([]);
  });
});

describe('the console’s files', () => {
  test('are served under the whole policy and HSTS', () => {
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } =
      the('ConsoleHeaders').ResponseHeadersPolicyConfig;
    const files = `https://dev-rotadesk-uploads-\${AWS::AccountId}.s3.\${AWS::Region}.\${AWS::URLSuffix}`;
    expect(security.ContentSecurityPolicy.ContentSecurityPolicy['Fn::Sub']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: ${files}; connect-src 'self' wss://${NAME} ${files}; font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'`,
    );
    expect(security).toMatchObject({
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'same-origin' },
      ContentTypeOptions: { Override: true },
    });
    expect(custom.Items.map(({ Header }: Json) => Header)).toEqual([
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'permissions-policy',
    ]);
    expect(distribution().DefaultCacheBehavior.ResponseHeadersPolicyId).toEqual({ Ref: 'ConsoleHeaders' });
  });

  test('the uploads’ bucket that the policy names is the one that there is', async () => {
    const desk = (await resources(configurationOf('desk'))) as unknown as Record<string, Resource>;
    expect(desk.UploadsBucket?.Properties.BucketName).toEqual({
      'Fn::Sub': `dev-rotadesk-uploads-\${AWS::AccountId}`,
    });
  });

  test('may send clients’ files to their bucket', async () => {
    const desk = (await resources(configurationOf('desk', GIVEN))) as unknown as Record<string, Resource>;
    const [{ AllowedOrigins }] = desk.UploadsBucket?.Properties.CorsConfiguration.CorsRules ?? [];
    expect(AllowedOrigins).toEqual(['https://rotadesk.example', `https://${NAME}`]);
  });

  test('are read by this distribution alone, and nothing beside the site', () => {
    expect(the('ConsoleBucket').PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const [read, missing] = the('ConsoleBucketPolicy').PolicyDocument.Statement;
    for (const { Principal, Condition } of [read, missing]) {
      expect(Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
      expect(Condition.StringEquals['AWS:SourceArn']['Fn::Sub']).toContain('${ConsoleDistribution}');
    }
    expect(read.Resource).toEqual([{ 'Fn::Sub': '${ConsoleBucket.Arn}/site/*' }]);
    expect(origin('files').OriginPath).toBe('/site');
  });

  test('have no other answer kept by the edge for longer than they say', () => {
    expect(distribution().DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ['GET', 'HEAD'],
      CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      ViewerProtocolPolicy: 'redirect-to-https',
    });
  });
});

describe('at the edge', () => {
  const run = (name: string, uri: string, headers: Record<string, string> = {}): Json => {
    const code = readFileSync(join(__dirname, `../../infra/console/${name}-function.js`), 'utf8');
    const valued = Object.entries(headers).map(([key, value]) => [key, { value }]);
    const event = { request: { uri, headers: Object.fromEntries(valued) }, viewer: { ip: '192.0.2.7' } };
    return runInNewContext(`${code}; handler(event)`, { event });
  };

  test.each([
    ['/tickets/tkt_1', { 'sec-fetch-mode': 'navigate', accept: '*/*' }],
    ['/tickets/', { 'sec-fetch-mode': 'navigate' }],
    ['/tickets', { accept: 'text/html,*/*' }],
    ['/tickets', { accept: 'text/html', 'sec-fetch-mode': 'cors' }],
    ['/demo/people', { accept: 'application/json', 'sec-fetch-mode': 'cors' }],
    ['/assets/main-old.js', { 'sec-fetch-mode': 'navigate', accept: 'text/html' }],
    ['/assets/main.js', { 'sec-fetch-mode': 'no-cors', accept: '*/*' }],
    ['/tickets', {}],
  ])('%s with %j becomes the page exactly where it does on a laptop', (uri, headers) => {
    const { uri: became } = run('page', uri, headers);
    expect(became).toBe(isNavigation(uri, headers) ? '/index.html' : uri);
  });

  test('the name alone is the page for everybody', () => {
    expect(run('page', '/', { accept: '*/*' }).uri).toBe('/index.html');
  });

  test('a viewer cannot say where they are', () => {
    const { headers, uri } = run('api', '/v1/me', { 'x-viewer-address': '198.51.100.1' });
    expect([headers['x-viewer-address'], uri]).toEqual([{ value: '192.0.2.7' }, '/v1/me']);
  });

  test.each([
    ['/v1/live', '/'],
    ['/v1/live/tickets', '/v1/live/tickets'],
    ['/v1/lively', '/v1/lively'],
  ])('%s goes to the gateway as %s', (uri, onward) => expect(run('api', uri).uri).toBe(onward));

  test.each(['page', 'api'])('the function %s is what the template deploys', (name) => {
    const id = name === 'page' ? 'ConsolePageFunction' : 'ConsoleApiFunction';
    const code = readFileSync(join(__dirname, `../../infra/console/${name}-function.js`), 'utf8');
    expect(the(id)).toMatchObject({
      FunctionCode: code,
      AutoPublish: true,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    });
    expect(Buffer.byteLength(code)).toBeLessThan(10_000);
  });
});

describe('the stack', () => {
  test('has no functions of ours, and says where its name must lead', async () => {
    const configuration = configurationOf(CONSOLE, GIVEN);
    expect(await functions(configuration)).toEqual({});
    expect(await outputs(configuration)).toHaveProperty('ConsoleTarget');
  });

  test('has the WebSocket API from the stack that exports it', async () => {
    const { WebsocketsApiId } = (await outputs(configurationOf('live'))) as Json;
    expect(WebsocketsApiId).toEqual({
      Value: { Ref: 'WebsocketsApi' },
      Export: { Name: 'rotadesk-dev-WebsocketsApiId' },
    });
    expect(await outputs(configurationOf('desk'))).not.toHaveProperty('WebsocketsApiId');
  });

  test('is refused without a name', async () => {
    await expect(resources(configurationOf(CONSOLE))).rejects.toThrow('consoleDomain');
  });

  test('tells functions which header says where a viewer is', async () => {
    const declared = (await functions(configurationOf('identity', GIVEN))) as Json;
    expect(declared['identity-http'].environment).toMatchObject({
      VIEWER_ADDRESS_HEADER: 'x-viewer-address',
    });
    const without = (await functions(
      configurationOf('identity', { publicUrl: GIVEN.publicUrl, originSecretSha256: 'a'.repeat(64) }),
    )) as Json;
    expect(without['identity-http'].environment.VIEWER_ADDRESS_HEADER).toBeUndefined();
  });

  const settings = async (given: Record<string, string>) =>
    settingsSchema.safeParse(
      await configurationOf(CONSOLE, { ...GIVEN, ...given }).resolveVariable('self:custom.settings'),
    ).success;

  test.each([
    [
      'a certificate of another region',
      { consoleCertificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/1' },
    ],
    [
      'a web ACL of a region',
      { consoleWebAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/1' },
    ],
    ['a name that is an address', { consoleDomain: `https://${NAME}` }],
    ['another address of the API', { publicUrl: 'https://api.firm.example' }],
    ['no certificate', { consoleCertificateArn: '' }],
    ['no secret', { originSecretName: '' }],
    ['no hash of the secret', { originSecretSha256: '' }],
  ])('is refused with %s', async (_, wrong) => expect(await settings(wrong)).toBe(false));

  test('needs no web ACL', async () => expect(await settings({ consoleWebAclArn: '' })).toBe(true));
});
