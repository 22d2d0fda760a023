/**
 * The DynamoDB stand-in: dynoxide where its binary is installed, else MiniStack. dynoxide publishes a package for each platform,
 * and a registry may lack some of them.
 */
import { type DynoxideOptions, dynoxideBinary, StandInMissing, startDynoxide } from './dynoxide.ts';
import { NotToBeHad } from './emulators/emulator.ts';
import { startMinistack } from './emulators/ministack.ts';

export interface Store {
  readonly port: number;
  /** Whether what is in it outlives the run. */
  readonly isKept: boolean;
  /** Settles when the store ended, by whatever cause. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

export interface StoreOptions extends DynoxideOptions {
  readonly region: string;
  /** Told in one line when the store is not the usual one. */
  readonly say: (line: string) => void;
}

/** ROTADESK_STORE=ministack acts as if the binary were missing. */
const missing = (): StandInMissing | undefined => {
  try {
    dynoxideBinary();
  } catch (error) {
    if (error instanceof StandInMissing) return error;
    throw error;
  }
  return process.env.ROTADESK_STORE === 'ministack' ? new StandInMissing('ROTADESK_STORE') : undefined;
};

/** @throws StandInMissing when neither can be had; it says how either could. */
export async function startStore({ region, say, ...options }: StoreOptions): Promise<Store> {
  const withoutBinary = missing();
  if (!withoutBinary) return { ...(await startDynoxide(options)), isKept: options.dbPath !== undefined };
  try {
    const { name, url, ended, stop } = await startMinistack({ region, services: 'dynamodb' });
    say(
      `No dynoxide for ${process.platform}-${process.arch}: ${name} stands in for DynamoDB, and nothing is kept.`,
    );
    return { port: Number(new URL(url).port), isKept: false, ended, stop };
  } catch (error) {
    if (!(error instanceof NotToBeHad)) throw error;
    throw new StandInMissing(
      `${withoutBinary.message}\nNor could MiniStack be had (Python 3.10 with venv): ${error.message}`,
    );
  }
}
