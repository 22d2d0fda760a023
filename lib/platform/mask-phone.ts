/** Shown of a number at most: enough to tell its operator and to know one's own again, too little to call it. */
const HEAD = 4;
const TAIL = 4;
const HIDDEN_AT_LEAST = 3;
/** E.164: 15 digits at most; in use are no fewer than 8. In an address the plus is percent-encoded. */
const PHONE = /(\+|%2B)(\d{8,15})(?!\d)/gi;

const masked = (_: string, plus: string, digits: string): string => {
  const tail = Math.min(TAIL, digits.length - HEAD - HIDDEN_AT_LEAST);
  return `${plus}${digits.slice(0, HEAD)}***${digits.slice(-tail)}`;
};

/** Masks every number in international form within a text: `+79161234567` → `+7916***4567`. */
export const maskPhone = (text: string): string => text.replace(PHONE, masked);
