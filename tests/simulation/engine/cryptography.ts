/**
 * Web Crypto works on threads of the real world, whose order no seed decides. Here its operations go one after another, and
 * virtual time stands still while one is under way.
 */
const OPERATIONS = ['generateKey', 'importKey', 'exportKey', 'sign', 'verify', 'digest'] as const;

type Operation = (...args: unknown[]) => Promise<unknown>;

let underWay = 0;
let last: Promise<unknown> = Promise.resolve();
let isSerial = false;

export const cryptographyIdle = (): boolean => underWay === 0;

/** When what is under way has ended, well or not. */
export const cryptographyDone = (): Promise<unknown> => last;

/** From now on in this process; twice is once. */
export const serialiseCryptography = (): void => {
  if (isSerial) return;
  isSerial = true;
  const subtle = globalThis.crypto.subtle as unknown as Record<string, Operation>;
  for (const name of OPERATIONS) {
    const operation = (subtle[name] as Operation).bind(subtle);
    const inTurn: Operation = (...args) => {
      underWay += 1;
      const mine = last
        .then(() => operation(...args))
        .finally(() => {
          underWay -= 1;
        });
      last = mine.catch(() => undefined);
      return mine;
    };
    Object.defineProperty(subtle, name, { value: inTurn, configurable: true });
  }
};
