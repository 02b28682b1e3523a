import type { SageMakerThings } from '../sagemaker-api.ts';

interface VariantShape {
  readonly name: string;
  /** Nothing where it is serverless. */
  readonly instanceType?: string;
  readonly instances: number;
  readonly weight: number;
  /** Host names in the order in which a request passes them. */
  readonly containers: readonly string[];
  readonly isMultiModel?: boolean;
}

const SERVERLESS = { MemorySizeInMB: 2048, MaxConcurrency: 5 };

/** An endpoint in service, its configuration and its models, as SageMaker describes them. */
export function endpointShape(endpoint: string, createdSeconds: number, variants: readonly VariantShape[]): SageMakerThings {
  const CreationTime = createdSeconds;
  const model = (variant: string) => `${endpoint}-${variant}`;
  return {
    Endpoint: {
      [endpoint]: {
        EndpointConfigName: `${endpoint}-1`,
        EndpointStatus: 'InService',
        CreationTime,
        LastModifiedTime: CreationTime,
        ProductionVariants: variants.map(({ name, instances, weight, instanceType }) => ({
          VariantName: name,
          CurrentWeight: weight,
          DesiredWeight: weight,
          ...(instanceType === undefined
            ? { CurrentServerlessConfig: SERVERLESS }
            : { CurrentInstanceCount: instances, DesiredInstanceCount: instances }),
        })),
      },
    },
    EndpointConfig: {
      [`${endpoint}-1`]: {
        CreationTime,
        ProductionVariants: variants.map(({ name, instanceType, instances, weight }) => ({
          VariantName: name,
          ModelName: model(name),
          InitialVariantWeight: weight,
          ...(instanceType === undefined
            ? { ServerlessConfig: SERVERLESS }
            : { InstanceType: instanceType, InitialInstanceCount: instances }),
        })),
      },
    },
    Model: Object.fromEntries(
      variants.map(({ name, containers, isMultiModel = false }) => {
        const told = containers.map((ContainerHostname) => ({
          ContainerHostname,
          Image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${ContainerHostname}:1`,
          Mode: isMultiModel ? 'MultiModel' : 'SingleModel',
        }));
        return [model(name), { CreationTime, ...(told.length > 1 ? { Containers: told } : { PrimaryContainer: told[0] }) }];
      }),
    ),
  };
}
