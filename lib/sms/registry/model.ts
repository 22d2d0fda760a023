import type { Instant } from '../../platform/clock.ts';
import type { Money } from '../../platform/money.ts';
import type { SmsCategory } from '../model.ts';

/** Hours of a local day, `HH:MM`, from (inclusive) to (exclusive); `24:00` is the day's end. */
export interface Hours {
  readonly from: string;
  readonly to: string;
}

/** `null`: not on such a day at all. */
export interface DayHours {
  readonly workday: Hours | null;
  readonly saturday: Hours | null;
  readonly sunday: Hours | null;
  readonly holiday: Hours | null;
}

export interface Caps {
  readonly perDay?: number;
  /** Calendar week, Monday to Sunday. */
  readonly perWeek?: number;
  /** Calendar month. */
  readonly perMonth?: number;
}

/** What a version of a law demands of messages: all that judging needs. */
export interface LawRules {
  readonly code: string;
  readonly version: number;
  /** ISO 3166-1: it binds messages to numbers of this country by itself, and its holidays count. */
  readonly country: string;
  readonly categories: readonly SmsCategory[];
  readonly hours?: DayHours;
  readonly caps?: Caps;
  /** Needs the recipient's consent on record. */
  readonly consent?: boolean;
  /** A recipient's STOP in answer to such a message ends all of the entity's messages of this category. Marketing ends anyway. */
  readonly optOut?: boolean;
  readonly effectiveFrom: string;
  readonly lawRef: string;
}

/** One version of a law preset, with where it comes from. */
export interface LawPreset extends LawRules {
  readonly title: string;
  readonly source: string;
  readonly checkedOn: string;
  /** What no source settles; shown wherever the preset is. */
  readonly unconfirmed: readonly string[];
  /** Of a version that never came into force. */
  readonly withdrawnAt?: Instant;
}

/** Days that are not what their weekday says. */
export interface SpecialDays {
  /** `YYYY-MM-DD` → name. */
  readonly holidays: Readonly<Record<string, string>>;
  /** Weekend days that are worked. */
  readonly workdays: readonly string[];
}

/** What is in force from a day of UTC on. */
export interface FromDay {
  readonly from: string;
}

/** Those of one country and year. */
export interface HolidayDays<Days extends SpecialDays = SpecialDays> extends SpecialDays {
  readonly country: string;
  readonly year: number;
  /** Of the first table of a year: until this day of UTC the year has none. */
  readonly from?: string;
  /** A looser table that is still to come. */
  readonly next?: Days & FromDay;
}

/** What somebody says of a year, and by what. */
export interface HolidaysDraft extends SpecialDays {
  readonly source: string;
  readonly unconfirmed: readonly string[];
}

export interface HolidayTable extends HolidaysDraft, HolidayDays<HolidaysDraft> {
  readonly version: number;
}

export interface SmsSettings {
  /** The global standard window; entities may only be stricter. */
  readonly window: Hours;
  /** A looser window, in force from this day of UTC on. */
  readonly next?: { readonly window: Hours; readonly from: string };
  readonly version: number;
}

/** Entities of one creditor, which share the caps of the laws (R-SMS-05). */
export interface EntityGroup {
  readonly groupId: string;
  /** Of one that leaves: the recipient's day from which it is counted alone. */
  readonly until?: string;
}

/** What an entity demands of its own messages: looser ones are an admin's, from the next day on (R-SMS-06). */
export interface EntityDemands {
  /** ISO 3166-1: how its callers write national numbers, and where a key that names no countries may send. */
  readonly country: string;
  /** Law presets per category, besides those that bind by the number's country. */
  readonly presets: Readonly<Partial<Record<SmsCategory, readonly string[]>>>;
  /** Its own window, inside the standard one. */
  readonly window?: Hours;
  /** Holds `transactional` to the window too. */
  readonly windowForTransactional: boolean;
  /** Own caps per category. The stricter of law and these counts. */
  readonly limits: Readonly<Partial<Record<SmsCategory, Caps>>>;
  /** Words that end its messages beside those of law and carriers. */
  readonly stopWords?: readonly string[];
}

/** A company on whose behalf messages go out. */
export interface LegalEntity extends EntityDemands {
  readonly id: string;
  readonly name: string;
  /** Sender name, where the provider's link has none of its own. */
  readonly senderName?: string;
  readonly active: boolean;
  /** What is looser and still to come, from this day of UTC on; `null` takes the window away. */
  readonly next?: Partial<Omit<EntityDemands, 'window'>> & {
    readonly from: string;
    readonly window?: Hours | null;
  };
  readonly group?: EntityGroup;
  /** Providers it may use. The own entity with an empty list may use every enabled one. */
  readonly providers: readonly EntityProvider[];
  readonly createdAt: Instant;
  readonly version: number;
}

export interface EntityProvider {
  readonly providerId: string;
  /** Sender name of this entity at this provider. */
  readonly sender?: string;
}

/** What the rules and the price need to know of a provider. The rest is the provider registry's. */
export interface ProviderFacts {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Smaller is tried first. */
  readonly priority: number;
  /** Price of one part, longest matching prefix of the number first; `''` is every number. */
  readonly prices: Readonly<Record<string, Money>>;
  readonly disabledAt?: Instant;
}

export interface Suppression {
  readonly phone: string;
  /** An entity's id, or `*` for all. */
  readonly entityId: string;
  readonly categories: readonly SmsCategory[];
  /** Those of them that the phone's own stop or a provider's stop-list added: a start takes them away again. */
  readonly stopped?: readonly SmsCategory[];
  readonly reason: string;
  /** `manager`, `import`, `stop` (the recipient asked), `provider` (the provider's stop code). */
  readonly source: string;
  readonly at: Instant;
  readonly by: string;
}

/** What a person agreed to: kept with its proof, and when it ended. */
export interface Consent {
  readonly entityId: string;
  readonly phone: string;
  readonly grantedAt: Instant;
  readonly revokedAt?: Instant;
  /** Where the proof is: a form's number, a call record. */
  readonly proof: string;
  readonly by: string;
}
