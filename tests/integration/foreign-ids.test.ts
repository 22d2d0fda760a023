import { operations, type Published } from '../support/bad-input/operations.ts';
import { makeWorld, type World } from '../support/bad-input/world.ts';
import { hire, type Person, person } from '../support/staff.ts';

/** Operations on one ticket or message, for those who have only some of them. */
const onOwnThings = operations.flatMap((operation) => {
  const name = /\{(ticketId|messageId)\}/.exec(operation.path)?.[1];
  const who = operation['x-access'].filter((role) => role === 'client' || role === 'executor');
  return name === undefined
    ? []
    : who.map((role) => [role, `${operation.method} ${operation.path}`, operation, name] as const);
});

let world: World;
let strangers: Record<string, Person>;

beforeAll(async () => {
  world = await makeWorld();
  const { rt, callers } = world;
  strangers = { client: person(rt, 'client'), executor: await hire(rt, callers.manager) };
});

const send = async (who: Person | undefined, { method, path, requestBody }: Published, id: string) => {
  const body = requestBody?.content['application/json']?.example;
  const line = `${method} ${path.replace(/\{\w+\}/, id)}`;
  const answer = await who?.call(line, {
    key: world.rt.ids.next('key'),
    ...(body !== undefined && { body }),
  });
  const { instance: _, ...problem } = answer?.body ?? {};
  return { status: answer?.status, problem };
};

test.each(onOwnThings)(
  'R-AUTH-04 for a %s of others, %s of theirs is not there: 404, to the letter as for an id of nothing',
  async (role, _, operation, name) => {
    const [theirs] = world.known[name] as string[];
    const nothing = world.rt.ids.next(name.slice(0, 3) === 'mes' ? 'msg' : 'tkt');
    const foreign = await send(strangers[role], operation, theirs ?? '');
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(await send(strangers[role], operation, nothing));
  },
);
