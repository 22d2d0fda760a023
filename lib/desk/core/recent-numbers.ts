/**
 * The numbers of an executor's last assignments as bits, from the last number backwards: bit n is the number n before the
 * last. 25 bytes at most, whoever was dealt how much, so that no item grows past a kilobyte by them.
 */
const BITS = 8;

/** `numbers` rise, and none is above `last`. Empty for none. */
export const packedNumbers = (numbers: readonly number[], last: number): Uint8Array => {
  const bytes = new Uint8Array(Math.ceil((last - (numbers[0] ?? last + 1) + 1) / BITS));
  for (const number of numbers) {
    const bit = last - number;
    const index = Math.floor(bit / BITS);
    bytes[index] = (bytes[index] ?? 0) | (1 << (bit % BITS));
  }
  return bytes;
};

/** The numbers, rising. */
export const unpackedNumbers = (bytes: Uint8Array | undefined, last: number): number[] => {
  const numbers: number[] = [];
  for (let bit = (bytes?.length ?? 0) * BITS - 1; bit >= 0; bit -= 1) {
    const byte = bytes?.[Math.floor(bit / BITS)] ?? 0;
    if (byte & (1 << (bit % BITS))) numbers.push(last - bit);
  }
  return numbers;
};
