/** Headers of the console's pages and files: CloudFront sends them on AWS, the front of the local run on a laptop. */

export interface ConsoleOrigins {
  /** Of the WebSocket: `wss://desk.firm.example`. */
  readonly live: string;
  /** Where clients' files lie and are uploaded to. */
  readonly files: string;
}

/**
 * The console loads nothing but its own files, sends nothing to anybody but the API, the WebSocket and the bucket, and is shown in no
 * frame. Sinks of HTML take Trusted Types only (W3C Content Security Policy 3, Trusted Types).
 */
export const contentSecurityPolicy = ({ live, files }: ConsoleOrigins): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: ${files}`,
    `connect-src 'self' ${live} ${files}`,
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** Two years, as browsers' preload lists require (hstspreload.org). Not on a laptop, whose address is http. */
export const HSTS_SEC = 63_072_000;

/** What the console uses none of; the clipboard is left out, as it copies numbers and links. */
const UNUSED_FEATURES = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];

/**
 * Beside the policy above and, on https, Strict-Transport-Security. The referrer policy is not `no-referrer`: forms would then be
 * sent with `Origin: null`.
 */
export const PAGE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': UNUSED_FEATURES.map((name) => `${name}=()`).join(', '),
} as const;

/** Files whose names hold a hash of their content never change. All others are asked for again each time. */
export const ASSETS = '/assets/';
export const CACHE_FOR_EVER = 'public, max-age=31536000, immutable';
export const CACHE_NEVER = 'no-cache';
