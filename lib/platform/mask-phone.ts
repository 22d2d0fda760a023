/** Shown of a number: enough to recognise the operator and one's own number, too little to call it. */
const HEAD = 4;
const TAIL = 4;
/** An international number has 15 digits at most, and none with fewer than 8 is in use (ITU-T E.164). */
const PHONE = /\+\d{8,15}(?!\d)/g;

const masked = (phone: string): string => {
  // A short number would be shown whole: never more than half of it.
  const tail = Math.min(TAIL, Math.floor((phone.length - 1) / 3));
  return `${phone.slice(0, 1 + HEAD)}***${phone.slice(-tail)}`;
};

/** Every number in international form within a text: `+79161234567` → `+7916***4567`. */
export const maskPhone = (text: string): string => text.replace(PHONE, masked);
