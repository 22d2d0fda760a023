import * as z from 'zod';
import { nameUpTo } from '../../platform/input/name.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { type Desk, deskIdSchema } from '../model.ts';

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** A name of the IANA time zone database. `Intl` would take offsets like `+03:00` too, which know no summer time. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][\w+/-]*$/, 'is not an IANA time zone')
  .refine(isTimeZone, 'is not an IANA time zone')
  .meta({ description: 'IANA time zone, for example Europe/Berlin.', examples: ['Europe/Berlin'] });

export const deskNameSchema = nameUpTo(80);

export const deskView = lazily(() =>
  z
    .object({
      deskId: deskIdSchema,
      name: z.string(),
      timeZone: z.string(),
      version: z.int().min(0),
    })
    .meta({ id: 'Desk' }),
);
export type DeskView = z.infer<ReturnType<typeof deskView>>;

export const toDeskView = ({ id, name, timeZone, version }: Desk): DeskView => ({
  deskId: id,
  name,
  timeZone,
  version,
});
