/** The console on AWS: its files in S3, and CloudFront in front of them and of the API, at one name (docs/operations.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentSecurityPolicy, HSTS_SEC, PAGE_HEADERS } from '../console-headers.ts';
import type { Product } from '../declaration.ts';
import { importedApi, importedSockets } from '../localize.ts';
import { arn, KEPT, type Resource, type Resources, ref, type Value } from '../names.ts';
import { consoleBucketPrefix, SITE } from './site.ts';

/** Managed policies of CloudFront, by their ids (Amazon CloudFront Developer Guide, "Use managed cache policies"). */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const READ = ['GET', 'HEAD'];
const ALL = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'];

const bucket = ({ stage, service }: Product): Resource => ({
  Type: 'AWS::S3::Bucket',
  ...KEPT,
  Properties: {
    BucketName: { 'Fn::Sub': `${consoleBucketPrefix(stage, service)}\${AWS::AccountId}` },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    LifecycleConfiguration: {
      Rules: [
        {
          Id: 'incomplete',
          Status: 'Enabled',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
    },
  },
});

const ofDistribution: Value = {
  StringEquals: {
    'AWS:SourceArn': {
      'Fn::Sub': `arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${ConsoleDistribution}`,
    },
  },
};

/** With the right to list, a file that is missing is 404 and not 403. No address reaches the list itself: `/` is the page. */
const bucketPolicy: Resource = {
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: ref('ConsoleBucket'),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Read',
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: ['s3:GetObject'],
          Resource: [{ 'Fn::Sub': `\${ConsoleBucket.Arn}/${SITE}/*` }],
          Condition: ofDistribution,
        },
        {
          Sid: 'Missing',
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: ['s3:ListBucket'],
          Resource: [arn('ConsoleBucket')],
          Condition: ofDistribution,
        },
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: ['s3:*'],
          Resource: [arn('ConsoleBucket'), { 'Fn::Sub': `\${ConsoleBucket.Arn}/*` }],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  },
};

const edgeFunction = ({ stage, service }: Product, name: string, comment: string): Resource => ({
  Type: 'AWS::CloudFront::Function',
  Properties: {
    Name: `${stage}-${service}-${name}`,
    AutoPublish: true,
    FunctionConfig: { Comment: comment, Runtime: 'cloudfront-js-2.0' },
    FunctionCode: readFileSync(join(import.meta.dirname, `${name}-function.js`), 'utf8'),
  },
});

const headersPolicy = (product: Product): Resource => {
  const { stage, service, settings } = product;
  const policy = contentSecurityPolicy({
    live: `wss://${settings.consoleDomain}`,
    // The host of presigned forms and addresses.
    files: `https://${stage}-${service}-uploads-\${AWS::AccountId}.s3.\${AWS::Region}.\${AWS::URLSuffix}`,
  });
  const {
    'x-content-type-options': _nosniff,
    'x-frame-options': FrameOption,
    'referrer-policy': ReferrerPolicy,
    ...others
  } = PAGE_HEADERS;
  return {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: `${stage}-${service}-console`,
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: { 'Fn::Sub': policy }, Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption, Override: true },
          ReferrerPolicy: { ReferrerPolicy, Override: true },
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: HSTS_SEC,
            IncludeSubdomains: true,
            Override: true,
          },
        },
        CustomHeadersConfig: {
          Items: Object.entries(others).map(([Header, text]) => ({ Header, Value: text, Override: true })),
        },
      },
    },
  };
};

/** The gateways answer to whoever brings the secret. It stands in no template: CloudFormation reads it while it deploys. */
const gateway = ({ settings }: Product, id: string, origin: { api: Value; path?: string }): Value => ({
  Id: id,
  DomainName: {
    'Fn::Sub': [`\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}`, { Api: origin.api }],
  },
  ...(origin.path !== undefined && { OriginPath: origin.path }),
  CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
  OriginCustomHeaders: [
    {
      HeaderName: 'X-Origin-Secret',
      HeaderValue: `{{resolve:secretsmanager:${settings.originSecretName}:SecretString}}`,
    },
  ],
});

const runs = (id: string): Value => [
  { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } },
];

/** Nothing of the API is kept at the edge, and no plain HTTP is sent on to https: a token would have gone in clear. */
const apiBehaviour = (path: string, origin: string, methods: readonly string[]): Value => ({
  PathPattern: path,
  TargetOriginId: origin,
  ViewerProtocolPolicy: 'https-only',
  AllowedMethods: methods,
  CachePolicyId: CACHING_DISABLED,
  OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST,
  FunctionAssociations: runs('ConsoleApiFunction'),
});

/** Without custom error responses: they would make pages of the API's own 403 and 404. */
const distribution = (product: Product): Resource => {
  const { stage, service, settings } = product;
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Comment: `${stage}-${service} console`,
        Aliases: [settings.consoleDomain],
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        ...(settings.consoleWebAclArn && { WebACLId: settings.consoleWebAclArn }),
        ViewerCertificate: {
          AcmCertificateArn: settings.consoleCertificateArn,
          SslSupportMethod: 'sni-only',
          MinimumProtocolVersion: 'TLSv1.2_2021',
        },
        Origins: [
          {
            Id: 'files',
            DomainName: { 'Fn::GetAtt': ['ConsoleBucket', 'RegionalDomainName'] },
            OriginPath: `/${SITE}`,
            S3OriginConfig: { OriginAccessIdentity: '' },
            OriginAccessControlId: { 'Fn::GetAtt': ['ConsoleAccess', 'Id'] },
          },
          gateway(product, 'api', { api: importedApi(product) }),
          gateway(product, 'live', { api: importedSockets(product), path: `/${stage}` }),
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'files',
          ViewerProtocolPolicy: 'redirect-to-https',
          AllowedMethods: READ,
          Compress: true,
          CachePolicyId: CACHING_OPTIMIZED,
          ResponseHeadersPolicyId: ref('ConsoleHeaders'),
          FunctionAssociations: runs('ConsolePageFunction'),
        },
        CacheBehaviors: [
          apiBehaviour('/v1/live', 'live', READ),
          apiBehaviour('/v1/*', 'api', ALL),
          apiBehaviour('/.well-known/*', 'api', ALL),
        ],
      },
    },
  };
};

/** @throws Error when the deployment names no `consoleDomain`. */
export const consoleStack = (product: Product): Resources => {
  const { stage, service, settings } = product;
  if (settings.consoleDomain === '') throw new Error('the stack console needs the parameter consoleDomain');
  return {
    ConsoleBucket: bucket(product),
    ConsoleBucketPolicy: bucketPolicy,
    ConsoleAccess: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: {
        OriginAccessControlConfig: {
          Name: `${stage}-${service}-console`,
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      },
    },
    ConsolePageFunction: edgeFunction(product, 'page', 'The page at every address that a browser goes to'),
    ConsoleApiFunction: edgeFunction(product, 'api', 'Where the viewer is; the address of the WebSocket API'),
    ConsoleHeaders: headersPolicy(product),
    ConsoleDistribution: distribution(product),
  };
};

/** Where the console's name must lead: the target of its DNS record. */
export const consoleOutputs = {
  ConsoleTarget: { Value: { 'Fn::GetAtt': ['ConsoleDistribution', 'DomainName'] } },
};
