import type { Product, Settings } from './declaration.ts';
import { SOCKETS_API_ID, type Value } from './names.ts';

/** The gateway's own address; the API is known before any function is, so nothing goes in circles. */
const ownAddress = (path: string): Value => ({
  'Fn::Sub': `https://\${HttpApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}${path}`,
});

/** Base address for links and signatures, without a slash at its end. */
export const publicUrl = ({ publicUrl: given }: Settings): Value => given || ownAddress('');

/** `iss` of access tokens: the product signs its own unless the deployment names another issuer. */
export const issuer = (settings: Settings): Value => settings.authIssuer || publicUrl(settings);

/** Where the issuer's public keys are: at the gateway, unless that answers to CloudFront alone. */
export const jwksUrl = ({ authJwksUrl, originSecretSha256, publicUrl: front }: Settings): Value => {
  const path = '/.well-known/jwks.json';
  return authJwksUrl || (originSecretSha256 ? `${front}${path}` : ownAddress(path));
};

/** Where functions reach open connections. Its domain is the gateway's own even when clients come by another. */
export const callbackUrl = ({ stage }: Product): Value => ({
  'Fn::Sub': `https://\${${SOCKETS_API_ID}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${stage}`,
});
