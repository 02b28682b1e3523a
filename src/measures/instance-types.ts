/**
 * vCPUs and GPUs of an instance type, `ml.` before it or not; without those that are not known, and without `gpus` where it has none.
 * Counts: pages of Amazon EC2 on instance types; a vCPU is a core to CloudWatch's CPUUtilization.
 */
export function instanceCounts(type: string | undefined): { readonly cores?: number; readonly gpus?: number } {
  const [, family, size] = /^(?:ml\.)?([a-z][a-z0-9-]*)\.([a-z0-9]+)$/.exec(type ?? '') ?? [];
  if (family === undefined || size === undefined) return {};
  const cores = OTHER_CORES[`${family}.${size}`] ?? coresOf(size);
  const gpus = GPUS[family]?.[size];
  return { ...(cores === undefined ? {} : { cores }), ...(gpus === undefined ? {} : { gpus }) };
}

/** False only for a type that is known to be without: those with GPUs begin with p or g. */
export function mayHaveGpus(type: string | undefined): boolean {
  return type === undefined || /^(?:ml\.)?[gp]/.test(type);
}

/** Four for each `xlarge`; a `medium` has one or two. */
function coresOf(size: string): number | undefined {
  if (size === 'large') return 2;
  const [, times] = /^(\d{0,3})xlarge$/.exec(size) ?? [];
  return times === undefined ? undefined : 4 * Number(times || 1);
}

const OTHER_CORES: Readonly<Partial<Record<string, number>>> = { 'c4.8xlarge': 36, 't2.medium': 2, 't3.medium': 2 };

const ONE_TO_8 = {
  xlarge: 1,
  '2xlarge': 1,
  '4xlarge': 1,
  '8xlarge': 1,
  '16xlarge': 1,
  '12xlarge': 4,
  '24xlarge': 4,
  '48xlarge': 8,
};

const GPUS: Readonly<Partial<Record<string, Readonly<Partial<Record<string, number>>>>>> = {
  p2: { xlarge: 1, '8xlarge': 8, '16xlarge': 16 },
  p3: { '2xlarge': 1, '8xlarge': 4, '16xlarge': 8 },
  p3dn: { '24xlarge': 8 },
  p4d: { '24xlarge': 8 },
  p4de: { '24xlarge': 8 },
  p5: { '4xlarge': 1, '48xlarge': 8 },
  p5e: { '48xlarge': 8 },
  p5en: { '48xlarge': 8 },
  'p6-b200': { '48xlarge': 8 },
  'p6-b300': { '48xlarge': 8 },
  'p6e-gb200': { '36xlarge': 4 },
  g4dn: ONE_TO_8,
  g5: ONE_TO_8,
  g6: ONE_TO_8,
  g6e: ONE_TO_8,
  gr6: { '4xlarge': 1, '8xlarge': 1 },
};
