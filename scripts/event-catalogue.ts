import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { EventDefinition } from '../lib/platform/events/define-event.ts';
import type { EventHandler } from '../lib/platform/queue/on-events.ts';

/** One event with everybody who consumes it. */
export interface CatalogueEntry {
  readonly name: string;
  /** The module that declares it. */
  readonly producer: string;
  /** Declared for the module's own consumers alone. */
  readonly internal: boolean;
  /** Written to its module's journal with the commit. */
  readonly recorded: boolean;
  /** From the comment above its declaration. */
  readonly meaning: string;
  /** Names of its data; `?` marks what may be missing. */
  readonly fields: readonly string[];
  /** Sorted by queue. */
  readonly consumers: readonly { readonly queue: string; readonly file: string }[];
}

/** The platform's own events, which any module may publish, and what their names begin with. */
const OF_THE_PLATFORM: Readonly<Record<string, string>> = {
  'lib/platform/audit.ts': 'audit',
  'lib/platform/approvals/events.ts': 'approvals',
  'lib/platform/auth/rights-lost.ts': 'auth',
  'lib/platform/socket/events.ts': 'connection',
};
const DECLARED_IN = ['lib/*/events.ts', 'lib/*/internal-events.ts', ...Object.keys(OF_THE_PLATFORM)];

const isDefinition = (value: unknown): value is EventDefinition =>
  typeof value === 'object' && value !== null && 'name' in value && 'draft' in value && 'to' in value;

const load = (root: string, file: string): Promise<Record<string, unknown>> => import(join(root, file));

interface Declared {
  readonly definition: EventDefinition;
  readonly file: string;
  readonly meaning: string;
}

/** The comment right above `export const <name> = defineEvent(`, as one line. */
const meaningOf = (text: string, exported: string): string => {
  const above = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export const ${exported} = defineEvent\\b`);
  const comment = above.exec(text)?.[1] ?? '';
  return comment.replaceAll(/\s*\n\s*\*\s*/g, ' ').trim();
};

const declaredEvents = async (root: string): Promise<Declared[]> => {
  const files = globSync(DECLARED_IN, { cwd: root }).toSorted();
  const found = files.map(async (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return Object.entries(await load(root, file)).flatMap(([exported, value]) =>
      isDefinition(value) ? [{ definition: value, file, meaning: meaningOf(text, exported) }] : [],
    );
  });
  return (await Promise.all(found)).flat();
};

interface Consumed {
  readonly event: string;
  readonly queue: string;
  readonly file: string;
}

const consumedEvents = async (root: string): Promise<Consumed[]> => {
  const files = globSync('functions/*/*.queue.ts', { cwd: root }).toSorted();
  const consumed = files.map(async (file) => {
    const { handler } = (await load(root, file)) as { handler: Partial<EventHandler> };
    return (handler.consumers ?? []).flatMap(({ queue, on }) =>
      on.map(({ event }) => ({ event, queue, file })),
    );
  });
  return (await Promise.all(consumed)).flat();
};

const moduleOf = (file: string): string => OF_THE_PLATFORM[file] ?? file.split('/')[1] ?? '';

interface JsonSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

const fieldsOf = (schema: JsonSchema): string[] => {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const each = choices.map((choice) => new Set(fieldsOf(choice)));
    const all = [...new Set(each.flatMap((fields) => [...fields]))];
    return all.map((field) =>
      field.endsWith('?') || each.every((fields) => fields.has(field)) ? field : `${field}?`,
    );
  }
  const { properties = {}, required = [] } = schema;
  return Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
};

const problemsOf = (declared: readonly Declared[], consumed: readonly Consumed[]): string[] => {
  const names = declared.map(({ definition }) => definition.name);
  return [
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `${name} is declared twice`),
    ...declared
      .filter(({ definition, file }) => !definition.name.startsWith(`${moduleOf(file)}.`))
      .map(({ definition, file }) => `${definition.name} is no event of ${file}`),
    ...declared
      .filter(({ definition }) => !definition.recorded)
      .filter(({ definition }) => !consumed.some(({ event }) => event === definition.name))
      .map(({ definition }) => `nobody consumes ${definition.name}`),
    ...consumed
      .filter(({ event }) => !names.some((name) => name === event))
      .map(({ event, file }) => `${file} receives ${event}, which nobody declares in an events.ts`),
  ];
};

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/**
 * All events of the product, sorted by name, as their declarations and their consumers' say.
 * Throws Error when one is declared twice, under another module's name, or consumed by nobody.
 */
export const eventCatalogue = async (root: string): Promise<CatalogueEntry[]> => {
  const [declared, consumed] = await Promise.all([declaredEvents(root), consumedEvents(root)]);
  const problems = problemsOf(declared, consumed);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return declared
    .map(({ definition, file, meaning }) => ({
      name: definition.name,
      producer: moduleOf(file),
      internal: basename(file) === 'internal-events.ts',
      recorded: definition.recorded,
      meaning,
      fields: fieldsOf(z.toJSONSchema(definition.schema, { unrepresentable: 'any' }) as JsonSchema),
      consumers: consumed
        .filter(({ event }) => event === definition.name)
        .map(({ queue, file: consumer }) => ({ queue, file: consumer }))
        .toSorted((a, b) => byText(a.queue, b.queue)),
    }))
    .toSorted((a, b) => byText(a.name, b.name));
};

/** lib/platform/events/routes.json: event → queues, one event a line. */
export const routesText = (catalogue: readonly CatalogueEntry[]): string => {
  const sent = catalogue.filter(({ consumers }) => consumers.length > 0);
  const lines = sent.map(({ name, consumers }) => {
    const queues = consumers.map(({ queue }) => JSON.stringify(queue)).join(', ');
    return `  ${JSON.stringify(name)}: [${queues}]`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
};
