// Stands for lib/platform/connections/connections-api.ts in the bundles of functions that declare no `sendsFrames`: their role could
// not send any either.
exports.openConnections = () => {
  throw new Error('this function declares no sendsFrames in its functions.yml');
};
