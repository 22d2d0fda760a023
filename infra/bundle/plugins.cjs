// What serverless-esbuild asks for: our esbuild plugins, made for this service.
const leanSdk = require('./lean-sdk.cjs');
const numberingPlans = require('./numbering-plans.cjs');
const ownRoutes = require('./own-routes.cjs');
const packedDocument = require('./packed-document.cjs');
const zodSettings = require('./zod-settings.cjs');

module.exports = (serverless) => [
  leanSdk(serverless),
  numberingPlans,
  ownRoutes,
  packedDocument,
  zodSettings,
];
