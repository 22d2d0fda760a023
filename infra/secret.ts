import type { Product } from './declaration.ts';
import { type Resources, ref, type Value } from './names.ts';

const SECRET_ID = 'MasterSecret';
/** Of letters and digits: 64 of them hold more than 380 bits. */
const LENGTH = 64;

/** Its ARN. */
export const masterSecret = (): Value => ref(SECRET_ID);

/**
 * All that is derived or sealed comes from this one secret. CloudFormation makes it up and nobody sees it. Whoever changes a
 * word of `GenerateSecretString` has it made anew: codes under way, refresh tokens and stored providers' secrets would end.
 */
export const secrets = (product: Product): Resources => ({
  [SECRET_ID]: {
    Type: 'AWS::SecretsManager::Secret',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      Name: `${product.stage}-${product.service}-master`,
      Description: 'Sign-in codes, tokens and stored secrets are derived from it. Never change it by hand.',
      GenerateSecretString: { PasswordLength: LENGTH, ExcludePunctuation: true },
    },
  },
});
