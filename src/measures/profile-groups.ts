import type { PythonProfile } from '../model/python-profile.ts';

export type JobPhase = 'initialization' | 'training loop' | 'finalization' | 'unknown time';

/** Profiles of one profiler from the same part of the job, of all workers, to be added up. */
export interface ProfileGroup {
  readonly profiler: PythonProfile['profiler'];
  readonly phase: JobPhase;
  /** Modes at the start and the end; absent where no name tells. */
  readonly modes?: readonly [start: string, end: string];
  readonly profiles: readonly PythonProfile[];
  /** Spans of all profiles together. */
  readonly seconds: number;
}

/** Profiles by profiler and by modes at their start and end, the group with most seconds first. */
export function profileGroups(profiles: readonly PythonProfile[]): ProfileGroup[] {
  const groups = Map.groupBy(profiles, ({ profiler, start, end }) => `${profiler} ${start?.mode} ${end?.mode}`);
  return [...groups.values()]
    .map((same): ProfileGroup => {
      const { profiler, start, end } = same[0] as PythonProfile;
      return {
        profiler,
        phase: jobPhaseOf(start?.mode),
        ...(start && end ? { modes: [start.mode, end.mode] } : {}),
        profiles: same,
        seconds: same.reduce((sum, profile) => sum + (spanSeconds(profile) ?? 0), 0),
      };
    })
    .sort((a, b) => b.seconds - a.seconds);
}

/** Length of a profile by the times in its name; undefined without them, or where a clock went back. */
export function spanSeconds({ start, end }: PythonProfile): number | undefined {
  return start && end && end.micros >= start.micros ? (end.micros - start.micros) / 1e6 : undefined;
}

function jobPhaseOf(startMode: string | undefined): JobPhase {
  if (startMode === undefined) return 'unknown time';
  if (startMode === 'prestepzero') return 'initialization';
  return startMode === 'posthookclose' ? 'finalization' : 'training loop';
}
