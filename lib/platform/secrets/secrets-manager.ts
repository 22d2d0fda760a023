import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The text of a secret, by its name or ARN; empty when it holds none. */
export const readSecret = async (id: string): Promise<string> => {
  const answer = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: id }));
  return answer.SecretString ?? '';
};
