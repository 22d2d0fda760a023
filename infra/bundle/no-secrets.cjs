// Stands for lib/platform/secrets/secrets-manager.ts in the bundles of functions that declare no `secrets`: their role could
// not read the secret either.
exports.readSecret = () => {
  throw new Error('this function declares no secrets in its functions.yml');
};
