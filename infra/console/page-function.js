// CloudFront Functions, runtime cloudfront-js-2.0; viewer request of the console's files alone.
// Every address that a browser goes to has the one page. A path whose last part has a dot names a file, and a missing file must not
// become a page: the same rule as in localstack/front/serve-console.ts.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const { request } = event;
  const { uri, headers } = request;
  const mode = headers['sec-fetch-mode'];
  const accept = headers.accept ? headers.accept.value : '';
  const isNavigation = mode ? mode.value === 'navigate' : accept.includes('text/html');
  const namesFile = uri.slice(uri.lastIndexOf('/')).includes('.');
  if (uri === '/' || (isNavigation && !namesFile)) request.uri = '/index.html';
  return request;
}
