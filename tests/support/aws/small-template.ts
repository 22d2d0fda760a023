import type { Template } from '../../../localstack/cloudformation.ts';

/** A template with one of each kind of resource, so that the local start is tested apart from the product. */
export const smallTemplate: Template = {
  Resources: {
    Things: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'local-rotadesk-things',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
          { AttributeName: 'owner', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byOwner',
            KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        TimeToLiveSpecification: { AttributeName: 'expiresAtSec', Enabled: true },
        SSESpecification: { SSEEnabled: true },
      },
    },
    // Named before the queue it refers to, as CloudFormation allows.
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'local-rotadesk-work',
        VisibilityTimeout: 1,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['WorkDead', 'Arn'] }, maxReceiveCount: 2 },
      },
    },
    WorkDead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'local-rotadesk-work-dlq' } },
    Line: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: 'local-rotadesk-line.fifo', FifoQueue: true, VisibilityTimeout: 1 },
    },
    Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'local-rotadesk-files' } },
    WorkerFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Environment: {
          Variables: {
            TABLE_THINGS: { Ref: 'Things' },
            QUEUE_BASE: { 'Fn::Sub': 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/1/local-rotadesk-' },
            WORK_ARN: { 'Fn::GetAtt': ['Work', 'Arn'] },
            BUCKET_FILES: { 'Fn::Sub': '${Files}' },
            STAGE: 'local',
          },
        },
      },
    },
    WorkerRole: { Type: 'AWS::IAM::Role' },
  },
};
