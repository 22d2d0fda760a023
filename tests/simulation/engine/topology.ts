import type { Resource, Template } from '../../../localstack/cloudformation.ts';
import { loadPackagedTemplate } from '../../../localstack/package-template.ts';
import { cacheDir } from '../../../localstack/places.ts';
import { queueTriggers, scheduleTriggers } from '../../../localstack/triggers.ts';
import { httpRoutes } from '../../support/aws/http-routes.ts';
import type { Plain } from './store/store.ts';

/** A queue and who works it off, as the packaged template has it. */
export interface QueuePlan {
  /** `tickets-new`, `inbound-messages.fifo` */
  readonly name: string;
  readonly fifo: boolean;
  readonly visibilityMs: number;
  readonly maxReceives: number;
  readonly consumer?: Consumer;
  /** Worked off by somebody outside of this workload: what is sent there is gone. */
  readonly elsewhere?: true;
}

export interface FunctionPlan {
  /** `desk-dispatch` */
  readonly name: string;
  /** `functions/desk/dispatch-queue.handler` */
  readonly handler: string;
  readonly timeoutMs: number;
}

export interface Consumer extends FunctionPlan {
  readonly batchSize: number;
  readonly maxConcurrency: number;
}

export interface TablePlan {
  /** `desk` */
  readonly module: string;
  readonly properties: Plain;
}

/** Who answers requests whose path begins so. */
export interface HttpPlan {
  readonly prefix: string;
  readonly plan: FunctionPlan;
}

/** The parts of AWS that a run imitates. */
export interface Topology {
  readonly queues: readonly QueuePlan[];
  readonly schedules: readonly FunctionPlan[];
  readonly http: readonly HttpPlan[];
  readonly tables: readonly TablePlan[];
}

const SERVICE = /^(local-rotadesk|rotadesk-local)-/;

const ofType = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

const functionPlan = (template: Template, id: string): FunctionPlan => {
  const { FunctionName, Handler, Timeout } = (template.Resources[id]?.Properties ?? {}) as Plain;
  return {
    name: String(FunctionName).replace(SERVICE, ''),
    handler: String(Handler),
    timeoutMs: Number(Timeout) * 1000,
  };
};

const queuePlans = (template: Template): QueuePlan[] => {
  const triggers = queueTriggers(template);
  return ofType(template, 'AWS::SQS::Queue')
    .filter(([, { Properties }]) => !String((Properties as Plain).QueueName).includes('-dlq'))
    .map(([id, { Properties }]) => {
      const { QueueName, VisibilityTimeout, RedrivePolicy } = Properties as Plain;
      const trigger = triggers.find(({ queueId }) => queueId === id);
      const name = String(QueueName).replace(SERVICE, '');
      return {
        name,
        fifo: name.endsWith('.fifo'),
        visibilityMs: Number(VisibilityTimeout ?? 30) * 1000,
        maxReceives: Number(RedrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY),
        ...(trigger && {
          consumer: {
            ...functionPlan(template, trigger.functionId),
            batchSize: trigger.batchSize,
            maxConcurrency: trigger.maxConcurrency,
          },
        }),
      };
    });
};

const httpPlans = (template: Template): HttpPlan[] => {
  const plans = ofType(template, 'AWS::Lambda::Function').map(([id]) => functionPlan(template, id));
  return httpRoutes(template).flatMap(({ prefix, handler }) => {
    const plan = plans.find((each) => each.handler === handler);
    return plan ? [{ prefix, plan }] : [];
  });
};

/** The function that answers a path: as the gateway does, the most of the path wins. */
export const answering = ({ http }: Topology, path: string): FunctionPlan => {
  const fits = http.filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  const [best] = fits.toSorted((a, b) => b.prefix.length - a.prefix.length);
  if (!best) throw new Error(`nobody answers ${path}`);
  return best.plan;
};

/** Modules and single functions that live on one workload. */
export interface WorkloadPlan {
  readonly modules: readonly string[];
  readonly functions: readonly string[];
}

/** A part of everything: the functions of some modules with their queues, schedules, endpoints and tables. */
export const topologyFor = (whole: Topology, { modules, functions }: WorkloadPlan): Topology => {
  const isHere = ({ name }: FunctionPlan): boolean =>
    functions.includes(name) || modules.some((module) => name.startsWith(`${module}-`));
  return {
    queues: whole.queues.map((queue): QueuePlan => {
      const { consumer, ...rest } = queue;
      return consumer && !isHere(consumer) ? { ...rest, elsewhere: true } : queue;
    }),
    schedules: whole.schedules.filter(isHere),
    http: whole.http.filter(({ plan }) => isHere(plan)),
    tables: whole.tables.filter(
      ({ module }) => modules.includes(module) || functions.some((name) => name.startsWith(`${module}-`)),
    ),
  };
};

export const topologyOf = (template: Template): Topology => ({
  queues: queuePlans(template),
  // What runs by the day or the month has no part in the hours of a run.
  schedules: scheduleTriggers(template, 'eu-central-1')
    .filter(({ expression }) => expression === 'rate(1 minute)')
    .map(({ functionId }) => functionPlan(template, functionId)),
  http: httpPlans(template),
  tables: ofType(template, 'AWS::DynamoDB::Table').map(([, { Properties }]) => ({
    module: String((Properties as Plain).TableName).replace(SERVICE, ''),
    properties: Properties as Plain,
  })),
});

/** From the packaged template, which is packaged first when something changed. */
export const loadTopology = async (): Promise<Topology> => topologyOf(await loadPackagedTemplate(cacheDir()));
