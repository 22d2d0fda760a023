import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { moduleNames } from '../infra/modules.ts';
import type { Endpoint } from '../lib/platform/http/on-http.ts';
import { buildDocument } from '../lib/platform/openapi/build-document.ts';
import type { OpenApiDocument } from '../lib/platform/openapi/document.ts';

/** A module's endpoints, read from functions/<module>/routes.ts; a module without that file has none. */
export const endpointsOf = async (root: string, module: string): Promise<readonly Endpoint[]> => {
  const file = resolve(root, 'functions', module, 'routes.ts');
  if (!existsSync(file)) return [];
  const { endpoints = [] } = (await import(file)) as { endpoints?: readonly Endpoint[] };
  return endpoints;
};

/** Every module's endpoints. */
export const allEndpoints = async (root: string): Promise<Endpoint[]> => {
  const modules = moduleNames().toSorted();
  return (await Promise.all(modules.map((module) => endpointsOf(root, module)))).flat();
};

/** The document of the whole API, as docs/openapi.json must hold it. */
export const apiDocument = async (root: string): Promise<OpenApiDocument> => {
  const { version, description } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
  return buildDocument(await allEndpoints(root), { title: 'Rotadesk', version, description });
};

export const documentText = (document: OpenApiDocument): string => `${JSON.stringify(document, null, 1)}\n`;
