import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { isS3Location, parseS3Location } from '../stores/s3-location.ts';

export const RULE_FOLDER = 'profiler-reports';

/** Where a report goes by itself when its rule files lie flat. */
const OWN_FOLDER = 'profiler-report';

/** The folder that holds `profiler-reports/`; a new folder below one whose rule files lie flat. */
export function defaultPlace(ruleFolder: string): string {
  return parentOf(ruleFolder) ?? `${ruleFolder}/${OWN_FOLDER}`;
}

/** Undefined where the rule files lie flat; a bucket may be called `profiler-reports`, too, and has no parent. */
function parentOf(ruleFolder: string): string | undefined {
  if (!isS3Location(ruleFolder)) return /(^|[/\\])profiler-reports$/.test(ruleFolder) ? dirname(ruleFolder) : undefined;
  const { bucket, prefix } = parseS3Location(ruleFolder);
  const parts = prefix.split('/');
  return parts.pop() === RULE_FOLDER ? ['s3:/', bucket, ...parts].join('/') : undefined;
}

/** `inner` relative to `outer`, `''` where they are the same, undefined where it lies elsewhere. */
export function placeWithin(outer: string, inner: string): string | undefined {
  if (inner === outer) return '';
  const start = /[/\\]$/.test(outer) ? outer : `${outer}/`;
  const same = inner.replaceAll('\\', '/');
  return same.startsWith(start.replaceAll('\\', '/')) ? same.slice(start.length) : undefined;
}

/** `/home/ann/jobs/a` as `~/jobs/a`. */
export function withoutHome(location: string): string {
  const inner = placeWithin(homedir(), location);
  return inner === undefined ? location : ['~', inner].filter((part) => part !== '').join('/');
}
