// Stands for the S3 client in the bundles of functions that declare no bucket: their role could not use it either.
// Every name is a class which can be made, because the runtime makes its clients at cold start, and which cannot send.
const absent = class {
  send() {
    throw new Error('this function declares no bucket in its functions.yml');
  }
};

module.exports = new Proxy({}, { get: (_, name) => (name === '__esModule' ? true : absent) });
