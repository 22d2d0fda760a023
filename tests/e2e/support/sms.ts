import { ask } from './ask.ts';
import type { Product } from './product.ts';

/** What lies in a phone's inbox at the sandbox SMS centre, newest last. */
export const textsTo = async ({ addresses }: Product, phone: string): Promise<string[]> => {
  const { body } = await ask(`${addresses.sms}/inbox/${encodeURIComponent(phone)}.json`, { token: '' });
  return (body as { text: string }[]).map(({ text }) => text);
};

/** The legal entity whose messages about debts are under the caps of the law. */
export const debtCollector = async ({ api }: Product, token: string): Promise<string> => {
  const entities = await ask(`${api}/v1/legal-entities`, { token });
  return entities.body.items.find(({ presets }: { presets: object }) => 'debt' in presets).entityId;
};
