import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';
import { RULE_FOLDER } from '../formats/rule-folder.ts';
import { isS3Location, parseS3Location } from '../stores/s3-location.ts';

/** The raw data of a job, in the service's layout. */
const RAW_FOLDER = 'profiler-output';

/** Where a report goes by itself when its rule files lie flat, or are made from raw data. */
const OWN_FOLDER = 'profiler-report';

/** The folder that holds `profiler-reports/`; a new folder below one whose rule files lie flat. */
export function defaultPlace(ruleFolder: string): string {
  return parentOf(ruleFolder, RULE_FOLDER) ?? `${ruleFolder}/${OWN_FOLDER}`;
}

/** A new folder beside `profiler-output`; below raw data that lies in a folder of another name. */
export function defaultPlaceOfRaw(rawFolder: string): string {
  return `${parentOf(rawFolder, RAW_FOLDER) ?? rawFolder}/${OWN_FOLDER}`;
}

/** Undefined for a folder of another name; a bucket may be called so, too, and has no parent. */
function parentOf(folder: string, name: string): string | undefined {
  if (!isS3Location(folder)) return basename(folder) === name ? dirname(folder) : undefined;
  const { bucket, prefix } = parseS3Location(folder);
  const parts = prefix.split('/');
  return parts.pop() === name ? ['s3:/', bucket, ...parts].join('/') : undefined;
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

/** Folder or S3 prefix of a file, and its name there. */
export function fileIn(path: string): [folder: string, file: string] {
  if (!isS3Location(path)) return [dirname(path), basename(path)];
  const cut = path.lastIndexOf('/');
  return [path.slice(0, cut), path.slice(cut + 1)];
}
