// Stands for the S3 client in the bundles of functions that declare no bucket: their role could not use it either.
// The client is a class which can be made, because the runtime makes its clients at cold start, and which cannot send.
// It must be an own property: esbuild copies those, and a Proxy has none to copy.
exports.S3Client = class {
  send() {
    throw new Error('this function declares no bucket in its functions.yml');
  }
};
