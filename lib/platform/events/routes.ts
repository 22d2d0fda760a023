import table from './routes.json' with { type: 'json' };

/** Event → queues, as `npm run generate` found its consumers. In a bundle: those of the events it may publish. */
export const eventRoutes: Readonly<Record<string, readonly string[]>> = table;

/** The queues of an event. Throws Error on one without: an event nobody consumes is a mistake, and none is dropped. */
export const queuesOf = (type: string): readonly string[] => {
  const queues = eventRoutes[type];
  if (!queues) throw new Error(`event ${type} has no route`);
  return queues;
};
