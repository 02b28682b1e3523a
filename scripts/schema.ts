/** Writes the JSON schemas in docs/ from the types of what programs read. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMAS, schemaOf } from './report-schema.ts';

for (const name of SCHEMAS) writeFileSync(join(import.meta.dirname, '..', 'docs', name), schemaOf(name));
