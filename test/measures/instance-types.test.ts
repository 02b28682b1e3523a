import { expect, test } from 'vitest';
import { instanceCounts } from '../../src/measures/instance-types.ts';

test.each([
  ['ml.m5.large', { cores: 2 }],
  ['ml.c5.xlarge', { cores: 4 }],
  ['ml.c5.18xlarge', { cores: 72 }],
  ['ml.c4.8xlarge', { cores: 36 }],
  ['ml.t3.medium', { cores: 2 }],
  ['ml.p2.16xlarge', { cores: 64, gpus: 16 }],
  ['ml.p3.2xlarge', { cores: 8, gpus: 1 }],
  ['ml.p3.16xlarge', { cores: 64, gpus: 8 }],
  ['ml.p4d.24xlarge', { cores: 96, gpus: 8 }],
  ['ml.p5.48xlarge', { cores: 192, gpus: 8 }],
  ['ml.p6-b200.48xlarge', { cores: 192, gpus: 8 }],
  ['ml.g4dn.12xlarge', { cores: 48, gpus: 4 }],
  ['ml.g5.48xlarge', { cores: 192, gpus: 8 }],
  ['g6e.xlarge', { cores: 4, gpus: 1 }],
  ['ml.inf2.24xlarge', { cores: 96 }],
  ['ml.r7i.metal', {}],
  ['ml.p4d', {}],
  ['', {}],
  [undefined, {}],
])('knows the vCPUs and GPUs of %s', (type, counts) => {
  expect(instanceCounts(type)).toEqual(counts);
});
