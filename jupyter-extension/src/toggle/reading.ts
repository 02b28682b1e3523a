import type { IUsage } from '../usage/token.ts';
import { type CallState, callState } from './call-state.ts';
import type { SharedCell } from './report-code.ts';
import { type Shown, shown } from './shown.ts';

/** A notebook at one moment: its cells, what their code says, and what the switch shows of it. */
export interface Reading {
  readonly cells: readonly SharedCell[];
  readonly state: CallState;
  readonly shown: Shown;
}

/** Undefined where these are not the cells of a profiling report. */
export function read(cells: readonly SharedCell[], usage: IUsage, writable: boolean): Reading | undefined {
  const state = callState(cells.map((cell) => cell.getSource()));
  return state && { cells, state, shown: shown(state, usage, writable) };
}
