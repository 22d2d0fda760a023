import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Endpoint } from '../lib/platform/http/on-http.ts';
import { buildDocument } from '../lib/platform/openapi/build-document.ts';
import type { OpenApiDocument } from '../lib/platform/openapi/document.ts';

/** Every module's endpoints, read from functions/<module>/routes.ts. */
export const allEndpoints = async (root: string): Promise<Endpoint[]> => {
  const functions = resolve(root, 'functions');
  const files = readdirSync(functions)
    .toSorted()
    .map((module) => join(functions, module, 'routes.ts'))
    .filter((file) => existsSync(file));
  const routes = await Promise.all(files.map((file) => import(file) as Promise<{ endpoints?: Endpoint[] }>));
  return routes.flatMap(({ endpoints = [] }) => endpoints);
};

/** The document of the whole API, as docs/openapi.json must hold it. */
export const apiDocument = async (root: string): Promise<OpenApiDocument> => {
  const { version, description } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
  return buildDocument(await allEndpoints(root), { title: 'Rotadesk', version, description });
};

export const documentText = (document: OpenApiDocument): string => `${JSON.stringify(document, null, 1)}\n`;
