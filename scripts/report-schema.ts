import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const root = join(import.meta.dirname, '..');

/** JSON schema (draft 7) of the type Report, doc comments as descriptions. A newer report may have more keys: they are allowed. */
export function reportSchema(): string {
  const generator = createGenerator({
    path: join(root, 'src', 'model', 'report.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    type: 'Report',
    additionalProperties: true,
    skipTypeCheck: true,
  });
  const schema = { title: 'profiler-report.json', ...generator.createSchema('Report') };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
