import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { getAudit } from './get-audit.http.ts';

export const endpoints = [getAudit];

export const handler = httpHandler(endpoints);
