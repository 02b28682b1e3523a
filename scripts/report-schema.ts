import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const root = join(import.meta.dirname, '..');

/** Files that programs read, by the name of their schema in docs/: the type, and where it is. */
const TYPES = {
  'report.schema.json': { file: 'profiler-report.json', type: 'Report', path: 'report.ts' },
  'findings.schema.json': { file: 'findings.json', type: 'Findings', path: 'findings.ts' },
} as const;

export const SCHEMAS = Object.keys(TYPES) as (keyof typeof TYPES)[];

/** JSON schema (draft 7) of a type, doc comments as descriptions. A newer file may have more keys: they are allowed. */
export function schemaOf(name: keyof typeof TYPES): string {
  const { file, type, path } = TYPES[name];
  const generator = createGenerator({
    path: join(root, 'src', 'model', path),
    tsconfig: join(root, 'tsconfig.json'),
    type,
    additionalProperties: true,
    skipTypeCheck: true,
  });
  return `${JSON.stringify({ title: file, ...generator.createSchema(type) }, null, 2)}\n`;
}
