import {
  ListEndpointsCommand,
  ListProcessingJobsCommand,
  ListTrainingJobsCommand,
  ListTransformJobsCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { editDistance } from '../../model/edit-distance.ts';
import { SUBJECT_KINDS, type SubjectKind } from '../../model/monitored.ts';
import { list } from '../../model/text.ts';
import { awsError, isDenied } from '../../stores/aws-errors.ts';
import { tolerance } from '../tolerance.ts';
import { describe } from './index.ts';

/** Pieces of a name that are looked for in others, the longest first. */
const MOST_PIECES = 3;
const MOST_NAMES = 3;
/** A name is like another where no more than this share of it has to be changed. */
const LIKE = 0.4;

/** What else there is where nothing has the name: something of another kind, like names, or the newest ones. One sentence, or nothing. */
export async function insteadOf(kind: SubjectKind, name: string, client: SageMakerClient): Promise<string> {
  const [other] = await otherKinds(kind, name, client);
  if (other)
    return `${other === 'endpoint' ? 'an' : 'a'} ${other} is called so: \`profiler-report monitor ${other.replace(' ', '-')} ${name}\`.`;
  const { list: action } = LISTS[kind];
  try {
    const like = await namesLike(kind, name, client);
    if (like.length > 0) return `did you mean ${like.join(' or ')}?`;
    const newest = await LISTS[kind].names(client, undefined);
    if (newest.length > 0) return `the newest are ${list(newest.slice(0, MOST_NAMES))}.`;
    return `there is none at all of that kind here: check --region and AWS_PROFILE.`;
  } catch (error) {
    if (!isDenied(error)) throw awsError(error, { action, verb: 'list', resource: `each ${kind}` });
    return `check the name, --region and AWS_PROFILE (with ${action} allowed, like names would stand here).`;
  }
}

async function otherKinds(kind: SubjectKind, name: string, client: SageMakerClient): Promise<SubjectKind[]> {
  const others = SUBJECT_KINDS.filter((other) => other !== kind);
  const shapes = await Promise.all(others.map((other) => describe(other, name, client, tolerance())));
  return others.filter((_, i) => shapes[i]?.state === 'described');
}

async function namesLike(kind: SubjectKind, name: string, client: SageMakerClient): Promise<string[]> {
  const pieces = [...new Set(name.split('-'))].filter((piece) => piece.length > 2).sort((a, b) => b.length - a.length);
  for (const piece of pieces.slice(0, MOST_PIECES)) {
    const near = nearest(name, await LISTS[kind].names(client, piece));
    if (near.length > 0) return near;
  }
  return nearest(name, await LISTS[kind].names(client, undefined));
}

/** Those of the names that are like the one given, the likest first. */
export function nearest(name: string, names: readonly string[]): string[] {
  return names
    .map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, distance }) => distance <= LIKE * Math.max(name.length, other.length))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_NAMES)
    .map(({ other }) => other);
}

interface Lister {
  /** The permission that it needs. */
  readonly list: string;
  /** The hundred newest, of those with the piece in their name. */
  names(client: SageMakerClient, piece: string | undefined): Promise<string[]>;
}

const NEWEST = { SortBy: 'CreationTime', SortOrder: 'Descending', MaxResults: 100 } as const;

const LISTS: Readonly<Record<SubjectKind, Lister>> = {
  endpoint: {
    list: 'sagemaker:ListEndpoints',
    async names(client, NameContains) {
      const { Endpoints = [] } = await client.send(new ListEndpointsCommand({ NameContains, ...NEWEST }));
      return Endpoints.flatMap(({ EndpointName }) => EndpointName ?? []);
    },
  },
  'training job': {
    list: 'sagemaker:ListTrainingJobs',
    async names(client, NameContains) {
      const { TrainingJobSummaries: jobs = [] } = await client.send(new ListTrainingJobsCommand({ NameContains, ...NEWEST }));
      return jobs.flatMap(({ TrainingJobName }) => TrainingJobName ?? []);
    },
  },
  'transform job': {
    list: 'sagemaker:ListTransformJobs',
    async names(client, NameContains) {
      const { TransformJobSummaries: jobs = [] } = await client.send(new ListTransformJobsCommand({ NameContains, ...NEWEST }));
      return jobs.flatMap(({ TransformJobName }) => TransformJobName ?? []);
    },
  },
  'processing job': {
    list: 'sagemaker:ListProcessingJobs',
    async names(client, NameContains) {
      const { ProcessingJobSummaries: jobs = [] } = await client.send(new ListProcessingJobsCommand({ NameContains, ...NEWEST }));
      return jobs.flatMap(({ ProcessingJobName }) => ProcessingJobName ?? []);
    },
  },
};
