import { pageOf, Refused } from './refused.ts';

/** As the service describes them, without their names; moments are seconds since the epoch. */
export type Described = Readonly<Record<string, unknown>>;

/** By what they are called in the names of the service's actions, and by their own names. */
export type SageMakerThings = Readonly<Partial<Record<Kind, Readonly<Record<string, Described>>>>>;

/** The member of the answer in which a list comes, and what the service says where there is no such thing. */
const KINDS = {
  Endpoint: { list: 'Endpoints', missing: (arn: string) => `Could not find endpoint "${arn}".` },
  EndpointConfig: { list: 'EndpointConfigs', missing: (arn: string) => `Could not find endpoint configuration "${arn}".` },
  Model: { list: 'Models', missing: (arn: string) => `Could not find model "${arn}".` },
  TrainingJob: { list: 'TrainingJobSummaries', missing: () => 'Requested resource not found.' },
  TransformJob: { list: 'TransformJobSummaries', missing: (_: string, name: string) => missingJob(name) },
  ProcessingJob: { list: 'ProcessingJobSummaries', missing: (_: string, name: string) => missingJob(name) },
} as const;
type Kind = keyof typeof KINDS;

function missingJob(name: string): string {
  return `Could not find requested job with name: ${name}`;
}

interface ListInput {
  readonly NameContains?: string;
  readonly StatusEquals?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** Describe... and List... of endpoints, their configurations, models and jobs. */
export function sageMakerApi({
  sagemaker,
  region,
  accountId,
}: {
  sagemaker: SageMakerThings;
  region: string;
  accountId: string;
}) {
  const actions: Record<string, (input: Readonly<Record<string, string>> & ListInput) => object> = {};
  for (const [kind, { list, missing }] of Object.entries(KINDS)) {
    const known = sagemaker[kind as Kind] ?? {};
    const own = (name: string) => ({
      [`${kind}Name`]: name,
      [`${kind}Arn`]: `arn:aws:sagemaker:${region}:${accountId}:${kind.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase()}/${name}`,
    });
    actions[`Describe${kind}`] = (input) => {
      const name = input[`${kind}Name`] ?? '';
      if (Object.hasOwn(known, name)) return { ...own(name), ...known[name] };
      throw new Refused('ValidationException', missing(String(own(name)[`${kind}Arn`]), name));
    };
    actions[`List${kind}s`] = ({ NameContains = '', StatusEquals, MaxResults = 10, NextToken }) => {
      const status = (described: Described) => described[`${kind}Status`];
      const found = Object.entries(known)
        .filter(([name, described]) => name.includes(NameContains) && (StatusEquals ?? status(described)) === status(described))
        .sort(([, a], [, b]) => Number(b.CreationTime) - Number(a.CreationTime))
        .map(([name, { CreationTime, ...described }]) => ({ ...own(name), CreationTime, [`${kind}Status`]: status(described) }));
      const { page, next } = pageOf(found, MaxResults, NextToken, new Refused('ValidationException', 'Invalid NextToken.'));
      return { [list]: page, ...(next === undefined ? {} : { NextToken: next }) };
    };
  }
  return actions;
}
