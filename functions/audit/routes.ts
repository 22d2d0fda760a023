import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { getAuditRoute } from './get-audit.http.ts';

export const endpoints = [getAuditRoute];

export const handler = httpHandler(endpoints);
