/** Writes docs/report.schema.json, the JSON schema of profiler-report.json, from the type Report. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportSchema } from './report-schema.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'report.schema.json'), reportSchema());
