import type { ModuleDeclaration, Product, Settings } from './declaration.ts';
import { arn, queueId, type Resources, ref, type Value } from './names.ts';

const SET_ID = 'MailConfigurationSet';
const RULE_ID = 'MailFeedbackRule';
/** What an e-mail's state depends on. Opens and clicks are nobody's business. */
const EVENTS = ['delivery', 'bounce', 'complaint', 'reject', 'renderingFailure'];

/** Of something in the stack's own account and region. */
const arnHere = (service: string, resource: string): Value => ({
  'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
});

const usesSes = ({ settings }: Product, { functions }: ModuleDeclaration): boolean =>
  settings.mailTransport === 'ses' && Object.values(functions).some(({ sendsMail }) => sendsMail);

/** `Desk <desk@firm.example>` → `desk@firm.example`, as Amazon SES compares it. */
export const senderAddress = ({ mailFrom }: Settings): string => /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;

export const mailEnvironment = (product: Product): Record<string, Value> => {
  const { mailTransport, mailFrom, smtpUrl } = product.settings;
  return {
    MAIL_TRANSPORT: mailTransport,
    MAIL_FROM: mailFrom,
    ...(mailTransport === 'smtp' && { SMTP_URL: smtpUrl }),
    ...(mailTransport === 'ses' && { MAIL_CONFIGURATION_SET: ref(SET_ID) }),
  };
};

/** To send in the sender's name, which is verified as an address or by its domain, and in nobody else's. */
export const mailRights = ({ settings }: Product): readonly Record<string, Value>[] => {
  if (settings.mailTransport !== 'ses') return [];
  const sender = senderAddress(settings);
  const identities = [sender, sender.slice(sender.indexOf('@') + 1)];
  return [
    {
      Effect: 'Allow',
      // An e-mail with parts goes as raw MIME, for which SES asks the second right.
      Action: ['ses:SendEmail', 'ses:SendRawEmail'],
      Resource: [
        ...identities.map((each) => arnHere('ses', `identity/${each}`)),
        arnHere('ses', `configuration-set/\${${SET_ID}}`),
      ],
      Condition: { StringEquals: { 'ses:FromAddress': sender } },
    },
  ];
};

const feedback = (queue: string): Resources => ({
  MailEvents: {
    Type: 'AWS::SES::ConfigurationSetEventDestination',
    Properties: {
      ConfigurationSetName: ref(SET_ID),
      EventDestination: {
        Name: 'bus',
        Enabled: true,
        MatchingEventTypes: EVENTS,
        // SES puts events on the default bus only.
        EventBridgeDestination: {
          EventBusArn: arnHere('events', 'event-bus/default'),
        },
      },
    },
  },
  [RULE_ID]: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Description: `What became of e-mails, to ${queue}`,
      EventPattern: {
        source: ['aws.ses'],
        // Another stage of the account may send, too.
        detail: { mail: { tags: { 'ses:configuration-set': [ref(SET_ID)] } } },
      },
      Targets: [{ Id: 'queue', Arn: arn(queueId(queue)) }],
    },
  },
  MailFeedbackPolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [ref(queueId(queue))],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: ['events.amazonaws.com'] },
            Action: ['sqs:SendMessage'],
            Resource: [arn(queueId(queue))],
            Condition: { ArnEquals: { 'aws:SourceArn': arn(RULE_ID) } },
          },
        ],
      },
    },
  },
});

/** Amazon SES's part: e-mails go under a configuration set, whose events come back into the queue of `mailFeedback`. */
export const mail = (product: Product, own: ModuleDeclaration): Resources => {
  if (!usesSes(product, own)) return {};
  const queues = Object.entries(own.queues).filter(([, { mailFeedback }]) => mailFeedback);
  const [[queue] = []] = queues;
  if (queues.length > 1) throw new Error('two queues want the reports of e-mails');
  return {
    [SET_ID]: {
      Type: 'AWS::SES::ConfigurationSet',
      Properties: {
        Name: `${product.stage}-${product.service}`,
        DeliveryOptions: { TlsPolicy: 'REQUIRE' },
        ReputationOptions: { ReputationMetricsEnabled: true },
      },
    },
    ...(queue !== undefined && feedback(queue)),
  };
};
