// @pure

import * as z from 'zod';
import { instant } from '../../platform/clock.ts';
import type { SendOutcome, StatusReport } from '../core/provider-model.ts';

/**
 * Numbers and words of providers, held to what they can be. What cannot be is taken as not said: a report with an
 * impossible time still says that the message was delivered.
 */

/** A number or text as text, exactly as it was written (ids such as `0e999f21` are no numbers). */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** Whole seconds since the epoch, as far as the year 2286. */
const seconds = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number);
/** GSM numbers the parts of a message in one octet. Source: 3GPP TS 23.040, 9.2.3.24.1. */
const parts = z.coerce.number().int().min(1).max(255);
const amount = z.string().regex(/^-?\d{1,15}([.,]\d{1,10})?$/);
const MAX_REF_CHARS = 200;
const MAX_REFS = 20;
const MAX_CODE_CHARS = 64;
const MAX_WHY_CHARS = 200;

/** When something came about, as `at` of a report; nothing where the time cannot be. */
export const reportedAt = (value: unknown): Pick<StatusReport, 'at'> => {
  const read = seconds.safeParse(textOf(value));
  return read.success ? { at: instant(read.data * 1000) } : {};
};

export const partsOf = (value: unknown): { parts?: number } => {
  const read = parts.safeParse(textOf(value));
  return read.success ? { parts: read.data } : {};
};

/** A price or balance as the provider wrote it. */
export const amountOf = (value: unknown): string | undefined => amount.safeParse(textOf(value)).data;

export const isRef = (ref: string): boolean => ref.length > 0 && ref.length <= MAX_REF_CHARS;

/** Words of a report within bounds: they are stored. Undefined where the id cannot be one of ours to find. */
export const boundedReport = (report: StatusReport): StatusReport | undefined =>
  isRef(report.ref)
    ? {
        ...report,
        code: report.code.slice(0, MAX_CODE_CHARS),
        ...(report.errorCode !== undefined && { errorCode: report.errorCode.slice(0, MAX_CODE_CHARS) }),
      }
    : undefined;

/** What came of a message, within bounds. Without an id that can be kept nobody knows what was taken. */
export const boundedOutcome = (outcome: SendOutcome): SendOutcome => {
  if (outcome.kind === 'refused') {
    return {
      ...outcome,
      code: outcome.code.slice(0, MAX_CODE_CHARS),
      why: outcome.why.slice(0, MAX_WHY_CHARS),
    };
  }
  if (outcome.kind === 'lost') return outcome;
  const refs = outcome.refs.filter(isRef).slice(0, MAX_REFS);
  return refs.length > 0 ? { ...outcome, refs } : { kind: 'lost', why: 'an answer without an id' };
};
