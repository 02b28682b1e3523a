import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** Who may import what besides itself: folder (or file) to folders and package families, as in the README.md beside them. */
export type AllowList = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the table of such a README.md; `all of the above` means every folder in an earlier row, `everything` is kept as such. */
export function readAllowList(markdown: string): AllowList {
  const allowed = new Map<string, ReadonlySet<string>>();
  const rows = [...markdown.matchAll(/^\| (.+) \|$/gm)].map(([, row = '']) => row.split(' | ')).slice(1);
  for (const [names = '', , targets = ''] of rows) {
    const above = [...allowed.keys()];
    const may = targets.split(', ').flatMap((target) => (target === 'all of the above' ? above : [target]));
    for (const name of names.split(', '))
      allowed.set(name, new Set([...may, ...(names.includes('.ts') ? names.split(', ') : [])]));
  }
  return allowed;
}

/** Imports that the list does not allow, type imports included, one line each; paths are relative to the folder of the README.md. */
export function forbiddenImports(sources: ReadonlyMap<string, string>, allowed: AllowList): string[] {
  return [...sources].flatMap(([path, text]) => {
    const from = owner(path);
    const may = allowed.get(from);
    if (!may) return [`${path}: ${from} is not in the table of README.md`];
    return importsOf(path, text).flatMap((specifier) => {
      const target = specifier.startsWith('.') ? owner(posix.join(posix.dirname(path), specifier)) : family(specifier);
      const beyond = target.startsWith('jupyter-extension/'); // is not part of everything
      return target === from || may.has(target) || (may.has('everything') && !beyond)
        ? []
        : [`${path}: ${from} may not import ${target} (${specifier})`];
    });
  });
}

function importsOf(path: string, text: string): string[] {
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
    text.slice(start, end).replace(/^(['"])(.*)\1$/s, '$2'),
  );
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  const typed: string[] = [];
  new Visitor({ TSImportType: ({ source }) => void typed.push(source.value) }).visit(program);
  return [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported, ...dynamic, ...typed];
}

/** `writers/html.ts` belongs to `writers`, `pipeline.ts` to itself, and what lies elsewhere to its first two: `../../src/model/run.ts` to `src/model`. */
function owner(path: string): string {
  const within = path.replace(/^(\.\.\/)+/, '');
  return within
    .split('/')
    .slice(0, within === path ? 1 : 2)
    .join('/');
}

function family(specifier: string): string {
  if (isBuiltin(specifier)) return 'Node';
  if (/^@(aws-sdk|smithy)\//.test(specifier)) return 'AWS SDK';
  const name = specifier.split('/')[0] ?? specifier;
  return name.startsWith('d3-') ? 'd3' : name.replace(/\.js$/, '');
}
