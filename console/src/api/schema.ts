// Generated from docs/openapi.json by `npm run generate`.
type Headers = { [name: string]: unknown };
type NoParameters = { query?: never; header?: never; path?: never; cookie?: never };

export interface paths {
"/.well-known/jwks.json": {
parameters: NoParameters;
/** Get the public keys of access tokens */
get: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
keys: {
kid: string;
kty: string;
crv: string;
x: string;
y: string;
alg: string;
use: string;
}[];
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/api-keys": {
parameters: NoParameters;
/** List API keys */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["ApiKey"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Create an API key */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
name: string;
scopes: ("sms:send" | "sms:read" | "sms:webhooks")[];
/** Legal entities whose SMS it may send and read. Everything of others answers 404. */
entityIds: components["schemas"]["LegalEntityId"][];
/** Categories it may send. */
categories: ("transactional" | "debt" | "marketing")[];
/** Countries of the numbers it may send to; left out: those of its legal entities. */
countries?: string[];
/** Messages it may register in a day of UTC; more are 429 `daily-budget`. */
messagesPerDay?: number;
/** Budget for the `price` of its SMS; left out: unlimited. With a budget an SMS without a price is refused. */
costBudget?: components["schemas"]["CostBudget"];
/** When it ends by itself; left out: when it is revoked. */
expiresAt?: string;
} } };
responses: {
201: { headers: Headers; content: { "application/json": {
keyId: components["schemas"]["ApiKeyId"];
name: string;
scopes: ("sms:send" | "sms:read" | "sms:webhooks")[];
entityIds: string[];
categories: string[];
countries: string[] | null;
messagesPerDay: number;
costBudget: components["schemas"]["CostBudget"] | null;
expiresAt: string | null;
createdAt: string;
createdBy: string;
/** To the hour. */
lastUsedAt: string | null;
revokedAt: string | null;
key: string | null;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/api-keys/{keyId}": {
parameters: NoParameters;
/** Revoke an API key */
delete: {
parameters: { query?: never; header?: never; path: { "keyId": components["schemas"]["ApiKeyId"]; }; cookie?: never; };
requestBody?: never;
responses: {
204: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/audit": {
parameters: NoParameters;
/** Search the audit log */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "subject"?: string; "actor"?: string; "from"?: string; "to"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: {
id: string;
at: string;
actor: {
id: string;
roles: string[];
};
action: string;
subject: string;
deskId?: string;
details: { [key: string]: unknown };
origin: {
ip: string;
requestId: string;
};
}[];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/board": {
parameters: NoParameters;
/** Get a desk's board */
get: {
parameters: { query?: { "deskId"?: components["schemas"]["DeskId"]; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
deskId: components["schemas"]["DeskId"];
name: string;
at: string;
lines: ({
line: "orphaned" | "urgent" | "new";
waiting: components["schemas"]["Count"];
/** The one that is served first. */
head: {
ticketId: string;
orderedAt: string;
waitingSince: string;
} | null;
/** How long the first one has been waiting this time. */
headWaitSec: number | null;
})[];
/** Executors by where they stand: room for all, ordinary room, full, then the absent. */
roster: {
all: components["schemas"]["Count"];
ordinary: components["schemas"]["Count"];
full: components["schemas"]["Count"];
draining: components["schemas"]["Count"];
suspect: components["schemas"]["Count"];
away: components["schemas"]["Count"];
offline: components["schemas"]["Count"];
};
/** The first eight on the roster; `GET /v1/executors` lists them all. */
executors: components["schemas"]["Executor"][];
limits: {
version: number;
values: {
maxTicketsPerExecutor: number;
maxUrgentTicketsPerExecutor: number;
maxWaitSec: number;
maxUrgentWaitSec: number;
maxReconnectWaitSec: number;
heartbeatPeriodSec: number;
missedHeartbeats: number;
waitWarningPercent: number;
passedOverAfterMissSec: number;
passedOverAfterDeclineSec: number;
missesUntilAway: number;
closeUnansweredSec: number;
urgentMessagesPerDay: number;
notUrgentHoldSec: number;
estimateMinIntervals: number;
};
};
/** The newest first. */
decisions: ({
at: string;
ticketId: string;
executorId: string;
rule: "plan" | "manual" | "transfer" | "reassign";
number: number | null;
overCap: boolean;
})[];
/** The newest first. */
alerts: ({
kind: "overdue";
at: string;
ticketId: string;
line: "orphaned" | "urgent" | "new";
urgent: boolean;
waitingSince: string;
})[];
/** The last 200 numbers of the dispatcher's sequence, counted for those online now, up to 100 of each list of the roster: someone who has just come pulls it down. */
fairness: components["schemas"]["Fairness"];
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/clients/{clientId}": {
parameters: NoParameters;
/** Get a client */
get: {
parameters: { query?: never; header?: never; path: { "clientId": components["schemas"]["UserId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["ClientCard"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/consents": {
parameters: NoParameters;
/** List consents of a legal entity */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "entityId"?: components["schemas"]["LegalEntityId"]; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Consent"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Record a consent */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
entityId: components["schemas"]["LegalEntityId"];
/** E.164, any international notation (+, 00 or tel:, with spaces, brackets, dots, dashes, digits of any script), or that of the default country. */
phone: string;
/** ISO 3166-1 alpha-2. */
country?: string;
proof: string;
/** When it was given, not in the future; left out: now. */
grantedAt?: string;
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["Consent"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/consents/import": {
parameters: NoParameters;
/** Import consents */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
csv: string;
/** ISO 3166-1 alpha-2. */
country?: string;
/** IANA time zone of dates that carry no offset; a day begins at its midnight. */
zone?: string;
entityId: components["schemas"]["LegalEntityId"];
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["ImportReport"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/consents/{entityId}/{phone}": {
parameters: NoParameters;
/** Withdraw a consent */
delete: {
parameters: { query?: never; header?: never; path: { "entityId": components["schemas"]["LegalEntityId"]; "phone": string; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Consent"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/desks": {
parameters: NoParameters;
/** List desks */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Desk"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Create a desk */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
name: string;
/** IANA time zone, for example Europe/Berlin. */
timeZone: string;
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["Desk"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/desks/{deskId}": {
parameters: NoParameters;
/** Get a desk */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "deskId": components["schemas"]["DeskId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Desk"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Update a desk's name or time zone */
patch: {
parameters: { query?: never; header: { "If-Match": string; }; path: { "deskId": components["schemas"]["DeskId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
name?: string;
/** IANA time zone, for example Europe/Berlin. */
timeZone?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Desk"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/docs": {
parameters: NoParameters;
/** Get the API reference as a page */
get: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "text/html; charset=utf-8": string } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/email-confirmations/{token}": {
parameters: NoParameters;
/** Show the e-mail confirmation page */
get: {
parameters: { query?: never; header?: never; path: { "token": string; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "text/html; charset=utf-8": string } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Confirm an e-mail address */
post: {
parameters: { query?: never; header?: never; path: { "token": string; }; cookie?: never; };
requestBody?: { content: { "*/*": string } };
responses: {
200: { headers: Headers; content: { "text/html; charset=utf-8": string } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/executors": {
parameters: NoParameters;
/** List executors of a desk */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "deskId"?: components["schemas"]["DeskId"]; "presence"?: "online" | "draining" | "away" | "suspect" | "offline"; "sort"?: "turn" | "load" | "name"; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["ExecutorRow"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/executors/colleagues": {
parameters: NoParameters;
/** List colleagues on your desk */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Colleague"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/executors/me": {
parameters: NoParameters;
/** Get your own presence and load */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["OwnPresence"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/executors/me/heartbeat": {
parameters: NoParameters;
/** Send a heartbeat */
post: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["OwnPresence"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/executors/me/next": {
parameters: NoParameters;
/** Get what you may expect next, and why nothing comes */
get: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Next"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/executors/me/presence": {
parameters: NoParameters;
/** Set your presence */
put: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
presence: "online" | "draining" | "away" | "offline";
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["OwnPresence"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/executors/{executorId}": {
parameters: NoParameters;
/** Get an executor's presence and load */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "executorId": components["schemas"]["UserId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["OwnPresence"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Create or update executor */
put: {
parameters: { query?: never; header?: { "If-Match"?: string; }; path: { "executorId": components["schemas"]["UserId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
name: string;
homeDeskId: components["schemas"]["DeskId"];
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Executor"] } };
201: { headers: Headers; content: { "application/json": components["schemas"]["Executor"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/executors/{executorId}/force-offline": {
parameters: NoParameters;
/** Force an executor offline */
post: {
parameters: { query?: never; header?: never; path: { "executorId": components["schemas"]["UserId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Executor"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/executors/{executorId}/reassign": {
parameters: NoParameters;
/** Reassign all tickets of an executor */
post: {
parameters: { query?: never; header?: never; path: { "executorId": components["schemas"]["UserId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
toExecutorId?: components["schemas"]["UserId"];
reason: string;
} } };
responses: {
202: { headers: Headers; content: { "application/json": {
executorId: components["schemas"]["UserId"];
tickets: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/holidays/{country}/{year}": {
parameters: NoParameters;
/** Get the holiday table of a country and year */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "country": string; "year": string; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["HolidayTable"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Replace the holiday table of a country and year */
put: {
parameters: { query?: never; header?: { "If-Match"?: string; }; path: { "country": string; "year": string; }; cookie?: never; };
requestBody: { content: { "application/json": {
holidays: { [key: string]: string };
workdays?: string[];
source: string;
unconfirmed?: string[];
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["HolidayTable"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/inbound-sms": {
parameters: NoParameters;
/** List inbound SMS */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "entityId"?: components["schemas"]["LegalEntityId"]; "open"?: "true"; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["InboundSms"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/inbound-sms/{inboundId}": {
parameters: NoParameters;
/** Get an inbound SMS */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "inboundId": components["schemas"]["InboundSmsId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["InboundSms"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/inbound-sms/{inboundId}/resolve": {
parameters: NoParameters;
/** Resolve a likely opt-out */
post: {
parameters: { query?: never; header?: never; path: { "inboundId": components["schemas"]["InboundSmsId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
as: "stop" | "nothing";
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["InboundSms"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/law-presets": {
parameters: NoParameters;
/** List law presets */
get: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["LawPreset"][];
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/law-presets/{code}": {
parameters: NoParameters;
/** List versions of a law preset */
get: {
parameters: { query?: never; header?: never; path: { "code": string; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["LawPreset"][];
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/law-presets/{code}/versions": {
parameters: NoParameters;
/** Publish a version of a law preset */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path: { "code": string; }; cookie?: never; };
requestBody: { content: { "application/json": {
title: string;
/** ISO 3166-1 alpha-2. */
country: string;
categories: ("transactional" | "debt" | "marketing")[];
/** Local hours of each kind of day; 00:00 to 24:00 where the law names none. */
hours: components["schemas"]["DayHours"];
caps?: components["schemas"]["Caps"];
consent?: boolean;
/** STOP in answer to a debt text ends the entity’s debt texts to that phone. */
optOut?: boolean;
effectiveFrom: string;
lawRef: string;
source: string;
checkedOn: string;
unconfirmed?: string[];
/** Why, of a version that is looser than the one it follows; an admin’s. */
reason?: string;
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["LawPreset"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/law-presets/{code}/versions/{version}/withdraw": {
parameters: NoParameters;
/** Withdraw a version of a law preset */
post: {
parameters: { query?: never; header?: never; path: { "code": string; "version": string; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LawPreset"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/legal-entities": {
parameters: NoParameters;
/** List legal entities */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["LegalEntity"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Create a legal entity */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
name: string;
/** ISO 3166-1 alpha-2. */
country: string;
presets?: Partial<Record<"transactional" | "debt" | "marketing", string[]>>;
windowForTransactional?: boolean;
limits?: Partial<Record<"transactional" | "debt" | "marketing", components["schemas"]["Caps"]>>;
/** End its messages, beside the words of law and carriers. */
stopWords?: string[];
/** A number of up to 15 digits or a name of up to 11 characters. */
senderName?: string;
window?: components["schemas"]["Hours"];
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["LegalEntity"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/legal-entities/{entityId}": {
parameters: NoParameters;
/** Get a legal entity and its settings */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "entityId": components["schemas"]["LegalEntityId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LegalEntity"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Update a legal entity */
patch: {
parameters: { query?: never; header: { "If-Match": string; }; path: { "entityId": components["schemas"]["LegalEntityId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
name?: string;
/** ISO 3166-1 alpha-2. */
country?: string;
presets?: Partial<Record<"transactional" | "debt" | "marketing", string[]>>;
windowForTransactional?: boolean;
limits?: Partial<Record<"transactional" | "debt" | "marketing", components["schemas"]["Caps"]>>;
/** End its messages, beside the words of law and carriers. */
stopWords?: string[];
senderName?: string | null;
window?: components["schemas"]["Hours"] | null;
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LegalEntity"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/legal-entities/{entityId}/activate": {
parameters: NoParameters;
/** Activate a legal entity */
post: {
parameters: { query?: never; header?: never; path: { "entityId": components["schemas"]["LegalEntityId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LegalEntity"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/legal-entities/{entityId}/deactivate": {
parameters: NoParameters;
/** Deactivate a legal entity */
post: {
parameters: { query?: never; header?: never; path: { "entityId": components["schemas"]["LegalEntityId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LegalEntity"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/legal-entities/{entityId}/group": {
parameters: NoParameters;
/** Add a legal entity to a group */
put: {
parameters: { query?: never; header?: never; path: { "entityId": components["schemas"]["LegalEntityId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
/** Names the creditor, e.g. by its tax number. */
groupId: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LegalEntity"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/legal-entities/{entityId}/group/leave": {
parameters: NoParameters;
/** Remove a legal entity from its group */
post: {
parameters: { query?: never; header?: never; path: { "entityId": components["schemas"]["LegalEntityId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LegalEntity"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/legal-entities/{entityId}/providers": {
parameters: NoParameters;
/** List providers of a legal entity */
get: {
parameters: { query?: never; header?: never; path: { "entityId": components["schemas"]["LegalEntityId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["EntityProvider"][];
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/legal-entities/{entityId}/providers/{providerId}": {
parameters: NoParameters;
/** Allow a legal entity a provider */
put: {
parameters: { query?: never; header?: never; path: { "entityId": components["schemas"]["LegalEntityId"]; "providerId": components["schemas"]["SmsProviderId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
/** A number of up to 15 digits or a name of up to 11 characters. */
sender?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LegalEntity"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Remove a provider from a legal entity */
delete: {
parameters: { query?: never; header?: never; path: { "entityId": components["schemas"]["LegalEntityId"]; "providerId": components["schemas"]["SmsProviderId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LegalEntity"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/limits": {
parameters: NoParameters;
/** Get limits, global or of a desk */
get: {
parameters: { query?: { "deskId"?: components["schemas"]["DeskId"]; }; header?: { "If-None-Match"?: string; }; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Limits"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Update limits, global or of a desk */
patch: {
parameters: { query?: never; header: { "If-Match": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
/** Absent: the global values. */
deskId?: components["schemas"]["DeskId"];
values: {
maxTicketsPerExecutor?: number | null;
maxUrgentTicketsPerExecutor?: number | null;
maxWaitSec?: number | null;
maxUrgentWaitSec?: number | null;
maxReconnectWaitSec?: number | null;
heartbeatPeriodSec?: number | null;
missedHeartbeats?: number | null;
waitWarningPercent?: number | null;
passedOverAfterMissSec?: number | null;
passedOverAfterDeclineSec?: number | null;
missesUntilAway?: number | null;
closeUnansweredSec?: number | null;
urgentMessagesPerDay?: number | null;
notUrgentHoldSec?: number | null;
estimateMinIntervals?: number | null;
};
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Limits"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/limits/history": {
parameters: NoParameters;
/** List changes of limits, newest first */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: ({
version: number;
at: string;
actorId: string;
reason?: string;
deskId: components["schemas"]["DeskId"] | null;
changes: ({
name: "maxTicketsPerExecutor" | "maxUrgentTicketsPerExecutor" | "maxWaitSec" | "maxUrgentWaitSec" | "maxReconnectWaitSec" | "heartbeatPeriodSec" | "missedHeartbeats" | "waitWarningPercent" | "passedOverAfterMissSec" | "passedOverAfterDeclineSec" | "missesUntilAway" | "closeUnansweredSec" | "urgentMessagesPerDay" | "notUrgentHoldSec" | "estimateMinIntervals";
from: number | null;
to: number | null;
})[];
})[];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/live/tickets": {
parameters: NoParameters;
/** Get a ticket for a live connection */
post: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["LiveTicket"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/me": {
parameters: NoParameters;
/** Get your own user */
get: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["User"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Update your name, display name or language */
patch: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
name?: string;
/** What clients see when you answer them; null for your given name. */
displayName?: string | null;
/** Language of notifications to this user. */
locale?: "ru" | "en";
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["User"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/me/email": {
parameters: NoParameters;
/** Set your e-mail address */
put: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
/** An e-mail address; its domain in any script, or as xn--. */
email: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["User"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/me/email/resend": {
parameters: NoParameters;
/** Resend the confirmation e-mail */
post: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
202: { headers: Headers; content: { "application/json": components["schemas"]["User"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/me/proof": {
parameters: NoParameters;
/** Prove who you are once more */
post: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
challengeId: components["schemas"]["ChallengeId"];
code: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["ProvedToken"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/me/sessions": {
parameters: NoParameters;
/** List own sessions */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Session"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** End all your other sessions */
delete: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
204: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/me/sessions/{sessionId}": {
parameters: NoParameters;
/** End one of your sessions */
delete: {
parameters: { query?: never; header?: never; path: { "sessionId": components["schemas"]["SessionId"]; }; cookie?: never; };
requestBody?: never;
responses: {
204: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/messages": {
parameters: NoParameters;
/** Send a message to the desk */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
text: string;
/** A ticket of yours to continue. An unknown, malformed or foreign id opens a new ticket. */
ticketId?: unknown;
/** Three a day are granted; GET says whether. */
urgent?: boolean;
/** Ids of uploads, each used once. */
attachments?: components["schemas"]["UploadId"][];
} } };
responses: {
202: { headers: Headers; content: { "application/json": {
messageId: components["schemas"]["MessageId"];
state: "accepted";
acceptedAt: string;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/messages/{messageId}": {
parameters: NoParameters;
/** Get your message and its ticket */
get: {
parameters: { query?: never; header?: never; path: { "messageId": components["schemas"]["MessageId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Message"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/notification-templates": {
parameters: NoParameters;
/** List notification templates */
get: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["NotificationTemplate"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/notification-templates/{template}": {
parameters: NoParameters;
/** Get the template version in use */
get: {
parameters: { query: { "locale": "ru" | "en"; }; header?: { "If-None-Match"?: string; }; path: { "template": string; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["NotificationTemplateVersion"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/notification-templates/{template}/preview": {
parameters: NoParameters;
/** Preview a template version */
post: {
parameters: { query?: never; header?: never; path: { "template": string; }; cookie?: never; };
requestBody: { content: { "application/json": {
locale: "ru" | "en";
content?: {
subject: string;
text: string;
html: string;
sms?: string;
};
data?: { [key: string]: unknown };
} } };
responses: {
200: { headers: Headers; content: { "application/json": {
subject: string;
text: string;
html: string;
sms?: string;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/notification-templates/{template}/versions": {
parameters: NoParameters;
/** List template versions */
get: {
parameters: { query: { "limit"?: number; "cursor"?: string; "locale": "ru" | "en"; }; header?: never; path: { "template": string; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["NotificationTemplateVersion"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Create a template version and use it */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match": string; }; path: { "template": string; }; cookie?: never; };
requestBody: { content: { "application/json": {
subject: string;
text: string;
html: string;
sms?: string;
locale: "ru" | "en";
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["NotificationTemplateVersion"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/notifications": {
parameters: NoParameters;
/** List notifications */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "userId"?: string; "trouble"?: "failed" | "unknown" | "bounced" | "complained" | "expired" | "undeliverable"; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Notification"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/notifications/{notificationId}": {
parameters: NoParameters;
/** Get a notification and its state */
get: {
parameters: { query?: never; header?: never; path: { "notificationId": string; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Notification"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/notifications/{notificationId}/email": {
parameters: NoParameters;
/** Get rendered e-mail */
get: {
parameters: { query?: never; header?: never; path: { "notificationId": string; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
subject: string;
text: string;
html: string;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/openapi.json": {
parameters: NoParameters;
/** Get the OpenAPI 3.1 document */
get: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": { [key: string]: unknown } } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/identity": {
parameters: NoParameters;
/** What was proposed, the newest first */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "state"?: "proposed"; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["ProposalPage"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/identity/{proposalId}": {
parameters: NoParameters;
/** A proposal, and what its proposer proposed lately */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "proposalId": components["schemas"]["ProposalId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["ProposalWithRecent"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/identity/{proposalId}/approve": {
parameters: NoParameters;
/** Approve what another of the role proposed: it is done at once */
post: {
parameters: { query?: never; header?: never; path: { "proposalId": components["schemas"]["ProposalId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
digest: string;
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/identity/{proposalId}/reject": {
parameters: NoParameters;
/** Turn down what another of the role proposed */
post: {
parameters: { query?: never; header?: never; path: { "proposalId": components["schemas"]["ProposalId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/identity/{proposalId}/withdraw": {
parameters: NoParameters;
/** Take back what you proposed */
post: {
parameters: { query?: never; header?: never; path: { "proposalId": components["schemas"]["ProposalId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/sms": {
parameters: NoParameters;
/** What was proposed, the newest first */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "state"?: "proposed"; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["ProposalPage"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/sms/{proposalId}": {
parameters: NoParameters;
/** A proposal, and what its proposer proposed lately */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "proposalId": components["schemas"]["ProposalId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["ProposalWithRecent"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/sms/{proposalId}/approve": {
parameters: NoParameters;
/** Approve what another of the role proposed: it is done at once */
post: {
parameters: { query?: never; header?: never; path: { "proposalId": components["schemas"]["ProposalId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
digest: string;
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/sms/{proposalId}/reject": {
parameters: NoParameters;
/** Turn down what another of the role proposed */
post: {
parameters: { query?: never; header?: never; path: { "proposalId": components["schemas"]["ProposalId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/proposals/sms/{proposalId}/withdraw": {
parameters: NoParameters;
/** Take back what you proposed */
post: {
parameters: { query?: never; header?: never; path: { "proposalId": components["schemas"]["ProposalId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/rate-limits": {
parameters: NoParameters;
/** Get rate limits, in requests per minute */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["RateLimits"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Update rate limits */
patch: {
parameters: { query?: never; header: { "If-Match": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
values: {
/** Requests per minute of one user. 600 unless changed. */
person?: number;
/** Requests with one API key in a minute. 3000 unless changed. */
key?: number;
/** Requests in a minute from one IP address (a /64 of IPv6) of callers who are not signed in. 300 unless changed. */
address?: number;
/** Heartbeats and changes of presence of one user in a minute, counted apart from their other requests. 120 unless changed. */
presence?: number;
/** Requests in a minute from one IP address for providers’ reports and the published keys, counted apart from the others. 6000 unless changed. */
service?: number;
};
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["RateLimits"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/rate-limits/history": {
parameters: NoParameters;
/** List changes of rate limits, newest first */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: ({
version: number;
at: string;
actorId: string;
reason?: string;
changes: ({
name: "person" | "key" | "address" | "presence" | "service";
from: number | null;
to: number | null;
})[];
})[];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/replays": {
parameters: NoParameters;
/** Start a replay of a desk */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
deskId?: components["schemas"]["DeskId"];
/** At most 90 days ago. */
from: string;
/** Not in the future, and at most 31 days after from. */
to: string;
/** Limits to simulate; all others stay as they were. */
limits?: components["schemas"]["TriedLimits"];
} } };
responses: {
202: { headers: Headers; content: { "application/json": components["schemas"]["Replay"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/replays/{replayId}": {
parameters: NoParameters;
/** Get a replay and, once done, its result */
get: {
parameters: { query?: never; header?: never; path: { "replayId": components["schemas"]["ReplayId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Replay"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/saved-replies": {
parameters: NoParameters;
/** List saved replies */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "scope"?: "own" | "desk"; "deskId"?: components["schemas"]["DeskId"]; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["SavedReply"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Save a reply */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
title: string;
/** Where `{client.name}` stands the client’s name is put in by whoever shows the text. */
text: string;
scope?: "own" | "desk";
/** Managers only, with `scope=desk`. Default main. */
deskId?: components["schemas"]["DeskId"];
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["SavedReply"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/saved-replies/{savedReplyId}": {
parameters: NoParameters;
/** Get a saved reply */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "savedReplyId": components["schemas"]["SavedReplyId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SavedReply"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Replace a saved reply */
put: {
parameters: { query?: never; header: { "If-Match": string; }; path: { "savedReplyId": components["schemas"]["SavedReplyId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
title: string;
/** Where `{client.name}` stands the client’s name is put in by whoever shows the text. */
text: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SavedReply"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Delete a saved reply */
delete: {
parameters: { query?: never; header: { "If-Match": string; }; path: { "savedReplyId": components["schemas"]["SavedReplyId"]; }; cookie?: never; };
requestBody?: never;
responses: {
204: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/search": {
parameters: NoParameters;
/** Search tickets and clients */
get: {
parameters: { query: { "limit"?: number; "cursor"?: string; "q": string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Found"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sign-in": {
parameters: NoParameters;
/** Exchange code for tokens */
post: {
parameters: { query?: never; header?: { "X-Session"?: "cookie"; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
challengeId: components["schemas"]["ChallengeId"];
code: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": {
/** JWT for the Authorization header: Bearer. */
accessToken: string;
/** Of the access token. */
expiresAt: string;
/** Good for one refresh. Absent with `X-Session: cookie`: the cookie holds it. */
refreshToken?: string;
newClient: boolean;
/** Store it on the device and send it when requesting a code: this device then gets codes of its own. It grants no access. */
deviceToken: string;
user: components["schemas"]["User"];
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sign-in/challenges": {
parameters: NoParameters;
/** Request a sign-in code by SMS */
post: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
/** E.164, any international notation (+, 00 or tel:, with spaces, brackets, dots, dashes, digits of any script), or that of the default country. */
phone: string;
/** Language of notifications to this user. */
locale?: "ru" | "en";
/** Store it on the device and send it when requesting a code: this device then gets codes of its own. It grants no access. */
deviceToken?: string;
} } };
responses: {
202: { headers: Headers; content: { "application/json": {
challengeId: components["schemas"]["ChallengeId"];
/** The code is valid until then. */
expiresAt: string;
/** Another code may be requested from then on. */
resendAt: string;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sign-in/refresh": {
parameters: NoParameters;
/** Refresh tokens */
post: {
parameters: { query?: never; header?: { "X-Session"?: "cookie"; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
/** Required without `X-Session: cookie`, refused with it. */
refreshToken?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Tokens"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sign-in/settings": {
parameters: NoParameters;
/** Get sign-in settings */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SignInSettings"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Update sign-in settings */
patch: {
parameters: { query?: never; header: { "If-Match": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
limits?: {
/** Codes sent to one phone in an hour; each device that signed in by it before has as many of its own. 5 unless changed. */
codesPerPhoneHour?: number;
/** Codes sent to one phone in a day; each device that signed in by it before has as many of its own. 10 unless changed. */
codesPerPhoneDay?: number;
/** Of these, codes that one IP address may request in an hour. 3 unless changed. */
codesPerRequesterHour?: number;
/** Of these, codes that one IP address may request in a day. 5 unless changed. */
codesPerRequesterDay?: number;
/** Codes requested from one IP address (a /64 of IPv6) in an hour. 20 unless changed. */
codesPerAddressHour?: number;
/** Codes sent to one dial code on a UTC day, unless it has a budget of its own. 2000 unless changed. */
codesPerDialCodeDay?: number;
/** Codes sent in an hour to numbers that differ in their last four digits alone. 30 unless changed. */
codesPerPrefixHour?: number;
/** Seconds for which a code is good. 300 unless changed. */
codeLifeSec?: number;
/** Guesses of one challenge. 5 unless changed. */
attemptsPerChallenge?: number;
/** Guesses, all together, of those who joined a code that somebody else had requested. 15 unless changed. */
attemptsOfJoined?: number;
/** Seconds until the second code; each further one of the hour takes twice as long. 60 unless changed. */
resendAfterSec?: number;
/** Minutes of traffic that a breaker counts. 60 unless changed. */
breakerWindowMin?: number;
/** Codes entered per hundred sent below which a breaker opens; 0: never. 20 unless changed. */
breakerEnteredPercent?: number;
/** Codes of a prefix below which its breaker checks nothing. 10 unless changed. */
breakerMinCodesPerPrefix?: number;
/** Codes of a dial code below which its breaker checks nothing. 50 unless changed. */
breakerMinCodesPerDialCode?: number;
/** Minutes after which a breaker closes by itself. 60 unless changed. */
breakerOpenMin?: number;
};
dialCodeBudgets?: components["schemas"]["DialCodeBudgets"];
/** Countries (ISO 3166) whose phones may sign in, as shipped that of the entity own; null: all. */
countries?: string[] | null;
/** Satellites and international networks (+870, +878, +881 to +883), which belong to no country, may sign in. */
internationalNetworks?: boolean;
/** Country of numbers written without their international prefix; null: refused. */
defaultCountry?: string | null;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SignInSettings"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sign-in/settings/history": {
parameters: NoParameters;
/** List changes of sign-in settings, newest first */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: ({
version: number;
at: string;
actorId: string;
reason?: string;
changes: ({
name: "codesPerPhoneHour" | "codesPerPhoneDay" | "codesPerRequesterHour" | "codesPerRequesterDay" | "codesPerAddressHour" | "codesPerDialCodeDay" | "codesPerPrefixHour" | "codeLifeSec" | "attemptsPerChallenge" | "attemptsOfJoined" | "resendAfterSec" | "breakerWindowMin" | "breakerEnteredPercent" | "breakerMinCodesPerPrefix" | "breakerMinCodesPerDialCode" | "breakerOpenMin" | "dialCodeBudgets" | "countries" | "internationalNetworks" | "defaultCountry";
from: unknown;
to: unknown;
})[];
})[];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sign-out": {
parameters: NoParameters;
/** Sign out */
post: {
parameters: { query?: never; header?: { "X-Session"?: "cookie"; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
/** Required without `X-Session: cookie`, refused with it. */
refreshToken?: string;
} } };
responses: {
204: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms": {
parameters: NoParameters;
/** List SMS of a legal entity or to a phone */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "entityId"?: components["schemas"]["LegalEntityId"]; "phone"?: string; "state"?: "registered" | "checked" | "deferred" | "denied" | "queued" | "sending" | "sent" | "unknown" | "delivered" | "read" | "failed" | "expired" | "rejected" | "cancelled"; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Sms"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Send an SMS */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": components["schemas"]["SmsDraft"] } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["SmsAcceptance"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms-callbacks/{providerId}/{pathSecret}": {
parameters: NoParameters;
/** Provider status callback */
post: {
parameters: { query?: never; header?: never; path: { "providerId": components["schemas"]["SmsProviderId"]; "pathSecret": string; }; cookie?: never; };
requestBody?: { content: { "*/*": string } };
responses: {
200: { headers: Headers; content: { "text/plain": string } };
204: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms-inbound/{providerId}/{pathSecret}": {
parameters: NoParameters;
/** Provider inbound SMS callback */
post: {
parameters: { query?: never; header?: never; path: { "providerId": components["schemas"]["SmsProviderId"]; "pathSecret": string; }; cookie?: never; };
requestBody?: { content: { "*/*": string } };
responses: {
200: { headers: Headers; content: { "text/plain": string } };
204: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms-providers": {
parameters: NoParameters;
/** List SMS providers */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["SmsProvider"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Create an SMS provider */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
kind: "smsc" | "smsru" | "twilio";
name: string;
/** Address of the provider's HTTP API; left out: the kind's own. https on one of the company's own hosts or of the deployment's list (`providerHosts`). */
baseUrl?: string;
account?: string;
/** Name or number; empty: the account's default. */
sender?: string;
ratePerSec?: number;
concurrency?: number;
/** The smallest is tried first. */
priority?: number;
/** Price of one part by the beginning of the number; '' is every number. */
prices?: { [key: string]: {
amountMinor: number;
currency: string;
} };
currency?: string;
/** An alarm is raised when the account holds less than this, in its currency. Left out: never. */
lowBalance?: string;
options?: {
callbackHash?: {
algorithm: "md5" | "sha1" | "crc32";
formula: string;
};
messagingServiceSid?: string;
};
/** Write-only. An update replaces the secrets it names. */
secrets: Partial<Record<"password" | "apiKey" | "callbackSecret" | "apiId" | "authToken", string>>;
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["SmsProvider"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms-providers/{providerId}": {
parameters: NoParameters;
/** Get an SMS provider */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "providerId": components["schemas"]["SmsProviderId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SmsProvider"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Update an SMS provider */
patch: {
parameters: { query?: never; header: { "If-Match": string; }; path: { "providerId": components["schemas"]["SmsProviderId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
name?: string;
/** Address of the provider's HTTP API; left out: the kind's own. https on one of the company's own hosts or of the deployment's list (`providerHosts`). */
baseUrl?: string;
account?: string;
/** Name or number; empty: the account's default. */
sender?: string;
ratePerSec?: number;
concurrency?: number;
/** The smallest is tried first. */
priority?: number;
/** Price of one part by the beginning of the number; '' is every number. */
prices?: { [key: string]: {
amountMinor: number;
currency: string;
} };
currency?: string;
/** An alarm is raised when the account holds less than this, in its currency. Left out: never. */
lowBalance?: string;
options?: {
callbackHash?: {
algorithm: "md5" | "sha1" | "crc32";
formula: string;
};
messagingServiceSid?: string;
};
/** Write-only. An update replaces the secrets it names. */
secrets?: Partial<Record<"password" | "apiKey" | "callbackSecret" | "apiId" | "authToken", string>>;
disabled?: boolean;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SmsProvider"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms-providers/{providerId}/disable": {
parameters: NoParameters;
/** Disable an SMS provider */
post: {
parameters: { query?: never; header?: never; path: { "providerId": components["schemas"]["SmsProviderId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SmsProvider"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms-recipients/{phone}": {
parameters: NoParameters;
/** Get a recipient */
get: {
parameters: { query?: never; header?: never; path: { "phone": string; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
phone: string;
zone: string | null;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Set a recipient's time zone */
put: {
parameters: { query?: never; header?: never; path: { "phone": string; }; cookie?: never; };
requestBody: { content: { "application/json": {
zone: string | null;
} } };
responses: {
200: { headers: Headers; content: { "application/json": {
phone: string;
zone: string | null;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms-settings": {
parameters: NoParameters;
/** Get SMS settings */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SmsSettings"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Update SMS settings */
patch: {
parameters: { query?: never; header: { "If-Match": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
window: components["schemas"]["Hours"];
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SmsSettings"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms-settings/history": {
parameters: NoParameters;
/** List changes of SMS settings, newest first */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: ({
version: number;
at: string;
actorId: string;
reason?: string;
changes: ({
name: "window" | "next";
from: unknown;
to: unknown;
})[];
})[];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms/check": {
parameters: NoParameters;
/** Evaluate an SMS without sending it */
post: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody: { content: { "application/json": components["schemas"]["SmsDraft"] } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["SmsCheck"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms/statuses": {
parameters: NoParameters;
/** Get the states of up to 100 SMS */
post: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
ids: components["schemas"]["SmsId"][];
} } };
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["SmsStatus"][];
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms/{smsId}": {
parameters: NoParameters;
/** Get an SMS */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "smsId": components["schemas"]["SmsId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Sms"] } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/sms/{smsId}/cancel": {
parameters: NoParameters;
/** Cancel an SMS */
post: {
parameters: { query?: never; header?: never; path: { "smsId": components["schemas"]["SmsId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Sms"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/suppressions": {
parameters: NoParameters;
/** List suppressions of a legal entity or a phone */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "entityId"?: "*" | components["schemas"]["LegalEntityId"]; "phone"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Suppression"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Create suppression */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
/** E.164, any international notation (+, 00 or tel:, with spaces, brackets, dots, dashes, digits of any script), or that of the default country. */
phone: string;
/** ISO 3166-1 alpha-2. */
country?: string;
entityId?: "*" | components["schemas"]["LegalEntityId"];
categories?: ("otp" | "transactional" | "debt" | "marketing")[];
reason: string;
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["Suppression"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/suppressions/import": {
parameters: NoParameters;
/** Import suppressions */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
csv: string;
/** ISO 3166-1 alpha-2. */
country?: string;
entityId?: "*" | components["schemas"]["LegalEntityId"];
categories?: ("otp" | "transactional" | "debt" | "marketing")[];
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["ImportReport"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/suppressions/{phone}": {
parameters: NoParameters;
/** Remove suppression */
delete: {
parameters: { query?: { "entityId"?: "*" | components["schemas"]["LegalEntityId"]; }; header?: never; path: { "phone": string; }; cookie?: never; };
requestBody?: never;
responses: {
204: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets": {
parameters: NoParameters;
/** List tickets */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "held"?: "now" | "before"; "deskId"?: components["schemas"]["DeskId"]; "clientId"?: components["schemas"]["UserId"]; "executorId"?: components["schemas"]["UserId"]; "line"?: "orphaned" | "urgent" | "new"; "state"?: "waiting" | "assigned" | "accepted" | "waitingClient" | "closed"; "urgent"?: "true" | "false"; "overdue"?: "true" | "false"; "unread"?: "true" | "false"; "updatedSince"?: string; "sort"?: "orderedAt" | "lastEntryAt" | "waitingSince"; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Ticket"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}": {
parameters: NoParameters;
/** Get a ticket */
get: {
parameters: { query?: never; header?: { "If-None-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
ticketId: components["schemas"]["TicketId"];
/** For people to say: unique, not in the order of opening. Old tickets have none. */
number?: number;
deskId: components["schemas"]["DeskId"];
state: "waiting" | "assigned" | "accepted" | "waitingClient" | "closed";
urgent: boolean;
orderedAt: string;
createdAt: string;
previousTicketId?: components["schemas"]["TicketId"];
closedAt?: string;
/** For its client: who answers. Never an id or a phone. */
handledBy?: {
displayName: string;
};
/** Not of old tickets of which nothing was written since. */
card?: components["schemas"]["TicketCard"];
/** New to you: for its client replies, for staff the client's messages. Each has marks of their own. */
unread?: number;
readUpTo?: components["schemas"]["ReadUpTo"];
version: number;
clientId?: string;
/** For managers, and for an executor while the ticket is in their hand. */
client?: {
id: string;
name?: string;
};
line?: "orphaned" | "urgent" | "new";
promoted?: boolean;
waitingSince?: string;
overdueAt?: string;
executorId?: string;
executorName?: string;
assignedAt?: string;
acceptBy?: string;
acceptedAt?: string;
waitingClientSince?: string;
/** When it closes automatically if its client does not answer. */
closesAt?: string;
/** Set by a manager: until then its client cannot make it urgent. */
notUrgentUntil?: string;
/** When you lost the ticket: you see the thread up to then. */
lostAt?: string;
closedBy?: string;
heldBy?: string[];
passedOver?: { [key: string]: string };
/** While it waits. */
queue?: {
/** 1 is next; exact up to 100. */
position: components["schemas"]["Count"];
/** Where the wait from now on ends in about four of five cases, if the line goes on as it moved of late: later urgent tickets that overtake are in it, a change of who is there is not. Null while fewer intervals are known than the setting estimateMinIntervals asks for, and for a position beyond 100. */
estimate: {
fromSec: number;
toSec: number;
} | null;
};
} } };
304: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/accept": {
parameters: NoParameters;
/** Accept an assigned ticket */
post: {
parameters: { query?: never; header?: { "If-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Ticket"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/assign": {
parameters: NoParameters;
/** Assign a ticket to an executor */
post: {
parameters: { query?: never; header?: { "If-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
/** Your own id takes the ticket over. */
executorId: components["schemas"]["UserId"];
/** Even when they are full; it is recorded as such. */
overCap?: boolean;
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Ticket"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/close": {
parameters: NoParameters;
/** Close a ticket */
post: {
parameters: { query?: never; header?: { "If-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody?: { content: { "application/json": {
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Ticket"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/decline": {
parameters: NoParameters;
/** Decline an assigned ticket */
post: {
parameters: { query?: never; header?: { "If-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody?: { content: { "application/json": {
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Ticket"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/messages": {
parameters: NoParameters;
/** List a ticket's thread */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["ThreadEntry"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/notes": {
parameters: NoParameters;
/** Add a note for staff */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
text: string;
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["StaffEntry"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/read": {
parameters: NoParameters;
/** Mark a ticket as read up to an entry */
put: {
parameters: { query?: never; header?: never; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
/** `at` of the last entry that was shown. */
upTo: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["ReadState"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/replies": {
parameters: NoParameters;
/** Reply to the client */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; "If-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
text: string;
/** Ids of uploads, each used once. */
attachments?: components["schemas"]["UploadId"][];
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["StaffEntry"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/transfer": {
parameters: NoParameters;
/** Transfer a ticket to an executor or a desk */
post: {
parameters: { query?: never; header?: { "If-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
executorId: components["schemas"]["UserId"];
reason?: string;
} | {
deskId: components["schemas"]["DeskId"];
reason?: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Ticket"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/urgency": {
parameters: NoParameters;
/** Set a ticket's urgency */
post: {
parameters: { query?: never; header?: { "If-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
urgent: boolean;
reason: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Ticket"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/waiting": {
parameters: NoParameters;
/** Mark a ticket as waiting for its client */
post: {
parameters: { query?: never; header?: { "If-Match"?: string; }; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Ticket"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/tickets/{ticketId}/why": {
parameters: NoParameters;
/** Explain a ticket's assignment or wait */
get: {
parameters: { query?: never; header?: never; path: { "ticketId": components["schemas"]["TicketId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
ticketId: components["schemas"]["TicketId"];
state: "waiting" | "assigned" | "accepted" | "waitingClient" | "closed";
/** What decided. Planner: assigned-longest-ago. A user: manual, transfer, reassign. Still waiting: nobody-there (nobody is online; whoever drains takes no more), nobody-has-room (of those online), all-passed-over (each of those online declined or missed it of late), others-first (those before it take the room), being-assigned (the dispatcher is at it). no-decision: it was closed before anybody had it. */
rule: "assigned-longest-ago" | "manual" | "transfer" | "reassign" | "nobody-has-room" | "all-passed-over" | "nobody-there" | "others-first" | "being-assigned" | "no-decision";
/** The line it stood (or stands) in. */
line: ("orphaned" | "urgent" | "new") | null;
executorId: string | null;
/** Place in the desk's sequence of decisions. */
number: number | null;
/** When it was decided; now, for a waiting ticket. */
at: string | null;
limitsVersion: number | null;
/** Who decided, if a user did. */
actorId: string | null;
/** Assigned above a cap by a user, on purpose. */
overCap: boolean | null;
/** Of a waiting ticket; exact up to 100. */
position: components["schemas"]["Count"] | null;
/** Executors who could not have it, by reason. */
excluded: Partial<Record<"draining" | "away" | "suspect" | "offline" | "cap" | "urgentCap" | "declined" | "dealt", components["schemas"]["Count"]>>;
/** As its turn came: those who could have it, in turn; then those dealt their share, at a cap, passed over, and last those who were not there. As many are examined as the tickets need, the first in turn. */
candidates: ({
executorId: string;
/** Number of their last assignment; the smallest was assigned longest ago. */
rank: number;
open: number;
openUrgent: number;
/** Null: was eligible. */
excluded: ("draining" | "away" | "suspect" | "offline" | "cap" | "urgentCap" | "declined" | "dealt") | null;
})[];
/** Executors who may have room and were not examined, since they stand behind the candidates in turn. */
behind: components["schemas"]["Count"] | null;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/uploads": {
parameters: NoParameters;
/** Create upload URL */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
/** Kept without path and what file systems cannot hold, cut to 200 characters. */
fileName: string;
contentType: "image/jpeg" | "image/png" | "image/webp" | "image/heic" | "image/heif" | "image/avif" | "application/pdf" | "text/plain";
sizeBytes: number;
} } };
responses: {
201: { headers: Headers; content: { "application/json": {
uploadId: components["schemas"]["UploadId"];
url: string;
/** Form fields, to be sent before the file. */
fields: { [key: string]: string };
expiresAt: string;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/users": {
parameters: NoParameters;
/** List users by role, or find one by phone */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; "role"?: "client" | "executor" | "worker" | "candidate" | "manager" | "quality" | "supplies" | "admin"; "phone"?: string; }; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: (components["schemas"]["UserForAdmins"] | components["schemas"]["UserForManagers"])[];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Create a user */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
/** E.164, any international notation (+, 00 or tel:, with spaces, brackets, dots, dashes, digits of any script), or that of the default country. */
phone: string;
name: string;
roles: ("client" | "executor" | "worker" | "candidate" | "manager" | "quality" | "supplies" | "admin")[];
/** Language of notifications to this user. */
locale?: "ru" | "en";
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["UserForAdmins"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/users/{userId}": {
parameters: NoParameters;
/** Get a user */
get: {
parameters: { query?: never; header?: never; path: { "userId": components["schemas"]["UserId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["UserForAdmins"] | components["schemas"]["UserForManagers"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/users/{userId}/lock": {
parameters: NoParameters;
/** Lock a user */
post: {
parameters: { query?: never; header?: never; path: { "userId": components["schemas"]["UserId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
reason: string;
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["UserForAdmins"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/users/{userId}/roles": {
parameters: NoParameters;
/** Set a user's roles */
put: {
parameters: { query?: never; header: { "If-Match": string; }; path: { "userId": components["schemas"]["UserId"]; }; cookie?: never; };
requestBody: { content: { "application/json": {
roles: ("client" | "executor" | "worker" | "candidate" | "manager" | "quality" | "supplies" | "admin")[];
} } };
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["UserForAdmins"] } };
202: { headers: Headers; content: { "application/json": components["schemas"]["Proposal"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/users/{userId}/unlock": {
parameters: NoParameters;
/** Unlock a user */
post: {
parameters: { query?: never; header?: never; path: { "userId": components["schemas"]["UserId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["UserForAdmins"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/webhooks": {
parameters: NoParameters;
/** List webhooks */
get: {
parameters: { query?: never; header?: never; path?: never; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["Webhook"][];
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Create a webhook */
post: {
parameters: { query?: never; header: { "Idempotency-Key": string; }; path?: never; cookie?: never; };
requestBody: { content: { "application/json": {
url: string;
entityId?: components["schemas"]["LegalEntityId"];
states?: ("registered" | "checked" | "deferred" | "denied" | "queued" | "sending" | "sent" | "unknown" | "delivered" | "read" | "failed" | "expired" | "rejected" | "cancelled")[];
} } };
responses: {
201: { headers: Headers; content: { "application/json": components["schemas"]["NewWebhook"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/webhooks/{webhookId}": {
parameters: NoParameters;
/** Get a webhook */
get: {
parameters: { query?: never; header?: never; path: { "webhookId": components["schemas"]["WebhookId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": components["schemas"]["Webhook"] } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
/** Delete a webhook */
delete: {
parameters: { query?: never; header?: never; path: { "webhookId": components["schemas"]["WebhookId"]; }; cookie?: never; };
requestBody?: never;
responses: {
204: { headers: Headers; content?: never };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
"/v1/webhooks/{webhookId}/deliveries": {
parameters: NoParameters;
/** List deliveries of a webhook */
get: {
parameters: { query?: { "limit"?: number; "cursor"?: string; }; header?: never; path: { "webhookId": components["schemas"]["WebhookId"]; }; cookie?: never; };
requestBody?: never;
responses: {
200: { headers: Headers; content: { "application/json": {
items: components["schemas"]["WebhookDelivery"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
} } };
default: { headers: Headers; content: { "application/problem+json": components["schemas"]["Problem"] } };
};
};
};
}

export interface components {
schemas: {
"ApiKey": {
keyId: components["schemas"]["ApiKeyId"];
name: string;
scopes: ("sms:send" | "sms:read" | "sms:webhooks")[];
entityIds: string[];
categories: string[];
countries: string[] | null;
messagesPerDay: number;
costBudget: components["schemas"]["CostBudget"] | null;
expiresAt: string | null;
createdAt: string;
createdBy: string;
/** To the hour. */
lastUsedAt: string | null;
revokedAt: string | null;
};
"ApiKeyId": string;
"Attachment": {
uploadId: components["schemas"]["UploadId"];
fileName: string;
contentType: "image/jpeg" | "image/png" | "image/webp" | "image/heic" | "image/heif" | "image/avif" | "application/pdf" | "text/plain";
sizeBytes: number;
/** Download URL, valid for ten minutes. */
url: string;
};
"Caps": {
perDay?: number;
perWeek?: number;
perMonth?: number;
};
"ChallengeId": string;
"ClientCard": {
clientId: components["schemas"]["UserId"];
/** As entered by the user; null until then. */
name: string | null;
/** E.164. */
phone: string | null;
email: ("none" | "unconfirmed" | "confirmed") | null;
/** Language of notifications to them. */
locale: string | null;
/** The newest first: for an executor those of this client in their hand, for a manager any. */
tickets: components["schemas"]["Ticket"][];
};
"Colleague": {
executorId: components["schemas"]["UserId"];
name: string;
presence: "online" | "draining" | "away" | "suspect" | "offline";
/** Tickets they could be given now; 0 unless they are online. */
room: number;
/** Urgent ones among them. */
urgentRoom: number;
};
"Consent": {
entityId: components["schemas"]["LegalEntityId"];
phone: string;
grantedAt: string;
revokedAt?: string;
proof: string;
by: string;
};
"CostBudget": {
currency: string;
/** In minor units, in a day of UTC; above it 429 `daily-cost-budget`. */
perDayMinor?: number;
/** In minor units, in a calendar month of UTC; above it 429 `monthly-cost-budget`. */
perMonthMinor?: number;
};
"Count": {
count: number;
/** At least so many. */
more: boolean;
};
"DayHours": {
workday: components["schemas"]["Hours"] | null;
saturday: components["schemas"]["Hours"] | null;
sunday: components["schemas"]["Hours"] | null;
holiday: components["schemas"]["Hours"] | null;
};
"Desk": {
deskId: components["schemas"]["DeskId"];
name: string;
timeZone: string;
version: number;
};
"DeskId": "main" | string;
"DialCodeBudgets": { [key: string]: number };
"EntityProvider": {
providerId: components["schemas"]["SmsProviderId"];
sender?: string;
};
"Executor": {
executorId: components["schemas"]["UserId"];
name: string;
homeDeskId: components["schemas"]["DeskId"];
presence: "online" | "draining" | "away" | "suspect" | "offline";
/** Tickets in hand: assigned and accepted. */
open: number;
openUrgent: number;
/** Tickets set aside until their client answers. */
waitingClient: number;
lastBeatAt: string | null;
version: number;
};
"ExecutorRow": {
executorId: components["schemas"]["UserId"];
name: string;
homeDeskId: components["schemas"]["DeskId"];
presence: "online" | "draining" | "away" | "suspect" | "offline";
/** Tickets in hand: assigned and accepted. */
open: number;
openUrgent: number;
/** Tickets set aside until their client answers. */
waitingClient: number;
lastBeatAt: string | null;
version: number;
/** Tickets in hand that they have not accepted yet. */
unaccepted: number;
/** When they were last given a ticket, by the dispatcher or by a user. */
lastAssignedAt: string | null;
/** Of a suspect: until then every ticket stays with them. */
reconnectUntil: string | null;
/** Their place in the rotation among all who are online, 1 is next; whoever has no room is passed. Null for whoever is not online, and behind the first 1000. */
turn: number | null;
};
"Fairness": {
executors: number;
assignments: number;
/** Jain's index: 1 is even. Null without assignments. */
jain: number | null;
/** Most minus fewest. */
spread: number;
};
"Found": {
kind: "ticket" | "client";
ticket?: components["schemas"]["Ticket"];
/** Managers only. */
client?: {
id: components["schemas"]["UserId"];
name?: string;
phone: string;
};
};
"HolidayTable": {
country: string;
year: number;
holidays: { [key: string]: string };
workdays: string[];
source: string;
unconfirmed: string[];
/** Of the first table of a year: not before this day of UTC. Until then the year has none. */
from?: string;
/** A looser table, from this day of UTC on. */
next?: {
holidays: { [key: string]: string };
workdays: string[];
source: string;
unconfirmed: string[];
from: string;
};
version: number;
};
"Hours": {
from: string;
to: string;
};
"ImportReport": {
taken: number;
refused: {
line: number;
problem: string;
detail: string;
}[];
/** Header columns that were ignored, for instance misspelt ones. */
ignoredColumns: string[];
};
"InboundSms": {
inboundId: components["schemas"]["InboundSmsId"];
providerId: components["schemas"]["SmsProviderId"];
from: string;
to: string;
text: string;
receivedAt: string;
entityId?: components["schemas"]["LegalEntityId"];
smsId?: components["schemas"]["SmsId"];
wish: "stop" | "start" | "likely-stop" | "none";
resolved?: {
as: "stop" | "nothing";
at: string;
by: string;
};
version: number;
};
"InboundSmsId": string;
"LawPreset": {
code: string;
version: number;
title: string;
country: string;
categories: ("otp" | "transactional" | "debt" | "marketing")[];
hours?: components["schemas"]["DayHours"];
caps?: components["schemas"]["Caps"];
consent?: boolean;
optOut?: boolean;
effectiveFrom: string;
lawRef: string;
source: string;
checkedOn: string;
unconfirmed: string[];
withdrawnAt?: string;
};
"LegalEntity": {
entityId: components["schemas"]["LegalEntityId"];
name: string;
country: string;
presets: Partial<Record<"otp" | "transactional" | "debt" | "marketing", string[]>>;
windowForTransactional: boolean;
limits: Partial<Record<"otp" | "transactional" | "debt" | "marketing", components["schemas"]["Caps"]>>;
senderName?: string;
active: boolean;
window?: components["schemas"]["Hours"];
stopWords?: string[];
/** What is looser and still to come, from this day of UTC on. */
next?: {
from: string;
country?: string;
presets?: Partial<Record<"otp" | "transactional" | "debt" | "marketing", string[]>>;
windowForTransactional?: boolean;
limits?: Partial<Record<"otp" | "transactional" | "debt" | "marketing", components["schemas"]["Caps"]>>;
window?: components["schemas"]["Hours"] | null;
stopWords?: string[];
};
/** Shares the caps of the laws with all of the group; `until`: not from this day on. */
group?: {
groupId: string;
until?: string;
};
providers: components["schemas"]["EntityProvider"][];
createdAt: string;
version: number;
};
"LegalEntityId": "own" | string;
"Limits": {
deskId: components["schemas"]["DeskId"] | null;
/** Number of the newest change that concerns this scope. */
version: number;
/** What is in force. */
values: {
/** Tickets one executor handles at once. 5 unless changed. */
maxTicketsPerExecutor: number;
/** Urgent ones among them; never above maxTicketsPerExecutor. 2 unless changed. */
maxUrgentTicketsPerExecutor: number;
/** Longest a ticket waits to be handled, in seconds. 300 unless changed. */
maxWaitSec: number;
/** The same for an urgent ticket, in seconds. 60 unless changed. */
maxUrgentWaitSec: number;
/** Longest the system waits for a dropped-out executor, in seconds. 120 unless changed. */
maxReconnectWaitSec: number;
/** How often an executor says that they are there, in seconds. 10 unless changed. */
heartbeatPeriodSec: number;
/** Heartbeats missed in a row before an executor is suspect. 3 unless changed. */
missedHeartbeats: number;
/** Share of a wait after which a warning goes out, in percent. 80 unless changed. */
waitWarningPercent: number;
/** How long an executor who did not accept a ticket in time is passed over for it, in seconds. 300 unless changed. */
passedOverAfterMissSec: number;
/** How long an executor who declined a ticket, or from whom a manager took it, is passed over for it, in seconds. 300 unless changed. */
passedOverAfterDeclineSec: number;
/** Missed tickets running that set an executor away. Tickets dealt in one hand count once, however many of them were missed: they were dealt before the first of them was. Accepting a ticket ends the run. 2 unless changed. */
missesUntilAway: number;
/** After how long a ticket that waits for its client closes itself, in seconds; a change concerns tickets that are marked so afterwards. 86400 unless changed. */
closeUnansweredSec: number;
/** How many messages a client may mark urgent in a day of the desk's time zone. 3 unless changed. */
urgentMessagesPerDay: number;
/** How long a manager's word that a ticket is not urgent holds against its client's urgent messages, in seconds. 86400 unless changed. */
notUrgentHoldSec: number;
/** Intervals between assignments that must be known before a wait is estimated. 20 unless changed. */
estimateMinIntervals: number;
};
/** What the scope has set itself; all of them for the global values. */
own: {
/** Tickets one executor handles at once. 5 unless changed. */
maxTicketsPerExecutor?: number;
/** Urgent ones among them; never above maxTicketsPerExecutor. 2 unless changed. */
maxUrgentTicketsPerExecutor?: number;
/** Longest a ticket waits to be handled, in seconds. 300 unless changed. */
maxWaitSec?: number;
/** The same for an urgent ticket, in seconds. 60 unless changed. */
maxUrgentWaitSec?: number;
/** Longest the system waits for a dropped-out executor, in seconds. 120 unless changed. */
maxReconnectWaitSec?: number;
/** How often an executor says that they are there, in seconds. 10 unless changed. */
heartbeatPeriodSec?: number;
/** Heartbeats missed in a row before an executor is suspect. 3 unless changed. */
missedHeartbeats?: number;
/** Share of a wait after which a warning goes out, in percent. 80 unless changed. */
waitWarningPercent?: number;
/** How long an executor who did not accept a ticket in time is passed over for it, in seconds. 300 unless changed. */
passedOverAfterMissSec?: number;
/** How long an executor who declined a ticket, or from whom a manager took it, is passed over for it, in seconds. 300 unless changed. */
passedOverAfterDeclineSec?: number;
/** Missed tickets running that set an executor away. Tickets dealt in one hand count once, however many of them were missed: they were dealt before the first of them was. Accepting a ticket ends the run. 2 unless changed. */
missesUntilAway?: number;
/** After how long a ticket that waits for its client closes itself, in seconds; a change concerns tickets that are marked so afterwards. 86400 unless changed. */
closeUnansweredSec?: number;
/** How many messages a client may mark urgent in a day of the desk's time zone. 3 unless changed. */
urgentMessagesPerDay?: number;
/** How long a manager's word that a ticket is not urgent holds against its client's urgent messages, in seconds. 86400 unless changed. */
notUrgentHoldSec?: number;
/** Intervals between assignments that must be known before a wait is estimated. 20 unless changed. */
estimateMinIntervals?: number;
};
};
"LineSeries": {
/** Came into the line, from another line too. */
arrivals: number[];
/** Stood in the line as the step ended. */
waitingAtEnd: number[];
/** Of waits that ended in the step and began in this line; null where none did. */
waitP95Sec: (number | null)[];
/** Waited beyond the line's limit: promoted to the urgent line, or overdue. */
breaches: number[];
};
"LiveTicket": {
/** Opens one connection, once. */
ticket: string;
expiresAt: string;
};
"Message": {
messageId: components["schemas"]["MessageId"];
state: "accepted" | "processed" | "rejected";
text: string;
acceptedAt: string;
attachments: components["schemas"]["Attachment"][];
ticketId?: components["schemas"]["TicketId"];
/** When urgency was asked for: whether it is. */
urgentGranted?: boolean;
/** Why it was rejected. */
reason?: string;
};
"MessageId": string;
"Money": {
amountMinor: number;
currency: string;
};
"NewWebhook": {
webhookId: components["schemas"]["WebhookId"];
url: string;
entityId?: components["schemas"]["LegalEntityId"];
states?: ("registered" | "checked" | "deferred" | "denied" | "queued" | "sending" | "sent" | "unknown" | "delivered" | "read" | "failed" | "expired" | "rejected" | "cancelled")[];
createdAt: string;
createdBy: string;
givenUp: number;
lastGivenUpAt?: string;
secret: string;
};
"Next": {
/** Tickets you could be given now; 0 unless you are online. */
room: number;
/** Urgent ones among them. */
urgentRoom: number;
/** Your place in the rotation among those online, exact up to 100: 1 is next. Null unless you are online. */
turn: components["schemas"]["Count"] | null;
/** What waits on your desk, line by line; exact up to 100. */
waiting: {
orphaned: components["schemas"]["Count"];
urgent: components["schemas"]["Count"];
new: components["schemas"]["Count"];
};
/** Why nothing comes to you, by the rules of assignment: draining, away, suspect (no heartbeat of late) or offline; full (no room for anything, or only for what does not wait); line-empty; passed-over (you declined or missed all you have room for). Null: the next one in your turn is yours. */
reason: ("draining" | "away" | "suspect" | "offline" | "full" | "line-empty" | "passed-over") | null;
};
"Notification": {
notificationId: string;
/** Deduplication key: the same key never creates a second notification. */
key: string;
template: "email-confirmation" | "staff-welcome" | "account-changed" | "approval-waits" | "acted-alone" | "reply-waiting" | "tickets-overdue";
templateVersion: number;
locale: "ru" | "en";
/** null: the user could not be reached. */
channel: ("email" | "sms") | null;
state: "composed" | "sending" | "sent" | "handed" | "delivered" | "failed" | "unknown" | "bounced" | "complained" | "expired" | "undeliverable";
reason: string | null;
/** Answer of the mail server, without addresses. */
answer: string | null;
userId: string | null;
email: string | null;
phone: string | null;
attempts: number;
/** Of the stored e-mail. */
sha256: string | null;
validUntil: string;
createdAt: string;
updatedAt: string;
};
"NotificationTemplate": {
template: "email-confirmation" | "staff-welcome" | "account-changed" | "approval-waits" | "acted-alone" | "reply-waiting" | "tickets-overdue";
audience: string;
when: string;
channels: ("email" | "sms")[];
/** Goes as SMS to a recipient without a confirmed address. */
essential: boolean;
/** Nothing is sent later than this after it was asked for. */
validSec: number;
variables: string[];
sample: { [key: string]: unknown };
};
"NotificationTemplateVersion": {
template: "email-confirmation" | "staff-welcome" | "account-changed" | "approval-waits" | "acted-alone" | "reply-waiting" | "tickets-overdue";
locale: "ru" | "en";
/** 0: the version shipped with the product. */
version: number;
at: string | null;
actorId: string | null;
subject: string;
text: string;
html: string;
sms?: string;
};
"OwnPresence": {
executorId: components["schemas"]["UserId"];
name: string;
homeDeskId: components["schemas"]["DeskId"];
presence: "online" | "draining" | "away" | "suspect" | "offline";
/** Tickets in hand: assigned and accepted. */
open: number;
openUrgent: number;
/** Tickets set aside until their client answers. */
waitingClient: number;
lastBeatAt: string | null;
version: number;
nextBeatInSec: number;
/** Without a heartbeat for so long they are suspect. */
staleAfterSec: number;
/** A suspect back by then keeps every ticket. */
reconnectUntil: string | null;
};
"Problem": {
type: string;
title: string;
status: number;
code: string;
detail: string;
/** Id of the request. */
instance: string;
errors?: {
path: string;
message: string;
}[];
};
"Proposal": {
proposalId: components["schemas"]["ProposalId"];
area: string;
/** As the audit log will call it when it is done. */
kind: string;
subject: string;
/** Exactly what will be done; of secrets their names alone. */
inputs: { [key: string]: unknown };
/** SHA-256 over kind, subject and inputs. Whoever approves gives it back. */
digest: string;
reason: string | null;
proposerId: string;
proposedAt: string;
expiresAt: string;
state: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
decidedBy: string | null;
decidedAt: string | null;
decisionReason: string | null;
version: number;
};
"ProposalId": string;
"ProposalPage": {
items: components["schemas"]["Proposal"][];
nextCursor: string | null;
/** How many things of this page are not shown, stored in a form that this version does not know; an alarm was raised. */
omitted?: number;
};
"ProposalWithRecent": {
proposalId: components["schemas"]["ProposalId"];
area: string;
/** As the audit log will call it when it is done. */
kind: string;
subject: string;
/** Exactly what will be done; of secrets their names alone. */
inputs: { [key: string]: unknown };
/** SHA-256 over kind, subject and inputs. Whoever approves gives it back. */
digest: string;
reason: string | null;
proposerId: string;
proposedAt: string;
expiresAt: string;
state: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
decidedBy: string | null;
decidedAt: string | null;
decisionReason: string | null;
version: number;
/** The proposer’s of the last 30 days, the newest first. */
recent: ({
proposalId: components["schemas"]["ProposalId"];
kind: string;
subject: string;
proposedAt: string;
state: "proposed" | "approved" | "rejected" | "withdrawn" | "expired";
})[];
/** There are more than the hundred shown. */
recentMore: boolean;
};
"ProvedToken": {
/** JWT for the Authorization header: Bearer. */
accessToken: string;
/** Of the access token. */
expiresAt: string;
};
"RateLimits": {
/** Number of the newest change that concerns this scope. */
version: number;
/** What is in force. */
values: {
/** Requests per minute of one user. 600 unless changed. */
person: number;
/** Requests with one API key in a minute. 3000 unless changed. */
key: number;
/** Requests in a minute from one IP address (a /64 of IPv6) of callers who are not signed in. 300 unless changed. */
address: number;
/** Heartbeats and changes of presence of one user in a minute, counted apart from their other requests. 120 unless changed. */
presence: number;
/** Requests in a minute from one IP address for providers’ reports and the published keys, counted apart from the others. 6000 unless changed. */
service: number;
};
};
"ReadState": {
/** How far you have read; never earlier than before. */
readUpTo: string | null;
/** As in the ticket. */
unread: number;
};
"ReadUpTo": {
you?: string;
client?: string;
holder?: string;
};
"Replay": {
replayId: components["schemas"]["ReplayId"];
deskId: components["schemas"]["DeskId"];
from: string;
to: string;
limits: components["schemas"]["TriedLimits"];
state: "queued" | "running" | "done" | "failed";
requestedAt: string;
finishedAt: string | null;
result: components["schemas"]["ReplayResult"] | null;
problem: {
code: string;
detail: string;
} | null;
};
"ReplayFare": {
/** In which the wait began. */
line: "orphaned" | "urgent" | "new";
/** It had waited too long in the new line by then. */
promoted: boolean;
waitSec: number;
/** Null: it still waited as the time ended. */
executorId: string | null;
/** What that executor then had in hand, this one included. */
load: number | null;
};
"ReplayId": string;
"ReplayMoved": {
/** The largest differences first. */
tickets: ({
ticketId: string;
simulated: components["schemas"]["ReplayFare"] | null;
changed: components["schemas"]["ReplayFare"] | null;
/** Negative: sooner under the limits asked for. */
differenceSec: number;
})[];
sooner: number;
later: number;
};
"ReplayOutcome": {
waits: components["schemas"]["Waits"];
waitsByLine: {
orphaned: components["schemas"]["Waits"];
urgent: components["schemas"]["Waits"];
new: components["schemas"]["Waits"];
};
assigned: number;
assignedByPeople: number;
/** Waited too long in the new line. */
promoted: number;
/** Waited too long after that, as an urgent one or as an orphan. */
overdue: number;
/** Not accepted in time. */
missed: number;
closed: number;
waitingAtEnd: number;
heldAtEnd: number;
fairness: components["schemas"]["Fairness"];
};
"ReplayResult": {
/** Every plan of the time made again from what the planner saw, under the limits it had. */
decisions: {
plans: number;
replayed: number;
same: number;
/** Planned, but somebody else was faster: planned again. */
notCarriedOut: number;
/** The first of them; there should be none. */
different: ({
number: number;
ticketId: string;
executorId: string;
replayedExecutorId: string | null;
replayedNumber: number | null;
})[];
differentCount: number;
withoutInput: number;
};
/** As recorded. */
happened: components["schemas"]["ReplayOutcome"];
/** Lived again under the time's own limits. */
simulated: components["schemas"]["ReplayOutcome"];
/** Lived again under the limits asked for. */
changed: components["schemas"]["ReplayOutcome"] | null;
/** Assignments that the simulation under own limits gave to the same executor. */
simulatedSame: {
same: number;
of: number;
};
notes: {
facts: number;
/** How far before from the start is made up from. */
lookBackHours: number;
waitingAtStart: number;
heldAtStart: number;
/** Known only because a plan was given them: their load at the start is not known. */
executorsFromPlans: number;
/** Assigned under the requested limits, never on the day: the median was taken. */
guessedDurations: number;
unreadable: number;
};
/** Step by step from `from` on. Null for replays made before there was any. */
series: components["schemas"]["ReplaySeries"] | null;
/** Tickets that wait longer or shorter under the limits asked for. Null where none were asked for. */
moved: components["schemas"]["ReplayMoved"] | null;
};
"ReplaySeries": {
/** 900 up to seven days, else 3600. The last step may be shorter. */
stepSec: number;
simulated: {
orphaned: components["schemas"]["LineSeries"];
urgent: components["schemas"]["LineSeries"];
new: components["schemas"]["LineSeries"];
};
changed: {
orphaned: components["schemas"]["LineSeries"];
urgent: components["schemas"]["LineSeries"];
new: components["schemas"]["LineSeries"];
} | null;
};
"RuleTrace": {
rule: "entity-active" | "provider-allowed" | "suppression" | "consent" | "window" | "law-hours" | "law-caps" | "entity-limits" | "validity";
verdict: "pass" | "skip" | "defer" | "deny";
preset?: string;
value?: string | number;
limit?: string | number;
nextAllowedAt?: string;
lawRef?: string;
/** Whose zone the hours were evaluated by; `country`: every clock of the number’s country. */
zoneFrom?: "request" | "recipient" | "country";
note?: string;
};
"SavedReply": {
savedReplyId: components["schemas"]["SavedReplyId"];
scope: "own" | "desk";
deskId?: components["schemas"]["DeskId"];
title: string;
text: string;
updatedAt: string;
version: number;
};
"SavedReplyId": string;
"Session": {
sessionId: components["schemas"]["SessionId"];
/** Whether this request belongs to it. */
current: boolean;
/** Of the sign-in, as the device named itself. */
userAgent: string | null;
/** IP address of the sign-in. */
address: string | null;
createdAt: string;
/** Of its last refresh, so to some ten minutes. */
lastUsedAt: string;
/** Unless it is used before. */
expiresAt: string;
};
"SessionId": string;
"SignInSettings": {
/** Number of the newest change that concerns this scope. */
version: number;
/** What is in force. */
limits: {
/** Codes sent to one phone in an hour; each device that signed in by it before has as many of its own. 5 unless changed. */
codesPerPhoneHour: number;
/** Codes sent to one phone in a day; each device that signed in by it before has as many of its own. 10 unless changed. */
codesPerPhoneDay: number;
/** Of these, codes that one IP address may request in an hour. 3 unless changed. */
codesPerRequesterHour: number;
/** Of these, codes that one IP address may request in a day. 5 unless changed. */
codesPerRequesterDay: number;
/** Codes requested from one IP address (a /64 of IPv6) in an hour. 20 unless changed. */
codesPerAddressHour: number;
/** Codes sent to one dial code on a UTC day, unless it has a budget of its own. 2000 unless changed. */
codesPerDialCodeDay: number;
/** Codes sent in an hour to numbers that differ in their last four digits alone. 30 unless changed. */
codesPerPrefixHour: number;
/** Seconds for which a code is good. 300 unless changed. */
codeLifeSec: number;
/** Guesses of one challenge. 5 unless changed. */
attemptsPerChallenge: number;
/** Guesses, all together, of those who joined a code that somebody else had requested. 15 unless changed. */
attemptsOfJoined: number;
/** Seconds until the second code; each further one of the hour takes twice as long. 60 unless changed. */
resendAfterSec: number;
/** Minutes of traffic that a breaker counts. 60 unless changed. */
breakerWindowMin: number;
/** Codes entered per hundred sent below which a breaker opens; 0: never. 20 unless changed. */
breakerEnteredPercent: number;
/** Codes of a prefix below which its breaker checks nothing. 10 unless changed. */
breakerMinCodesPerPrefix: number;
/** Codes of a dial code below which its breaker checks nothing. 50 unless changed. */
breakerMinCodesPerDialCode: number;
/** Minutes after which a breaker closes by itself. 60 unless changed. */
breakerOpenMin: number;
};
dialCodeBudgets: components["schemas"]["DialCodeBudgets"];
/** Countries (ISO 3166) whose phones may sign in, as shipped that of the entity own; null: all. */
countries: string[] | null;
/** Satellites and international networks (+870, +878, +881 to +883), which belong to no country, may sign in. */
internationalNetworks: boolean;
/** Country of numbers written without their international prefix; null: refused. */
defaultCountry: string | null;
};
"Sms": {
smsId: components["schemas"]["SmsId"];
entityId: components["schemas"]["LegalEntityId"];
category: "otp" | "transactional" | "debt" | "marketing";
phone: string;
text: string;
state: "registered" | "checked" | "deferred" | "denied" | "queued" | "sending" | "sent" | "unknown" | "delivered" | "read" | "failed" | "expired" | "rejected" | "cancelled";
reason?: string;
createdAt: string;
stateAt: string;
validUntil: string;
nextAllowedAt?: string;
plannedOn?: string;
zone?: string;
providerId?: string;
requestedBy: string;
trace: components["schemas"]["RuleTrace"][];
evaluatedAt: string;
attempts: components["schemas"]["SmsAttempt"][];
version: number;
encoding: "gsm-7" | "ucs-2";
parts: number;
price?: components["schemas"]["Money"];
};
"SmsAcceptance": {
smsId: components["schemas"]["SmsId"];
state: "queued" | "deferred" | "denied";
nextAllowedAt?: string;
trace: components["schemas"]["RuleTrace"][];
encoding: "gsm-7" | "ucs-2";
parts: number;
price?: components["schemas"]["Money"];
};
"SmsAttempt": {
attemptId: string;
providerId: string;
state: "sending" | "sent" | "refused" | "lost" | "delivered" | "read" | "failed" | "expired" | "rejected" | "cancelled";
startedAt: string;
endedAt?: string;
providerIds: string[];
code?: string;
why?: string;
unrecognised?: string;
};
"SmsCheck": {
verdict: "allow" | "defer" | "deny";
reason?: "entity-active" | "provider-allowed" | "suppression" | "consent" | "window" | "law-hours" | "law-caps" | "entity-limits" | "validity";
nextAllowedAt?: string;
trace: components["schemas"]["RuleTrace"][];
encoding: "gsm-7" | "ucs-2";
parts: number;
price?: components["schemas"]["Money"];
};
"SmsDraft": {
entityId: components["schemas"]["LegalEntityId"];
/** `otp` is refused (`otp-of-sign-in`): only sign-in sends codes. */
category: "otp" | "transactional" | "debt" | "marketing";
/** E.164, any international notation (+, 00 or tel:, with spaces, brackets, dots, dashes, digits of any script), or that of the default country. */
phone: string;
/** How a national number is read. */
country?: string;
text: string;
validUntil?: string;
/** Or for how long; 24 hours when neither is said. */
validitySec?: number;
/** IANA time zone of the recipient. */
zone?: string;
/** When a cap is reached: wait for a day with room (the default), or be denied. */
overCap?: "defer" | "deny";
providerId?: components["schemas"]["SmsProviderId"];
};
"SmsId": string;
"SmsProvider": {
providerId: components["schemas"]["SmsProviderId"];
kind: "smsc" | "smsru" | "twilio";
name: string;
/** Where requests go. */
baseUrl: string;
account?: string;
sender: string;
ratePerSec: number;
concurrency: number;
priority: number;
prices: { [key: string]: {
amountMinor: number;
currency: string;
} };
currency?: string;
lowBalance?: string;
options: {
callbackHash?: {
algorithm: "md5" | "sha1" | "crc32";
formula: string;
};
messagingServiceSid?: string;
};
/** Names of the stored secrets; never their values. */
secretsSet: string[];
/** URL for the provider's status callbacks. Contains a secret: enter it in the account and keep it confidential. */
callbackUrl: string;
/** URL for the provider's inbound SMS. */
inboundUrl?: string;
/** Capabilities of its API: client-supplied ids, cancelling, ids per status request. */
capabilities: {
ownId: boolean;
cancel: boolean;
statusBatchSize: number;
};
health: {
state: "unknown" | "up" | "refusing" | "down";
since?: string;
checkedAt?: string;
why?: string;
balance?: {
amount: string;
currency?: string;
at: string;
};
};
disabledAt?: string;
createdAt: string;
version: number;
};
"SmsProviderId": string;
"SmsSettings": {
window: components["schemas"]["Hours"];
/** A looser window, from this day of UTC on. */
next?: {
window: components["schemas"]["Hours"];
from: string;
};
version: number;
};
"SmsStatus": {
smsId: components["schemas"]["SmsId"];
state: "registered" | "checked" | "deferred" | "denied" | "queued" | "sending" | "sent" | "unknown" | "delivered" | "read" | "failed" | "expired" | "rejected" | "cancelled";
reason?: string;
stateAt: string;
version: number;
};
"StaffEntry": {
messageId: components["schemas"]["MessageId"];
ticketId: components["schemas"]["TicketId"];
kind: "reply" | "note";
authorAs: "executor" | "manager";
at: string;
text: string;
attachments: {
uploadId: components["schemas"]["UploadId"];
fileName: string;
contentType: string;
sizeBytes: number;
}[];
};
"Suppression": {
phone: string;
entityId: string;
categories: ("otp" | "transactional" | "debt" | "marketing")[];
/** Those that the phone’s STOP or a provider’s stop-list added; START takes them away. */
stopped?: ("otp" | "transactional" | "debt" | "marketing")[];
reason: string;
source: string;
at: string;
by: string;
};
"ThreadEntry": {
messageId: string;
kind: "client" | "reply" | "note" | "system";
/** For the client: who replied. */
author?: {
displayName: string;
};
/** Staff only. */
authorId?: string;
/** Staff only. */
authorName?: string;
/** Staff only: in what capacity a reply or note was written. */
authorAs?: "executor" | "manager";
at: string;
text: string;
attachments: components["schemas"]["Attachment"][];
};
"Ticket": {
ticketId: components["schemas"]["TicketId"];
/** For people to say: unique, not in the order of opening. Old tickets have none. */
number?: number;
deskId: components["schemas"]["DeskId"];
state: "waiting" | "assigned" | "accepted" | "waitingClient" | "closed";
urgent: boolean;
orderedAt: string;
createdAt: string;
previousTicketId?: components["schemas"]["TicketId"];
closedAt?: string;
/** For its client: who answers. Never an id or a phone. */
handledBy?: {
displayName: string;
};
/** Not of old tickets of which nothing was written since. */
card?: components["schemas"]["TicketCard"];
/** New to you: for its client replies, for staff the client's messages. Each has marks of their own. */
unread?: number;
readUpTo?: components["schemas"]["ReadUpTo"];
version: number;
clientId?: string;
/** For managers, and for an executor while the ticket is in their hand. */
client?: {
id: string;
name?: string;
};
line?: "orphaned" | "urgent" | "new";
promoted?: boolean;
waitingSince?: string;
overdueAt?: string;
executorId?: string;
executorName?: string;
assignedAt?: string;
acceptBy?: string;
acceptedAt?: string;
waitingClientSince?: string;
/** When it closes automatically if its client does not answer. */
closesAt?: string;
/** Set by a manager: until then its client cannot make it urgent. */
notUrgentUntil?: string;
/** When you lost the ticket: you see the thread up to then. */
lostAt?: string;
closedBy?: string;
heldBy?: string[];
passedOver?: { [key: string]: string };
};
"TicketCard": {
/** The first 80 characters that its client wrote, on one line. */
subject: string;
/** The first 80 characters of the last entry. */
preview?: string;
lastEntry?: {
at: string;
kind: "client" | "reply" | "note" | "system";
/** For clients only who replied, and only by display name. */
author?: {
id?: string;
displayName?: string;
};
};
/** How many entries you may see. */
entries?: number;
};
"TicketId": string;
"Tokens": {
/** JWT for the Authorization header: Bearer. */
accessToken: string;
/** Of the access token. */
expiresAt: string;
/** Good for one refresh. Absent with `X-Session: cookie`: the cookie holds it. */
refreshToken?: string;
};
"TriedLimits": {
/** Tickets one executor handles at once. 5 unless changed. */
maxTicketsPerExecutor?: number;
/** Urgent ones among them; never above maxTicketsPerExecutor. 2 unless changed. */
maxUrgentTicketsPerExecutor?: number;
/** Longest a ticket waits to be handled, in seconds. 300 unless changed. */
maxWaitSec?: number;
/** The same for an urgent ticket, in seconds. 60 unless changed. */
maxUrgentWaitSec?: number;
/** Longest the system waits for a dropped-out executor, in seconds. 120 unless changed. */
maxReconnectWaitSec?: number;
/** How long an executor who did not accept a ticket in time is passed over for it, in seconds. 300 unless changed. */
passedOverAfterMissSec?: number;
/** How long an executor who declined a ticket, or from whom a manager took it, is passed over for it, in seconds. 300 unless changed. */
passedOverAfterDeclineSec?: number;
};
"UploadId": string;
"User": {
userId: components["schemas"]["UserId"];
phone: string;
name: string | null;
/** What clients see of who answers them; null: the given name. */
displayName: string | null;
email: string | null;
emailConfirmed: boolean;
/** Language of notifications to this user. */
locale: "ru" | "en";
roles: ("client" | "executor" | "worker" | "candidate" | "manager" | "quality" | "supplies" | "admin")[];
};
"UserForAdmins": {
userId: components["schemas"]["UserId"];
phone: string;
name: string | null;
/** What clients see of who answers them; null: the given name. */
displayName: string | null;
email: string | null;
emailConfirmed: boolean;
/** Language of notifications to this user. */
locale: "ru" | "en";
roles: ("client" | "executor" | "worker" | "candidate" | "manager" | "quality" | "supplies" | "admin")[];
locked: {
at: string;
by: string;
reason: string;
} | null;
createdAt: string;
version: number;
};
"UserForManagers": {
userId: components["schemas"]["UserId"];
phone: string;
name: string | null;
/** What clients see of who answers them; null: the given name. */
displayName: string | null;
email: string | null;
emailConfirmed: boolean;
/** Language of notifications to this user. */
locale: "ru" | "en";
};
"UserId": string;
"Waits": {
count: number;
meanSec: number;
p50Sec: number;
p95Sec: number;
maxSec: number;
};
"Webhook": {
webhookId: components["schemas"]["WebhookId"];
url: string;
entityId?: components["schemas"]["LegalEntityId"];
states?: ("registered" | "checked" | "deferred" | "denied" | "queued" | "sending" | "sent" | "unknown" | "delivered" | "read" | "failed" | "expired" | "rejected" | "cancelled")[];
createdAt: string;
createdBy: string;
givenUp: number;
lastGivenUpAt?: string;
};
"WebhookDelivery": {
eventId: string;
state: "waiting" | "delivered" | "given-up";
tries: number;
nextAt?: string;
endedAt?: string;
lastAnswer?: string;
};
"WebhookId": string;
};
}

