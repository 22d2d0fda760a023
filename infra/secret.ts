import type { Product } from './declaration.ts';
import { KEPT, type Resources, type Value } from './names.ts';

const SECRET_ID = 'MasterSecret';
/** Of letters and digits: 64 of them hold more than 380 bits. */
const LENGTH = 64;

/**
 * Functions of every module ask for it by its name, which follows from the stage. AWS advises against names that end in a
 * hyphen and six characters, as ARNs do: hence the slashes.
 */
export const masterSecretName = ({ service, stage }: Product): string => `${stage}/${service}/master`;

/** For a policy: Secrets Manager ends each ARN in six random characters, which only the secret's own stack could know. */
export const masterSecretArn = (product: Product): Value => ({
  'Fn::Sub': `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${masterSecretName(product)}-??????`,
});

/**
 * All that is derived or sealed comes from this one secret. CloudFormation makes it up and nobody sees it. Whoever changes a
 * word of `GenerateSecretString` has it made anew: codes under way, refresh tokens and stored providers' secrets would end.
 */
export const secrets = (product: Product): Resources => ({
  [SECRET_ID]: {
    Type: 'AWS::SecretsManager::Secret',
    ...KEPT,
    Properties: {
      Name: masterSecretName(product),
      Description: 'Sign-in codes, tokens and stored secrets are derived from it. Never change it by hand.',
      GenerateSecretString: { PasswordLength: LENGTH, ExcludePunctuation: true },
    },
  },
});
