import { type CallNode, callTree, sampledTree } from '../measures/call-tree.ts';
import { FLAME_DEPTH, flameFrames, placeOf } from '../measures/flame.ts';
import { type ProfileGroup, profileGroups, spanSeconds } from '../measures/profile-groups.ts';
import { addFrames, addFunctions, topFunctions, totalSeconds } from '../measures/python-functions.ts';
import type { FlameChart } from '../model/chart.ts';
import type { ProfileMoment, PythonFunction } from '../model/python-profile.ts';
import { byNumber, duration, list, percent, plural, utc, visibleName } from '../model/text.ts';
import { chart, column, info, panels, type SectionMaker, table, text } from './section.ts';

/** Parts of the job with a flame graph of their own. */
const MAX_GROUPS = 4;
/** Functions in a table. */
const MAX_FUNCTIONS = 40;

/** Where Python spent its time: flame graphs and functions of each part of the job, and which profiles there are. */
export const pythonProfiles: SectionMaker = ({ analysis }) => {
  const profiles = analysis?.run.profiles ?? [];
  if (profiles.length === 0) return undefined;
  const groups = profileGroups(profiles).map((group) => ({ title: titleOf(group), group }));
  return {
    id: 'python-profiles',
    title: 'Python profiles',
    blocks: [
      ...panels('python-profiles-part', 'Part of the job', groups, ({ group }, suffix) => blocksOf(group, suffix), MAX_GROUPS),
      ...(profiles.some(({ profiler }) => profiler === 'cProfile')
        ? [
            info(
              'cProfile keeps who called whom, not the stacks: in its flame graphs the time of a function is shared out among what it calls in the proportions of all its calls, and functions that call each other stand once. Its timer may count all time, or only that on or off a processor; the files do not say which.',
            ),
          ]
        : []),
      table(
        'python-profiles-list',
        'Profiles',
        [
          column.text('Worker'),
          column.text('Profiler'),
          column.text('From'),
          column.text('To'),
          column.text('Start'),
          column.seconds('Span'),
          column.seconds('In functions'),
        ],
        profiles
          .toSorted((a, b) => byNumber(a.worker, b.worker) || (a.start?.micros ?? 0) - (b.start?.micros ?? 0))
          .map((profile) => [
            visibleName(profile.worker),
            profile.profiler,
            moment(profile.start),
            moment(profile.end),
            profile.start && utc(profile.start.micros / 1e6),
            spanSeconds(profile),
            profile.root?.seconds ?? totalSeconds(profile.functions),
          ]),
      ),
    ],
  };
};

/** `Training loop, train to eval`. */
function titleOf({ phase, modes, profiler }: ProfileGroup): string {
  const [start = '', end = ''] = phase === 'training loop' ? (modes ?? []) : [];
  const names = start === '' ? [] : [visibleName(start === end ? start : `${start} to ${end}`)];
  const parts = [phase, ...names, ...(profiler === 'pyinstrument' ? [profiler] : [])].join(', ');
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)}`;
}

/** `train, step 6, forwardpassend`. */
function moment(at: ProfileMoment | undefined): string | undefined {
  if (at === undefined) return undefined;
  const step = at.step === undefined ? [] : [`step ${at.step}`];
  return visibleName([at.mode, ...step, at.phase].join(', '));
}

function blocksOf(group: ProfileGroup, suffix: string) {
  const { profiles, seconds, profiler } = group;
  const workers = new Set(profiles.map(({ worker }) => worker));
  const sampled = profiler === 'pyinstrument';
  const functions = sampled ? [] : addFunctions(profiles);
  const tree = sampled ? sampledTree(addFrames(profiles.flatMap(({ root }) => root ?? []))) : callTree(functions, FLAME_DEPTH);
  const span = seconds > 0 ? `, together ${duration(seconds)}` : '';
  return [
    text(`The sum of ${plural(profiles.length, 'profile')} of ${plural(workers.size, 'worker')}${span}.`),
    ...(tree.length > 0 ? [chart(flame(tree, titleOf(group), functions, suffix))] : []),
    ...(functions.length > 0 ? [functionTable(functions, suffix)] : []),
  ];
}

function flame(tree: readonly CallNode[], part: string, functions: readonly PythonFunction[], suffix: string): FlameChart {
  const frames = flameFrames(tree);
  const seconds = tree.reduce((sum, node) => sum + node.seconds, 0);
  const top = topFunctions(functions, 3).map(({ name, ownSeconds }) => `${visibleName(name)} (${duration(ownSeconds)})`);
  const most = top.length > 0 ? `, most of its own in ${list(top)}` : '';
  return {
    kind: 'flame',
    id: `python-flame${suffix}`,
    title: 'Call tree',
    alt: `${part}: ${duration(seconds)} in Python${most}; the ${plural(frames.length, 'widest frame')} of the call tree.`,
    frames: frames.map((frame) => ({ ...frame, label: visibleName(frame.label), place: visibleName(frame.place) })),
  };
}

function functionTable(functions: readonly PythonFunction[], suffix: string) {
  const all = totalSeconds(functions);
  const top = topFunctions(functions, MAX_FUNCTIONS);
  return table(
    `python-functions${suffix}`,
    `Top ${top.length} of ${plural(functions.length, 'function')}`,
    [
      column.text('Function'),
      column.seconds('Own'),
      column.share('Share'),
      column.seconds('With callees'),
      column.count('Calls'),
      column.count('Primitive'),
      column.text('Called by'),
      column.text('Place'),
    ],
    top.map(({ name, file, line, ownSeconds, cumulativeSeconds, totalCalls, primitiveCalls, callers }) => [
      visibleName(name),
      ownSeconds,
      all > 0 ? (100 * Math.max(0, ownSeconds)) / all : 0,
      cumulativeSeconds,
      totalCalls,
      primitiveCalls,
      list(
        callers.map((caller) => `${visibleName(caller.name)} ${percent(caller.share, 0)}`),
        3,
      ),
      visibleName(placeOf(file, line)),
    ]),
  );
}
