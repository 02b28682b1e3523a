import type { ProfileMoment, PythonProfile } from '../../model/python-profile.ts';
import { workerId } from '../worker-id.ts';

type Place = Pick<PythonProfile, 'framework' | 'worker' | 'start' | 'end'>;

/** `train-5-stepstart-1682903396294468.2`, `prestepzero-*-start-...` */
const MOMENT = /^([a-z]+)-(\d+|\*)-([a-z]+)-(\d+(?:\.\d+)?)$/;
/** The form of mid-2020: start, end, worker, step (-1 before the first), no modes. */
const OLD_SPAN = /^(\d+(?:\.\d+)?)_(\d+(?:\.\d+)?)_(.+)_(-1|\d+)$/;

/**
 * What the path of a profile tells: `<framework>/<profiler>/<worker>/<start>_<end>/python_stats`, or in old jobs
 * `<framework>/<profiler>/<start>_<end>_<worker>_<step>/python_stats`. Old names tell no mode: it is `global` there.
 */
export function placeOf(path: string): Place {
  const folders = path.split('/').slice(0, -1);
  const span = folders.at(-1) ?? '';
  const old = OLD_SPAN.exec(span);
  if (old) {
    const [, start, end, worker = '', step] = old;
    const moment = (phase: string, micros: string | undefined): ProfileMoment =>
      step === '-1'
        ? { mode: 'prestepzero', phase, micros: Number(micros) }
        : { mode: 'global', step: Number(step), phase, micros: Number(micros) };
    return {
      framework: folders.at(-3) ?? '',
      worker: workerId(worker),
      start: moment('start', start),
      end: moment('end', end),
    };
  }
  const [start, end] = span.split('_').map(momentOf);
  return {
    framework: folders.at(-4) ?? '',
    worker: workerId(folders.at(-2) ?? ''),
    ...(start && end ? { start, end } : {}),
  };
}

function momentOf(text: string): ProfileMoment | undefined {
  const [whole, mode = '', step, phase = '', micros] = MOMENT.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { mode, ...(step === '*' ? {} : { step: Number(step) }), phase, micros: Number(micros) };
}
