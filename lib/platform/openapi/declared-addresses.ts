import type { HttpDeclaration } from '../http/declaration.ts';
import type { OpenApiDocument } from './document.ts';

type Address = Pick<HttpDeclaration, 'method' | 'path'>;

let known: readonly Address[] | undefined;

/** Methods and paths of all modules, read from the published document on first use. */
export const declaredAddresses = (publishedText: string): readonly Address[] => {
  known ??= Object.entries((JSON.parse(publishedText) as OpenApiDocument).paths).flatMap(
    ([path, operations]) =>
      Object.keys(operations).map((method) => ({ method: method.toUpperCase(), path }) as Address),
  );
  return known;
};
