import type { CatalogueEntry } from './event-catalogue.ts';

const HEAD = `# Events

Written by \`npm run generate\` from the declarations (\`lib/<module>/events.ts\`) and from what consumers declare
(\`functions/<module>/*.queue.ts\`); how to add one is said in [CONTRIBUTING.md](../CONTRIBUTING.md), why it is so in
[ADR 038](adr/038-events.md).

Events are committed in the transaction of the change they tell of and arrive at least once, in any order; \`aggregate\`
holds the version by which a consumer tells an older one. *Internal* ones are consumed by their own module alone: they may
change without asking anybody.
`;

/** `functions/desk/open-ticket.queue.ts` → `desk: open-ticket` */
const consumerName = (file: string): string => {
  const [, module, name = ''] = file.split('/');
  return `${module}: ${name.replace(/\.queue\.ts$/, '')}`;
};

const row = ({ name, meaning, fields, recorded, consumers }: CatalogueEntry): string => {
  const data = fields.map((field) => `\`${field}\``).join(', ');
  const queues = consumers.map(({ queue, file }) => `${consumerName(file)} (\`${queue}\`)`);
  const consumed = [...(recorded ? ['its module, with the commit'] : []), ...queues].join('<br>');
  return `| \`${name}\` | ${meaning.replaceAll('|', '\\|')} | ${data} | ${consumed} |`;
};

const table = (title: string, entries: readonly CatalogueEntry[]): string[] =>
  entries.length === 0
    ? []
    : [
        '',
        `${title}:`,
        '',
        '| event | says | data | consumed by (queue) |',
        '| --- | --- | --- | --- |',
        ...entries.map(row),
      ];

const moduleOf = (file: string): string => file.split('/')[1] ?? '';

/** Modules and who consumes them, themselves left out. */
const graph = (catalogue: readonly CatalogueEntry[]): string[] => {
  const arrows = catalogue.flatMap(({ producer, consumers }) =>
    consumers.map(({ file }) => [producer, moduleOf(file)]).filter(([from, to]) => from !== to),
  );
  const lines = new Set(arrows.map(([from, to]) => `  ${from} --> ${to}`));
  return ['', '## Who consumes whose events', '', '```mermaid', 'graph LR', ...[...lines].toSorted(), '```'];
};

/** docs/events.md. */
export const eventPage = (catalogue: readonly CatalogueEntry[]): string => {
  const modules = [...new Set(catalogue.map(({ producer }) => producer))];
  const sections = modules.flatMap((module) => {
    const own = catalogue.filter(({ producer }) => producer === module);
    return [
      '',
      `## ${module}`,
      ...table(
        'Published',
        own.filter(({ internal }) => !internal),
      ),
      ...table(
        'Internal',
        own.filter(({ internal }) => internal),
      ),
    ];
  });
  return `${HEAD}${[...graph(catalogue), ...sections].join('\n')}\n`;
};
