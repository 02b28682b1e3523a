import type { FrameworkEvents } from '../model/framework-events.ts';
import { otherTimeOfService, otherTimeOfWorkers } from './other-time.ts';
import { shares, Totals } from './totals.ts';

/** Where the time of the framework went: sums over events, each added once or as often as it counts. */
export interface Breakdown {
  add(event: number): void;
  /** Notes what a file written now would hold: its keys stand in the order of their first writing, so that `phase` may precede `CPU`. */
  write(): void;
  /** The keys noted so far with their present values: shares in percent, `_total` in microseconds. Nothing before the first `write`. */
  details(): Record<string, unknown>;
}

export interface BreakdownOptions {
  /** The service gave the shares of GPU phases to CPU phases and the reverse in the bottleneck and outlier rules (Q10). */
  readonly crossed?: boolean;
  /** Adds the time that no step covers to the phases: as the service reckoned it, from itself (Q9), or the true gap. */
  readonly others?: 'service' | 'gap';
}

/** Operators of a device and names of Horovod up to this share, percent, are left out. */
const SMALL = 2;

/** The kinds of events, in the order in which their phases are tried; phases of none of these are told apart by the file. */
const KINDS = { cpu: 0, gpu: 1, step: 2, forward: 3, backward: 4, rest: 5 } as const;

/** Sums up events by device, phase and operator, as the rules of the service do. Operators nest: their times are inclusive (Q15). */
export function frameworkBreakdown(events: FrameworkEvents, { crossed = false, others }: BreakdownOptions = {}): Breakdown {
  const { durationMicros, name, phase, file } = events;
  const kinds = Uint8Array.from(events.phases, kindOf);
  const labelled = Uint8Array.from(events.files, ({ label }) => (label === '' ? 0 : 1));
  const byPhase = () => new Totals(events.phases);
  const byName = () => new Totals(events.names);
  const devices = { cpu: byPhase(), gpu: byPhase() };
  const operators = { cpu: byName(), gpu: byName() };
  const general = byPhase();
  const [forward, backward, horovod] = [byName(), byName(), byName()];
  const steps = new Totals([...events.phases, 'others']);
  const otherTime =
    others === 'service'
      ? otherTimeOfService(events, steps, events.phases.length, () => devices.gpu.count)
      : others === 'gap'
        ? otherTimeOfWorkers(events, steps, events.phases.length)
        : undefined;
  const passes = () => [['Forward pass', forward.sum] as const, ['Backward pass', backward.sum] as const];
  const values = {
    ratio: () => ratioOf(devices.cpu.entries(), devices.gpu.entries(), crossed),
    CPU: () => shares(operators.cpu.entries(SMALL)),
    CPU_total: () => new Map(operators.cpu.entries(SMALL)),
    GPU: () => shares(operators.gpu.entries(SMALL)),
    GPU_total: () => new Map(operators.gpu.entries(SMALL)),
    phase: () => shares(steps.entries()),
    phase_time: () => ({}),
    general: () => shares(general.entries()),
    forward_backward: () => shares(passes()),
    horovod: () => shares(horovod.entries(SMALL)),
  };
  const written = new Set<keyof typeof values>();

  return {
    add(event) {
      const micros = durationMicros[event] as number;
      const at = phase[event] as number;
      const called = name[event] as number;
      switch (kinds[at]) {
        case KINDS.cpu:
          operators.cpu.add(called, micros, devices.cpu.add(at, micros));
          break;
        case KINDS.gpu:
          operators.gpu.add(called, micros, devices.gpu.add(at, micros));
          break;
        case KINDS.step:
          steps.add(at, micros);
          otherTime?.add(event);
          break;
        case KINDS.forward:
          forward.add(called, micros);
          break;
        case KINDS.backward:
          backward.add(called, micros);
          break;
        default:
          if (labelled[file[event] as number] === 1) general.add(at, micros);
          else horovod.add(called, micros);
      }
    },
    write() {
      written.add('ratio');
      if (operators.cpu.count > 0) written.add('CPU').add('CPU_total');
      if (operators.gpu.count > 0) written.add('GPU').add('GPU_total');
      written.add('phase').add('phase_time');
      if (general.count > 0) written.add('general');
      if (forward.count > 0 && backward.count > 0) written.add('forward_backward');
      if (horovod.count > 0) written.add('horovod');
    },
    details() {
      otherTime?.settle();
      return Object.fromEntries([...written].map((key) => [key, values[key]()]));
    },
  };
}

function kindOf(phase: string): number {
  if (/cpu/i.test(phase)) return KINDS.cpu;
  if (/gpu/i.test(phase)) return KINDS.gpu;
  if (phase.includes('Step')) return KINDS.step;
  if (phase === 'Forward-SubModuleInternal') return KINDS.forward;
  return phase === 'Backward-SubModuleInternal' ? KINDS.backward : KINDS.rest;
}

type Entries = readonly (readonly [string, number])[];

/** Shares of the phases of both devices in their common time. */
function ratioOf(cpu: Entries, gpu: Entries, crossed: boolean): Map<string, number> {
  if (!crossed) return shares([...gpu, ...cpu]);
  const times = [...gpu, ...cpu].map(([, micros]) => micros);
  return shares([...cpu, ...gpu].map(([phase], i) => [phase, times[i] as number]));
}
