/** The built console's files, read at the start. A request is looked up by its path and never becomes a path of the disk. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { ASSETS, CACHE_FOR_EVER, CACHE_NEVER } from '../../infra/console-headers.ts';

export interface ConsoleFile {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** By their paths at the address: `/index.html`, `/assets/main-3f9c.js`. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

export const PAGE = '/index.html';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export const consoleFile = (path: string, bytes: Buffer): ConsoleFile => ({
  bytes,
  headers: {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'cache-control': path.startsWith(ASSETS) ? CACHE_FOR_EVER : CACHE_NEVER,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  },
});

export const readConsoleFiles = (directory: string): ConsoleFiles =>
  new Map(
    // Vite's manifest lies in a hidden folder, and is nobody's to read.
    globSync('**/*.*', { cwd: directory, exclude: ['.*/**'] }).map((name) => {
      const path = `/${name.split(sep).join('/')}`;
      return [path, consoleFile(path, readFileSync(join(directory, name)))];
    }),
  );
