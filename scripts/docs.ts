/** Brings what the documentation embeds up to date. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embedded, pages } from './embeds.ts';

for (const page of pages()) writeFileSync(join(import.meta.dirname, '..', page), embedded(page));
