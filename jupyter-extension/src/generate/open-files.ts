import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { isEdited } from '../../../src/writers/notebook/digest.ts';
import type { Lab } from './generate.ts';

type Documents = Pick<Lab, 'app' | 'documents'>;

/** Whether somebody would lose work if the file were read anew. */
export function isUnsaved(lab: Documents, path: string): boolean {
  return contextsOf(lab, path).some(({ model }) => model.dirty && !(path.endsWith('.ipynb') && !isEdited(model.toJSON())));
}

/** What is open already shows what was written. Where it cannot be read anew the lab says so itself. */
export async function showAnew(lab: Documents, path: string): Promise<void> {
  for (const context of contextsOf(lab, path)) await context.revert().catch(() => undefined);
}

/** One for each kind of model a file is open as. */
function contextsOf({ app, documents }: Documents, path: string): DocumentRegistry.Context[] {
  const contexts = [...app.shell.widgets('main')].map((widget) => documents.contextForWidget(widget));
  return [...new Set(contexts)].filter((context) => context?.path === path) as DocumentRegistry.Context[];
}
