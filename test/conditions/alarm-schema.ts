/** `AWS::CloudWatch::Alarm` as the CloudFormation template reference has it, as far as alarms on one metric go. */
const NAME = { type: 'string', minLength: 1, maxLength: 255 };
const FUNCTION = { type: 'object', minProperties: 1, maxProperties: 1, propertyNames: { enum: ['Ref', 'Fn::Join', 'Fn::If'] } };
const ACTIONS = { oneOf: [{ type: 'array', maxItems: 5, items: { type: 'string' } }, FUNCTION] };

export const ALARM_RESOURCE = {
  type: 'object',
  required: ['Type', 'Properties'],
  additionalProperties: false,
  properties: {
    Type: { const: 'AWS::CloudWatch::Alarm' },
    Properties: {
      type: 'object',
      required: ['ComparisonOperator', 'EvaluationPeriods'],
      oneOf: [{ required: ['Statistic'] }, { required: ['ExtendedStatistic'] }],
      additionalProperties: false,
      properties: {
        AlarmName: { oneOf: [NAME, FUNCTION] },
        AlarmDescription: { type: 'string', maxLength: 1024 },
        Namespace: { type: 'string', pattern: '^[^:].*', maxLength: 255 },
        MetricName: NAME,
        Dimensions: {
          type: 'array',
          maxItems: 30,
          items: {
            type: 'object',
            required: ['Name', 'Value'],
            additionalProperties: false,
            properties: { Name: NAME, Value: { oneOf: [NAME, FUNCTION] } },
          },
        },
        Statistic: { enum: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] },
        ExtendedStatistic: { type: 'string', pattern: '^p(\\d{1,2}(\\.\\d{0,10})?|100)$' },
        Period: { type: 'integer', multipleOf: 60, minimum: 60 },
        EvaluationPeriods: { type: 'integer', minimum: 1 },
        DatapointsToAlarm: { type: 'integer', minimum: 1 },
        Threshold: { type: 'number' },
        ComparisonOperator: {
          enum: ['GreaterThanThreshold', 'GreaterThanOrEqualToThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'],
        },
        TreatMissingData: { enum: ['breaching', 'notBreaching', 'ignore', 'missing'] },
        AlarmActions: ACTIONS,
        OKActions: ACTIONS,
      },
    },
  },
};

export const TEMPLATE = {
  type: 'object',
  required: ['Resources'],
  additionalProperties: false,
  properties: {
    AWSTemplateFormatVersion: { const: '2010-09-09' },
    Description: { type: 'string', maxLength: 1024 },
    Parameters: { type: 'object', propertyNames: { pattern: '^[A-Za-z0-9]{1,255}$' } },
    Conditions: { type: 'object', propertyNames: { pattern: '^[A-Za-z0-9]+$' } },
    Resources: {
      type: 'object',
      minProperties: 1,
      maxProperties: 500,
      propertyNames: { pattern: '^[A-Za-z0-9]{1,255}$' },
      additionalProperties: ALARM_RESOURCE,
    },
  },
};
