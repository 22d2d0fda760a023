/** Where the console's files lie in their bucket; records of builds lie beside it and are served to nobody. */
export const SITE = 'site';

export const consoleBucketPrefix = (stage: string, service: string): string => `${stage}-${service}-console-`;
