import type { Instant } from '../../platform/clock.ts';
import type {
  Consent,
  HolidayDays,
  LawRules,
  LegalEntity,
  ProviderFacts,
  SmsSettings,
  Suppression,
} from '../core/registry-model.ts';
import type { RuleName, RuleTrace, Sms, ZoneOrigin } from '../model.ts';
import type { GroupCount } from './groups.ts';
import type { Planned } from './quotas.ts';

/** The evaluated message, whether or not it exists yet. */
export type RequestedSms = Pick<
  Sms,
  'id' | 'entityId' | 'category' | 'phone' | 'country' | 'zone' | 'overCap' | 'providerId' | 'validUntil'
>;

/** Every input of the rules. Nothing else decides. */
export interface RuleFacts {
  readonly entity: LegalEntity | undefined;
  /** Providers the entity may use and that exist, in the order they would be tried. */
  readonly providers: readonly ProviderFacts[];
  readonly suppressions: readonly Suppression[];
  readonly consent: Consent | undefined;
  readonly settings: SmsSettings;
  /** Those that bind this message, each in the version in force. */
  readonly presets: readonly LawRules[];
  readonly holidays: readonly HolidayDays[];
  readonly planned: Planned;
  /** What the entity's group has counted: the caps of the laws bind both together. */
  readonly group?: GroupCount | undefined;
  /** The recipient's zone on record. */
  readonly recipientZone?: string;
}

/** What the rules say of one message at one moment. */
export interface Evaluation {
  readonly verdict: 'allow' | 'defer' | 'deny';
  /** The first rule that did not let it pass. */
  readonly reason?: RuleName;
  readonly nextAllowedAt?: Instant;
  /** The recipient's calendar day it would be counted on; absent where nothing is counted. */
  readonly plannedOn?: string;
  readonly trace: readonly RuleTrace[];
}

export interface Clocks {
  /** One when the recipient's zone is known, else one of each that the country's clocks differ by. */
  readonly zones: readonly string[];
  readonly known: boolean;
  /** By whose calendar days are counted. */
  readonly dayZone: string;
  readonly zoneFrom: ZoneOrigin;
  /** A zone that was named and does not count, being none of the country's. */
  readonly foreignZone?: string;
}
