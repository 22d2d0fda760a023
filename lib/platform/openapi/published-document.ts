import document from '../../../docs/openapi.json' with { type: 'json' };

/** The document of the whole API, as `npm run openapi` wrote it. In the bundles infra/bundle/packed-document.cjs replaces this file. */
export const publishedText = (): string => JSON.stringify(document);
