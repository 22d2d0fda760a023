// Stands for lib/platform/files/s3-files.ts in the bundles of functions that declare no bucket: their role could not use it
// either.
exports.openS3Files = () => {
  throw new Error('this function declares no bucket in its functions.yml');
};
