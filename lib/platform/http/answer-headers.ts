import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** Two years, as browsers' preload lists require (RFC 6797; hstspreload.org). */
const HSTS = 'max-age=63072000; includeSubDomains';

/** A page of ours may load nothing, send nothing and be shown in no frame, unless it says so itself. */
const PAGE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const pageHeaders = { 'content-security-policy': PAGE_POLICY, 'referrer-policy': 'no-referrer' };

type Headers = Readonly<Record<string, boolean | number | string>>;

/** What every answer carries; headers of the answer's own win. */
export const withSecurityHeaders = (headers: Headers = {}): Record<string, boolean | number | string> => ({
  'x-content-type-options': 'nosniff',
  'strict-transport-security': HSTS,
  ...(/^text\/html\b/i.test(String(headers['content-type'] ?? '')) && pageHeaders),
  ...headers,
});

/** The answer to HEAD: that of GET, without its content (RFC 9110, section 9.3.2). */
export const withoutContent = ({
  body: _,
  ...head
}: APIGatewayProxyStructuredResultV2): APIGatewayProxyStructuredResultV2 => head;
