import type { Contents } from '@jupyterlab/services';
import type { OutputPlan } from '../../../src/output/plan.ts';
import { readFailure } from '../contents/failures.ts';
import { below, shown } from '../contents/paths.ts';
import { askForFolder, askToReplace } from './ask.ts';
import type { Concern } from './conflicts.ts';
import type { Lab } from './generate.ts';
import { isUnsaved } from './open-files.ts';
import { freeName, placeFor } from './place.ts';
import type { Work } from './work.ts';

/** The folder for a report on the data in a folder, which can be written to; undefined where the person would rather not. */
export async function settlePlace(lab: Lab, data: string, onAsking: () => void): Promise<string | undefined> {
  let place: string | undefined = placeFor(data);
  // Some drives do not tell.
  while (place !== undefined && (await folderAt(lab, place)).writable === false) {
    onAsking();
    place = await askForFolder(lab, place);
  }
  return place;
}

/** What to write there. Where that would lose or spoil something the person is asked; undefined where the person would rather not. */
export async function settleFiles(
  lab: Lab,
  work: Work,
  wanted: string,
  onAsking: () => void,
): Promise<{ readonly place: string; readonly isNew: boolean; readonly plan: OutputPlan } | undefined> {
  // While the question stands, somebody may change what nobody was asked about.
  const agreed = new Set<string>();
  for (;;) {
    const plan = await work.plan(wanted);
    const unsaved = [...plan.rules, ...plan.others].map(({ path }) => path).filter((path) => isUnsaved(lab, below(wanted, path)));
    const concerns: Concern[] = [
      ...plan.conflicts,
      ...(unsaved.length > 0 ? [{ kind: 'unsaved' as const, paths: unsaved }] : []),
    ];
    if (concerns.every((concern) => agreed.has(JSON.stringify(concern)))) return { place: wanted, isNew: false, plan };
    onAsking();
    const answer = await askToReplace(wanted, concerns);
    if (answer === undefined) return undefined;
    if (answer === 'new folder') break;
    for (const concern of concerns) agreed.add(JSON.stringify(concern));
  }
  const place = below(wanted, freeName(namesIn(await folderAt(lab, wanted))));
  return { place, isNew: true, plan: await work.plan(place) };
}

async function folderAt({ app }: Lab, path: string): Promise<Contents.IModel> {
  try {
    return await app.serviceManager.contents.get(path, { content: true });
  } catch (error) {
    throw readFailure(error, shown(path));
  }
}

function namesIn({ content }: Contents.IModel): string[] {
  return Array.isArray(content) ? content.map(({ name }) => name) : [];
}
