// CloudFront Functions, runtime cloudfront-js-2.0; viewer request of the API's addresses.
// Says where the viewer is, whatever the viewer says. The WebSocket API has one address, its stage.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const { request, viewer } = event;
  request.headers['x-viewer-address'] = { value: viewer.ip };
  if (request.uri === '/v1/live') request.uri = '/';
  return request;
}
