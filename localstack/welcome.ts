import { relative } from 'node:path';
import { people } from './people.ts';

export interface Welcome {
  readonly api: string;
  readonly aws: string;
  readonly sms: string;
  readonly mail: string;
  readonly directory: string;
  readonly tookMs: number;
}

/** What the terminal shows when everything runs: addresses, sign-ins, and a first thing to try. */
export function welcome({ api, aws, sms, mail, directory, tookMs }: Welcome): string {
  const signIns = Object.entries(people).map(
    ([name, person]) => `  ${name.padEnd(11)} ${person.name.padEnd(16)} ${person.phone}  ${person.id}`,
  );
  return `Console   ${api}

Rotadesk runs (after ${(tookMs / 1000).toFixed(1)} s).

  API       ${api}/v1   read it at ${api}/v1/docs
  AWS       ${aws}   (AWS_ENDPOINT_URL)
  phones    ${sms}   what "went out" by SMS, sign-in codes too
  e-mails   ${mail}   what "went out" by mail
  data      ${relative(process.cwd(), directory) || '.'}

Sign-ins, each by its phone, or by a token: npm run --silent token -- <name>
${signIns.join('\n')}

An executor comes online, a client writes, and the executor has the ticket:

  EXECUTOR=$(npm run --silent token -- executor-1)
  CLIENT=$(npm run --silent token -- client)
  curl -X PUT ${api}/v1/executors/me/presence -H "Authorization: Bearer $EXECUTOR" \\
    -H 'Content-Type: application/json' -d '{"presence":"online"}'
  curl -X POST ${api}/v1/messages -H "Authorization: Bearer $CLIENT" -H "Idempotency-Key: first" \\
    -H 'Content-Type: application/json' -d '{"text":"The heating is cold."}'
  until curl -s "${api}/v1/tickets?held=now" -H "Authorization: Bearer $EXECUTOR" | grep ticketId; do sleep 1; done

Ctrl-C stops everything.`;
}
