/** Answers of the static console: a file by its path, and the page for every address that a browser goes to. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PAGE_HEADERS } from '../../infra/console-headers.ts';
import { hasSeen } from '../../lib/platform/http/answer.ts';
import type { ProblemCode } from '../http-api/problems.ts';
import { type ConsoleFile, type ConsoleFiles, PAGE } from './console-files.ts';

/**
 * Whether a person goes there, and no program asks for data or a file: Sec-Fetch-Mode says so, or else Accept, as browsers of before
 * 2023 do. A path whose last part has a dot names a file, and a missing file must not become a page.
 */
export const isNavigation = (path: string, headers: IncomingMessage['headers']): boolean => {
  const mode = headers['sec-fetch-mode'];
  if (path.slice(path.lastIndexOf('/')).includes('.')) return false;
  return mode === undefined ? /\btext\/html\b/.test(headers.accept ?? '') : mode === 'navigate';
};

const fileFor = (files: ConsoleFiles, path: string, request: IncomingMessage): ConsoleFile | undefined =>
  files.get(path === '/' ? PAGE : path) ??
  (isNavigation(path, request.headers) ? files.get(PAGE) : undefined);

export interface Console {
  readonly files: ConsoleFiles;
  /** Content-Security-Policy of every answer. */
  readonly policy: string;
}

/** @returns the problem, when nothing was answered. */
export function serveConsole(
  { files, policy }: Console,
  request: IncomingMessage,
  response: ServerResponse,
): ProblemCode | undefined {
  const { method = 'GET', url = '/', headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return 'method-not-allowed';
  const file = fileFor(files, url.split('?', 1)[0] ?? '/', request);
  if (!file) return 'route-not-found';
  const all = { ...PAGE_HEADERS, 'content-security-policy': policy, ...file.headers };
  if (hasSeen(headers['if-none-match'], file.headers.etag ?? '')) {
    response.writeHead(304, all).end();
    return undefined;
  }
  response.writeHead(200, { ...all, 'content-length': String(file.bytes.length) });
  response.end(method === 'HEAD' ? undefined : file.bytes);
  return undefined;
}
