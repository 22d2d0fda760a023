/** Ids of ours: a prefix and a UUID. They open nothing by themselves. */
const ID = /[a-z]+_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** 128 random bits and more, as this product and others write them: one long word of base64url or hex. */
const LONG_WORD = /[A-Za-z0-9+_=-]{22,}/g;
/** A field that only secrets stand in, however short. */
const SECRET_NAME = /^(policy|x-amz-(signature|credential|security-token))$/i;

const stringsOf = (value: unknown, name = ''): [name: string, text: string][] => {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([each, part]) => stringsOf(part, each));
};

/** Whatever in an answer reads like a secret: keys, derived tokens in addresses, signatures and policies of forms. */
export const secretsOf = (answer: unknown): string[] =>
  stringsOf(answer).flatMap(([name, text]) =>
    SECRET_NAME.test(name) ? [text] : (text.replace(ID, ' ').match(LONG_WORD) ?? []),
  );
