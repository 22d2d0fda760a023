/** What an empty module consists of: the text of each file by its path. It declares nothing, and has a stack all the same. */
export const moduleFiles = (name: string): Readonly<Record<string, string>> => ({
  [`lib/${name}/module.ts`]: `import { defineModule } from '../platform/define-module.ts';

export const definition = defineModule({ name: '${name}' });
`,
  [`functions/${name}/functions.yml`]: `# What runs of ${name}. The words are explained in infra/declaration.ts.
functions: {}
`,
});
