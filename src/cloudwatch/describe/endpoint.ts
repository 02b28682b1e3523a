import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  type DescribeEndpointConfigOutput,
  type DescribeEndpointOutput,
  DescribeModelCommand,
  type DescribeModelOutput,
  type ProductionVariant,
  type ProductionVariantSummary,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import pLimit from 'p-limit';
import type { Variant } from '../../model/monitored.ts';
import { optional } from '../../model/optional.ts';
import type { Tolerance } from '../tolerance.ts';
import { isGone, placeOf, type Shape } from './shape.ts';

/** Models looked up at once. */
const AT_ONCE = 4;

/** An endpoint, what it was set up with, and the models that its variants serve. */
export async function describeEndpoint(name: string, client: SageMakerClient, tolerance: Tolerance): Promise<Shape> {
  const endpoint = await client.send(new DescribeEndpointCommand({ EndpointName: name }));
  /** A configuration or a model can be deleted while the endpoint serves on. */
  const lookUp = <T>(resource: string, action: string, lost: string, ask: () => Promise<T>) =>
    tolerance.ask({ action, verb: 'look up', resource }, lost, () =>
      ask().catch((error: unknown) => {
        if (!isGone(error)) throw error;
        tolerance.note('no data', `There is no ${resource} any more. ${lost}`);
        return undefined;
      }),
    );
  const { EndpointConfigName } = endpoint;
  const config = EndpointConfigName
    ? await lookUp(
        `endpoint configuration ${EndpointConfigName}`,
        'sagemaker:DescribeEndpointConfig',
        'Instance types and containers of the variants are not known.',
        () => client.send(new DescribeEndpointConfigCommand({ EndpointConfigName })),
      )
    : undefined;
  const limit = pLimit(AT_ONCE);
  const models = new Set(configured(config).flatMap(({ ModelName }) => ModelName ?? []));
  const lookUpModel = (ModelName: string) =>
    lookUp(`model ${ModelName}`, 'sagemaker:DescribeModel', 'Containers of its variant are not known.', () =>
      client.send(new DescribeModelCommand({ ModelName })),
    );
  const described = await Promise.all([...models].map((model) => limit(() => lookUpModel(model))));
  return endpointShape(
    endpoint,
    config,
    described.filter((model) => model !== undefined),
  );
}

/** What the answers of SageMaker say of an endpoint; shadow variants come after the others and have no weight. */
export function endpointShape(
  endpoint: DescribeEndpointOutput,
  config: DescribeEndpointConfigOutput | undefined,
  models: readonly DescribeModelOutput[],
): Shape {
  const byName = new Map(configured(config).map((variant) => [variant.VariantName, variant]));
  const modelOf = (variant: string | undefined) => models.find(({ ModelName }) => ModelName === byName.get(variant)?.ModelName);
  const all = endpoint.ProductionVariants ?? config?.ProductionVariants ?? [];
  const shadows = endpoint.ShadowProductionVariants ?? config?.ShadowProductionVariants ?? [];
  const weights = all.map(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const variants = [...all, ...shadows].map((variant, i) => {
    const told = byName.get(variant.VariantName);
    const weight = total > 0 && weights[i] !== undefined ? weights[i] / total : undefined;
    return { ...variantOf(variant, told, modelOf(variant.VariantName)), ...optional('weight', weight) };
  });
  return {
    state: 'described',
    subject: {
      kind: 'endpoint',
      name: endpoint.EndpointName ?? '',
      ...placeOf(endpoint.EndpointArn),
      ...optional('status', endpoint.EndpointStatus),
      ...optional('failureReason', endpoint.FailureReason),
      variants,
      phases: [],
    },
    modelled: new Set(variants.flatMap(({ name }) => (modelOf(name) ? [name] : []))),
  };
}

type Told = ProductionVariant | ProductionVariantSummary;

function variantOf(variant: Told, told: ProductionVariant | undefined, model: DescribeModelOutput | undefined): Variant {
  const current = 'CurrentInstanceCount' in variant ? variant.CurrentInstanceCount : undefined;
  const serverless = told?.ServerlessConfig ?? ('CurrentServerlessConfig' in variant && variant.CurrentServerlessConfig);
  const containers = model?.Containers ?? (model?.PrimaryContainer ? [model.PrimaryContainer] : []);
  return {
    name: variant.VariantName ?? '',
    ...optional('instanceType', told?.InstanceType),
    ...optional('instanceCount', current ?? told?.InitialInstanceCount),
    containers: isPipeline(model) ? containers.map(({ ContainerHostname }, i) => ContainerHostname || `container-${i + 1}`) : [],
    ...(serverless ? { isServerless: true } : {}),
    ...(containers.some(({ Mode }) => Mode === 'MultiModel') ? { isMultiModel: true } : {}),
  };
}

/** Of containers that are called directly a request passes one alone: they are no pipeline, and have no order. */
function isPipeline(model: DescribeModelOutput | undefined): boolean {
  return model?.InferenceExecutionConfig?.Mode !== 'Direct';
}

function weightOf(variant: Told): number {
  const current = 'CurrentWeight' in variant ? variant.CurrentWeight : undefined;
  return current ?? ('InitialVariantWeight' in variant ? (variant.InitialVariantWeight ?? 0) : 0);
}

function configured(config: DescribeEndpointConfigOutput | undefined): ProductionVariant[] {
  return [...(config?.ProductionVariants ?? []), ...(config?.ShadowProductionVariants ?? [])];
}
